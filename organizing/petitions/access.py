"""The only door to a petition for somebody with an account."""

from uuid import UUID

from organizing.accounts import access as accounts
from organizing.accounts.access import Role, User
from organizing.errors import NotFound
from organizing.petitions.models import Petition

ANY_ROLE = (Role.DRAFTER, Role.ORGANIZER, Role.REPRESENTATIVE, Role.LEAD)


def petition_for(user: User, petition_id: UUID, roles: tuple[Role, ...] = ANY_ROLE) -> Petition:
    """The petition, if the user has one of `roles` in its campaign.

    Raises NotFound for a stranger, Forbidden for a member with another role.
    """
    petition = Petition.objects.select_related("campaign").filter(id=petition_id).first()
    if petition is None:
        raise NotFound
    accounts.require_role(user, petition.campaign, roles)
    return petition
