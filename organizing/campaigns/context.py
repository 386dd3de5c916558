"""What every page of a campaign or petition shows around its content."""

from typing import Any

from organizing.accounts.access import role_in
from organizing.accounts.models import Campaign, User
from organizing.campaigns import access
from organizing.oversight.access import COMMITTEE
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition


def around_campaign(user: User, campaign: Campaign) -> dict[str, Any]:
    """The campaign, and which of its doors are open to this user."""
    role = role_in(user, campaign)
    return {
        "campaign": campaign,
        "role": role,
        "may_organize": role in access.ORGANIZERS,
        "may_write": role in access.WRITERS,
        "may_count": role in access.COUNTERS,
        "may_oversee": role in COMMITTEE,
    }


def around_petition(user: User, petition: Petition) -> dict[str, Any]:
    """The same, with the petition and its title."""
    found = around_campaign(user, petition.campaign)
    return {**found, "petition": petition, "petition_title": petitions.title(petition)}
