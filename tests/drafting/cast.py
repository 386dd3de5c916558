"""Who writes: two organizers, a drafter of the campaign, and three who came by a link."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.drafting import access, selectors, services
from organizing.drafting.access import Seat
from organizing.drafting.content import Fields
from organizing.drafting.models import CoDrafter, Part
from organizing.drafting.services import Saved, Writing
from organizing.petitions.models import Petition
from tests import factories

TODAY = date(2026, 11, 24)
WANTED = factories.Wanted(languages=("en",), mailbox=False, units=False)
_numbers = itertools.count(1)


def person(name: str = "") -> User:
    """An account with a pseudonym of its own."""
    return User.objects.create_user(name or f"pseudonym-{next(_numbers)}", "correct horse battery")


@dataclass
class Table:
    """A draft, and people at it."""

    petition: Petition

    @classmethod
    def laid(cls) -> Table:
        """A draft in English with one version."""
        petition = factories.draft(WANTED)
        petition.refresh_from_db()
        return cls(petition)

    @property
    def campaign(self) -> Campaign:
        return self.petition.campaign

    def member(self, role: Role, name: str = "") -> User:
        user = person(name)
        Membership.objects.create(campaign=self.campaign, user=user, role=role)
        return user

    def organizer(self, name: str = "") -> Seat:
        return access.seat_for(self.member(Role.ORGANIZER, name), self.petition.id)

    def drafter(self, name: str = "") -> Seat:
        return access.seat_for(self.member(Role.DRAFTER, name), self.petition.id)

    def guest(self, part: Part, name: str = "") -> Seat:
        user = person(name)
        CoDrafter.objects.create(petition=self.petition, user=user, part=part)
        return access.seat_for(user, self.petition.id)

    def head(self, language: str = "en") -> selectors.Version:
        return selectors.head(self.petition.id, language)

    def fields(self, **changed: str) -> Fields:
        return {**self.head().fields, **changed}

    def save(self, seat: Seat, base: int, language: str = "en", **changed: str) -> Saved:
        """Saves the fields of a base with some of them changed."""
        before = selectors.version(self.petition.id, language, base).fields
        writing = Writing(base, {**before, **changed})
        return services.save(seat=seat, language=language, writing=writing, today=TODAY)
