"""What the pages of oversight show around their content, and lists cut to a size that can be read."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from organizing.accounts.access import Campaign, User, role_in
from organizing.oversight import access, breadth, selectors, services
from organizing.units.selectors import UnitNode, UnitTree

MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the log, and the Mondays beside it where there is anything."""

    monday: date
    sunday: date
    earlier: date | None
    later: date | None


def around(user: User, campaign: Campaign) -> dict[str, Any]:
    """The campaign, and which of its doors are open to this user."""
    role = role_in(user, campaign)
    return {"campaign": campaign, "role": role, "may_oversee": role in access.COMMITTEE}


def week(campaign: Campaign, monday: date, today: date) -> Week:
    """A week, and whether there is an earlier one in the log, and a later one before today."""
    earlier = selectors.has_reads_before(campaign, monday)
    later = monday + selectors.WEEK
    return Week(
        monday=monday,
        sunday=monday + timedelta(days=6),
        earlier=monday - selectors.WEEK if earlier else None,
        later=later if later <= today else None,
    )


@dataclass(frozen=True, slots=True)
class Weeks:
    """The last five weeks: since when, what each account read in them, and how many units there are."""

    since: date
    readers: list[selectors.Reader]
    units: int


def weeks(campaign: Campaign, today: date) -> Weeks:
    """What adds up."""
    since = breadth.window_start(today)
    return Weeks(since, selectors.readers(campaign, today), breadth.units_in(campaign))


def limits(campaign: Campaign) -> dict[str, int]:
    """From where on the committee is told, for the sentences that say so."""
    return {
        "weeks": services.WEEKS_ALERT,
        "units": breadth.most_units(breadth.units_in(campaign)),
    }


def search(
    tree: UnitTree, asked: str, without: Container[UUID], most: int = MOST_FOUND
) -> list[UnitNode]:
    """Units with all these words in their path or code, at most so many; any unit for no word."""
    words = asked.casefold().split()
    matches = (
        node
        for node in tree.nodes
        if node.id not in without and all(word in _text(node) for word in words)
    )
    return [node for node, _number in zip(matches, range(most), strict=False)]


def _text(node: UnitNode) -> str:
    return f"{node.path} {node.code}".casefold()
