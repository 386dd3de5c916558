"""What every workspace page of a petition shows around its content."""

from typing import Any

from organizing.petitions import selectors
from organizing.petitions.models import Petition


def around(petition: Petition) -> dict[str, Any]:
    """The petition, its campaign and its title, for campaigns/petition_base.html."""
    return {
        "petition": petition,
        "campaign": petition.campaign,
        "petition_title": selectors.title(petition),
    }
