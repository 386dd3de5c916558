"""What every report begins with: who asks, for which act, and the figures that they may see."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from organizing.accounts.access import Campaign, User, campaign_for
from organizing.accounts.views import signed_in
from organizing.errors import NotFound
from organizing.oversight.access import COUNTERS, scope_for
from organizing.reports.levels import Level, level
from organizing.tracking import selectors as tracking
from organizing.tracking.access import act_in
from organizing.tracking.figures import ActFigures, UnitFigure


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's look at one act. `mirrored`: the page is written from the right."""

    user: User
    campaign: Campaign
    found: ActFigures
    mirrored: bool

    def unit_url(self, figure: UnitFigure) -> str:
        """The page of a unit in this act."""
        return reverse("support-unit", args=[self.campaign.id, self.found.act_id, figure.unit_id])


def read(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> Reading:
    """The figures of an act, as far as this reader sees them. Raises NotFound or Forbidden."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    act = act_in(user, campaign_id, act_id, COUNTERS)
    scope = scope_for(user, campaign)
    found = tracking.figures(act, now=timezone.now(), only=scope)
    return Reading(user, campaign, found, translation.get_language_bidi())


def level_asked(request: HttpRequest, found: ActFigures) -> Level:
    """The level of the tree that `?in=` and `?page=` name. Raises NotFound for a unit that is not shown."""
    asked = request.GET.get("in", "")
    try:
        parent = UUID(asked) if asked else None
    except ValueError as error:
        raise NotFound from error
    return level(found, parent, page_asked(request))


def page_asked(request: HttpRequest) -> int:
    """The page of a long list, 1 where none is named."""
    page = request.GET.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
