"""A workplace of three sites, and who may see which of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.oversight import scopes
from organizing.units.models import Unit
from tests import factories
from tests.accounts.people import Person, member

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def unit(campaign: Campaign, code: str, name: str, parent: Unit | None = None) -> Unit:
    """A unit at the end of its campaign's list."""
    position = Unit.objects.filter(campaign=campaign).count()
    return Unit.objects.create(
        campaign=campaign, code=code, name=name, parent=parent, position=position
    )


def give(user: User, campaign: Campaign, *units: Unit) -> Membership:
    """Gives units to a representative, and returns the seat."""
    seat = Membership.objects.get(user=user, campaign=campaign)
    scopes.give_units(membership=seat, units=frozenset(unit.id for unit in units))
    return seat


@dataclass
class Workplace:
    """North with two shifts, and South."""

    campaign: Campaign
    north: Unit
    day: Unit
    night: Unit
    south: Unit

    @classmethod
    def built(cls) -> Workplace:
        campaign = factories.campaign()
        north = unit(campaign, "N", "North")
        return cls(
            campaign,
            north,
            unit(campaign, "N-D", "Day shift", north),
            unit(campaign, "N-N", "Night shift", north),
            unit(campaign, "S", "South"),
        )

    def person(self, role: Role, name: str) -> Person:
        """A member with a second factor."""
        return member(self.campaign, name, role)
