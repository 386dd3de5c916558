"""Contacts to make, and wishes for mail."""

from __future__ import annotations

from uuid import UUID

from organizing.accounts.models import Campaign, Membership, User
from organizing.outreach import services
from organizing.outreach.models import MailWish
from organizing.outreach.selectors import Wish
from organizing.units.models import Unit
from tests.drafting.cast import TODAY


def contact_at(
    campaign: Campaign, unit: Unit, text: str, assigned: Membership | None = None
) -> UUID:
    """Something to do at a unit."""
    return services.note_contact(
        campaign=campaign, unit_id=unit.id, text=text, by="Heron", assigned=assigned, today=TODAY
    )


def wishes(user: User, campaign: Campaign, wish: Wish) -> MailWish:
    """Keeps what a member wants by mail."""
    seat = Membership.objects.get(user=user, campaign=campaign)
    services.set_wish(membership=seat, wish=wish)
    return MailWish.objects.get(membership=seat)
