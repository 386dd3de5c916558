"""Who sees counts, who sits on the committee, and which units an account may see."""

from uuid import UUID

from organizing.accounts.access import Campaign, Role, User, campaign_for, require_role
from organizing.accounts.models import Membership
from organizing.errors import Forbidden, NotFound
from organizing.oversight.models import ReadAlert
from organizing.units.access import scope_for

# How far somebody sees, the units know themselves; other capabilities ask here.
__all__ = ["COMMITTEE", "COUNTERS", "alert_for", "has_others", "scope_for", "seat_for"]

COUNTERS = (Role.ORGANIZER, Role.REPRESENTATIVE, Role.LEAD)
COMMITTEE = (Role.ORGANIZER, Role.LEAD)


def seat_for(user: User, campaign: Campaign) -> Membership:
    """The seat of somebody who sees counts. Raises NotFound or Forbidden."""
    require_role(user, campaign, COUNTERS)
    return Membership.objects.get(user=user, campaign=campaign)


def alert_for(user: User, campaign_id: UUID, alert_id: UUID) -> ReadAlert:
    """An alert, for those of the committee who may settle it. Raises NotFound or Forbidden."""
    campaign = campaign_for(user, campaign_id, COMMITTEE)
    found = ReadAlert.objects.filter(id=alert_id, campaign=campaign).first()
    if found is None:
        raise NotFound
    if found.user_id == user.pk and has_others(user, campaign):
        raise Forbidden
    return found


def has_others(user: User, campaign: Campaign) -> bool:
    """Whether somebody else sits on the committee: nobody settles an alert about their own account then."""
    rows = Membership.objects.filter(campaign=campaign, role__in=COMMITTEE)
    return rows.exclude(user=user).exists()
