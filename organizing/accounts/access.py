"""The only door to a campaign for somebody with an account."""

from uuid import UUID

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.errors import Forbidden, NotFound

# Other capabilities know these through this door alone.
__all__ = ["Campaign", "Role", "User", "campaign_for", "require_role", "role_in"]


def role_in(user: User, campaign: Campaign) -> Role | None:
    """The user's role in a campaign, or None."""
    membership = Membership.objects.filter(user=user, campaign=campaign).first()
    return Role(membership.role) if membership else None


def require_role(user: User, campaign: Campaign, roles: tuple[Role, ...]) -> Role:
    """Raises NotFound for a stranger (a campaign's existence is no one else's business), Forbidden else."""
    role = role_in(user, campaign)
    if role is None:
        raise NotFound
    if role not in roles:
        raise Forbidden
    return role


def campaign_for(user: User, campaign_id: UUID, roles: tuple[Role, ...]) -> Campaign:
    """The campaign, if the user has one of `roles` in it. Raises NotFound or Forbidden."""
    campaign = Campaign.objects.filter(id=campaign_id).first()
    if campaign is None:
        raise NotFound
    require_role(user, campaign, roles)
    return campaign


def membership_for(user: User, campaign_id: UUID, membership_id: int) -> Membership:
    """A seat in a campaign, for one of its organizers. Raises NotFound or Forbidden."""
    campaign = campaign_for(user, campaign_id, (Role.ORGANIZER,))
    rows = Membership.objects.select_related("user", "campaign")
    found = rows.filter(id=membership_id, campaign=campaign).first()
    if found is None:
        raise NotFound
    return found
