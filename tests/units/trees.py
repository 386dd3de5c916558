"""Trees for the tests of units: made through the services, as an organizer would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from organizing.accounts.models import Campaign, Role, User
from organizing.units import importing, selectors, tables
from organizing.units.models import ImportDraft, Unit
from organizing.units.planning import Plan
from organizing.units.trees import UnitNode, UnitTree
from organizing.units.wishes import Defaults
from tests import factories
from tests.accounts.people import Person, member

TODAY = date(2026, 11, 24)
OCTOBER = date(2026, 10, 1)
NONE = Defaults()
HEAD = "code,name,kind,parent,people,as_of,source\n"
SMALL = (
    "N,North,site,,240,2026-10-01,council\n"
    "N-W,Warehouse,department,N,130,2026-10-01,council\n"
    "N-W-1,Early,shift,N-W,90,2026-10-01,council\n"
    "N-W-2,Night,shift,N-W,40,2026-10-01,council\n"
    "N-O,Office,department,N,20,2026-10-01,council\n"
    "S,South,site,,60,2026-10-01,council\n"
)


@dataclass
class Yard:
    """A campaign with an organizer, and what they do to its tree."""

    campaign: Campaign = field(default_factory=factories.campaign)
    person: Person = field(init=False)

    def __post_init__(self) -> None:
        self.person = member(self.campaign, "Robin", Role.ORGANIZER)

    @property
    def user(self) -> User:
        return self.person.user

    def plan(self, rows: str, defaults: Defaults = NONE, head: str = HEAD) -> Plan:
        """What a file would change; nothing is written."""
        table = tables.read((head + rows).encode())
        draft = importing.keep(campaign=self.campaign, table=table, defaults=defaults, today=TODAY)
        return importing.dry_run(draft=draft, today=TODAY)

    def take(self, rows: str, head: str = HEAD) -> Plan | None:
        """Reads a file and takes it over."""
        table = tables.read((head + rows).encode())
        draft = importing.keep(campaign=self.campaign, table=table, defaults=NONE, today=TODAY)
        digest = importing.dry_run(draft=draft, today=TODAY).digest
        return importing.take_over(draft=draft, digest=digest, user=self.user, today=TODAY)

    def tree(self, on: date = TODAY) -> UnitTree:
        return selectors.tree(self.campaign.id, on)

    def node(self, code: str) -> UnitNode:
        return self.tree().by_code[code]

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(campaign=self.campaign, code=code, gone=False)


def file_for(campaign: Campaign, rows: str = SMALL) -> ImportDraft:
    """A file that was read and waits."""
    table = tables.read((HEAD + rows).encode())
    return importing.keep(campaign=campaign, table=table, defaults=NONE, today=TODAY)


def small() -> Yard:
    """Two sites; the office of the first is small."""
    yard = Yard()
    assert yard.take(SMALL)
    return yard
