"""The demo's workplace: fourteen sites, some with departments and shifts, read from a file as an organizer would.

Names that are proper names everywhere, since a petition names its units alike in all its languages.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from organizing.accounts.models import Campaign, Membership, User
from organizing.oversight import scopes
from organizing.petitions.models import Petition
from organizing.units import importing, offering, tables
from organizing.units import services as units
from organizing.units.headcounts import NewCount
from organizing.units.models import Unit
from organizing.units.offering import Choice
from organizing.units.wishes import Defaults


@dataclass(frozen=True, slots=True)
class NewerCount:
    """A head-count that came later: of which unit, how many people, says who, and how long ago."""

    code: str
    people: int
    source: str
    age: timedelta


FILE = Path(__file__).with_name("demo_units.csv")
SITES_GIVEN = ("MPK", "NTH", "AUS", "SEA", "NYC", "FRE")
SOURCE = "works council, yearly list"
# The head-counts are older than both petitions, as real ones are.
KNOWN_FOR = timedelta(days=70)
AGE = timedelta(days=26)
# One site was counted again since, by somebody else.
AGAIN = NewerCount("AUS", 312, "shift plans, counted by the union", timedelta(days=17))


def plant(campaign: Campaign, user: User, now: date) -> None:
    """Reads the file into the campaign's tree, some weeks ago, and adds a newer head-count of one site."""
    today = now - KNOWN_FOR
    table = tables.read(FILE.read_bytes())
    defaults = Defaults(today - AGE, SOURCE)
    draft = importing.keep(campaign=campaign, table=table, defaults=defaults, today=today)
    digest = importing.dry_run(draft=draft, today=today).digest
    importing.take_over(draft=draft, digest=digest, user=user, today=today)
    _count_again(campaign, user, now - AGAIN.age)


def _count_again(campaign: Campaign, user: User, today: date) -> None:
    unit = Unit.objects.get(campaign=campaign, code=AGAIN.code)
    count = NewCount(unit.id, AGAIN.people, today, AGAIN.source)
    units.count_people(campaign=campaign, count=count, user=user, today=today)


def give(campaign: Campaign, user: User) -> None:
    """Some of the sites go to the representative, who sees the total, too, but not the other sites."""
    seat = Membership.objects.get(campaign=campaign, user=user)
    sites = Unit.objects.filter(campaign=campaign, code__in=SITES_GIVEN)
    scopes.give_units(membership=seat, units=frozenset(sites.values_list("id", flat=True)))


def offer(petition: Petition, user: User, today: date) -> None:
    """Lets signers choose every unit that is large enough."""
    offering.offer_units(petition=petition, choice=Choice(), user=user, today=today)
