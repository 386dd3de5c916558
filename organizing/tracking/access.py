"""The only door to an act, a paper entry and a target line."""

from uuid import UUID

from organizing.accounts.access import Campaign, Role, User, campaign_for, require_role
from organizing.errors import NotFound
from organizing.tracking.models import Act, PaperEntry, TargetLine

# A drafter never sees a count.
COUNTERS = (Role.ORGANIZER, Role.LEAD, Role.REPRESENTATIVE)
PLANNERS = (Role.ORGANIZER, Role.LEAD)


def campaign_to_count(user: User, campaign_id: UUID) -> Campaign:
    """The campaign, for whoever sees figures. Raises NotFound or Forbidden."""
    return campaign_for(user, campaign_id, COUNTERS)


def campaign_to_plan(user: User, campaign_id: UUID) -> Campaign:
    """The same, for whoever sets acts and target lines."""
    return campaign_for(user, campaign_id, PLANNERS)


def act_for(user: User, act_id: UUID, roles: tuple[Role, ...] = COUNTERS) -> Act:
    """An act, for whoever sees its figures. Raises NotFound or Forbidden."""
    rows = Act.objects.select_related("campaign", "petition")
    act = rows.filter(id=act_id).first()
    if act is None:
        raise NotFound
    require_role(user, act.campaign, roles)
    return act


def act_in(user: User, campaign_id: UUID, act_id: UUID, roles: tuple[Role, ...]) -> Act:
    """An act by its campaign's address. Raises NotFound or Forbidden."""
    act = act_for(user, act_id, roles)
    if act.campaign_id != campaign_id:
        raise NotFound
    return act


def paper_in(act: Act, entry_id: UUID) -> PaperEntry:
    """An entry of this act that waits for a second person. Raises NotFound."""
    found = PaperEntry.objects.filter(act=act, id=entry_id, week=None).first()
    if found is None:
        raise NotFound
    return found


def line_in(campaign: Campaign, line_id: UUID) -> TargetLine:
    """A target line of this campaign. Raises NotFound."""
    found = TargetLine.objects.filter(campaign=campaign, id=line_id).first()
    if found is None:
        raise NotFound
    return found
