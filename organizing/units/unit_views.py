"""One unit: what lies under it, its head-counts, and everything that can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizing.accounts.access import Campaign, User
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.units import changes, headcounts, presenting, regrouping, selectors, services
from organizing.units.access import campaign_to_edit, campaign_to_read, unit_in
from organizing.units.forms import (
    CountForm,
    FaultyForm,
    MoveForm,
    SplitForm,
    UnitForm,
)
from organizing.units.models import Unit
from organizing.units.problems import Faulty
from organizing.units.sight import Sight, sight_of
from organizing.units.tree_views import number

LINES_SHOWN = 6
MOST_NEAR = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """Who stands before which unit, and how far they see today."""

    request: HttpRequest
    user: User
    unit: Unit
    sight: Sight

    @property
    def campaign(self) -> Campaign:
        """The unit's campaign."""
        return self.sight.campaign

    @property
    def today(self) -> date:
        """The day where the campaign is."""
        return self.sight.on


def desk_for(
    request: HttpRequest, campaign_id: UUID, unit_id: UUID, door: Callable[[User, UUID], Campaign]
) -> Desk:
    """Somebody before a unit of a campaign that `door` opens. Raises NotFound or Forbidden."""
    user = signed_in(request)
    campaign = door(user, campaign_id)
    unit = unit_in(campaign, unit_id)
    return Desk(request, user, unit, sight_of(user, campaign, day_in(campaign, timezone.now())))


@require_safe
def unit(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """The unit's page; of one that is gone, where its signers count now."""
    desk = desk_for(request, campaign_id, unit_id, campaign_to_read)
    desk.sight.require(unit_id)
    return _gone(desk) if desk.unit.gone else _page(desk)


def _gone(desk: Desk) -> HttpResponse:
    ends = selectors.resolve(desk.campaign.id)
    context = {
        **presenting.around(desk.user, desk.campaign),
        "unit": desk.unit,
        "now": desk.sight.tree.by_key.get(ends[bytes(desk.unit.key)]),
        **_story(desk),
    }
    return render(desk.request, "units/gone.html", context)


def _story(desk: Desk) -> dict[str, Any]:
    lines = changes.history(desk.campaign.id, units=[desk.unit.id], most=LINES_SHOWN)
    return {
        "counts": headcounts.of_unit(desk.campaign.id, desk.unit.id),
        "lines": presenting.told(lines, desk.sight),
    }


def _page(desk: Desk, status: int = 200, **more: FaultyForm) -> HttpResponse:
    tree = desk.sight.tree
    node = tree.by_id[desk.unit.id]
    above = tree.by_id[node.parent_id].code if node.parent_id else ""
    forms: dict[str, Any] = {
        "count": CountForm(auto_id="count_%s"),
        "rename": UnitForm(
            initial={"name": node.name, "code": node.code, "kind": node.kind}, auto_id="rename_%s"
        ),
        "move": MoveForm(initial={"parent": above}, auto_id="move_%s"),
        "split": SplitForm(auto_id="split_%s"),
    }
    context = {
        **presenting.around(desk.user, desk.campaign),
        "unit": desk.unit,
        "node": node,
        "page": presenting.page(tree, node.id, number(desk.request, "page")),
        "near": [tree.by_code[code] for code in regrouping.near(tree, node.id)[:MOST_NEAR]],
        "forms": forms | more,
        "open": next(iter(more), ""),
        **_story(desk),
    }
    return render(desk.request, "units/unit.html", context, status=status)


def _done(
    desk: Desk, name: str, form: FaultyForm, act: Callable[[], object], said: str
) -> HttpResponse:
    """Does it, or shows the page again with what was typed and what is wrong with it."""
    if form.is_valid():
        try:
            act()
        except Faulty as error:
            form.refuse(error)
        else:
            messages.success(desk.request, said)
            return redirect("units-unit", desk.campaign.id, desk.unit.id)
    return _page(desk, 400, **{name: form})


@require_POST
def count(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """A head-count more."""
    desk = desk_for(request, campaign_id, unit_id, campaign_to_edit)
    form = CountForm(request.POST, auto_id="count_%s")

    def act() -> None:
        services.count_people(
            campaign=desk.campaign,
            count=form.count(desk.unit.id),
            user=desk.user,
            today=desk.today,
        )

    return _done(desk, "count", form, act, _("The head-count has been added."))


@require_POST
def rename(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Another name, code or kind."""
    desk = desk_for(request, campaign_id, unit_id, campaign_to_edit)
    form = UnitForm(request.POST, auto_id="rename_%s")

    def act() -> None:
        services.rename_unit(unit=desk.unit, named=form.named(), user=desk.user, today=desk.today)

    return _done(desk, "rename", form, act, _("The unit has been changed."))


@require_POST
def move(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Under another unit."""
    desk = desk_for(request, campaign_id, unit_id, campaign_to_edit)
    form = MoveForm(request.POST, auto_id="move_%s")

    def act() -> None:
        parent = form.cleaned_data["parent"].strip()
        services.move_unit(unit=desk.unit, parent=parent, user=desk.user, today=desk.today)

    return _done(desk, "move", form, act, _("The unit has been moved."))


@require_POST
def split(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Into parts."""
    desk = desk_for(request, campaign_id, unit_id, campaign_to_edit)
    form = SplitForm(request.POST, auto_id="split_%s")

    def act() -> None:
        regrouping.split_unit(unit=desk.unit, split=form.split(), user=desk.user, today=desk.today)

    return _done(desk, "split", form, act, _("The unit has been split."))
