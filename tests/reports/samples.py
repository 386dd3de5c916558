"""Figures made by hand: fourteen sites after six weeks, each in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from organizing.tracking.figures import (
    ActFigures,
    Block,
    Crossing,
    Projection,
    UnitFigure,
    Unsaid,
)

K = 10
MONDAY = date(2026, 10, 12)
WEEKS = tuple(MONDAY + timedelta(weeks=number) for number in range(6))
TODAY = date(2026, 11, 24)
ACT = UUID(int=1)
SHARES = {10: "Heard", 30: "Showing of interest", 50: "Majority", 65: "Safe majority"}


@dataclass(frozen=True)
class Site:
    """`blocks` are (first, last, added) by the numbers of weeks."""

    name: str
    people: int | None
    blocks: Sequence[tuple[int, int, int]]
    paper: Sequence[tuple[int, int, int]] = ()
    parent: int | None = None


SITES = (
    Site("North", 410, [(0, 0, 22), (1, 1, 31), (2, 2, 25), (3, 3, 18), (4, 4, 12), (5, 5, 12)]),
    Site("South", 380, [(0, 0, 40), (1, 1, 52), (2, 2, 44), (3, 3, 38), (4, 4, 30), (5, 5, 21)]),
    Site("Harbour", 260, [(0, 2, 48), (3, 5, 31)], [(0, 3, 14)]),
    Site("Airport road", 190, [(0, 1, 15), (2, 2, 12)]),
    Site("Old mill", 150, []),
    Site("Riverside", 610, [(0, 0, 18), (1, 2, 21)]),
    Site("Depot 7", 95, [(1, 3, 13)], [(2, 5, 22)]),
    Site("Head office", 720, [(0, 3, 33)]),
    Site("Night hub", None, [(0, 2, 19)]),
    Site("West gate", 240, [(0, 0, 35), (1, 1, 41), (2, 2, 36), (3, 4, 28), (5, 5, 22)]),
    Site("Cold store", 120, [(2, 5, 11)]),
    Site("Returns", 88, [(0, 1, 19), (2, 3, 16), (4, 5, 11)]),
    Site("Canal street warehouse and packing hall", 305, [(0, 0, 12), (1, 3, 16)]),
    Site("<b>Labs</b>", 64, []),
)


def identity(number: int) -> UUID:
    """The id of a unit by its number."""
    return UUID(int=1000 + number)


def blocks(rows: Sequence[tuple[int, int, int]]) -> tuple[Block, ...]:
    """Blocks by the numbers of their weeks."""
    return tuple(Block(WEEKS[first], WEEKS[last], added) for first, last, added in rows)


def lines(signers: int | None, people: int | None) -> tuple[Crossing, ...]:
    """Where a unit stands to each target line; the second one that it has not passed is projected."""
    if people is None:
        return tuple(Crossing(s, SHARES[s], None, None, Unsaid.NO_HEAD_COUNT) for s in SHARES)
    found = []
    for share, label in SHARES.items():
        if signers is not None and signers * 100 >= share * people:
            found.append(Crossing(share, label, True, None, Unsaid.PASSED))
        elif signers is not None and share == 50:
            span = Projection(date(2026, 12, 7), date(2026, 12, 21), date(2027, 1, 18), 0.8)
            found.append(Crossing(share, label, None, span))
        else:
            found.append(Crossing(share, label, None, None, Unsaid.TOO_WIDE))
    return tuple(found)


def figure(number: int, site: Site) -> UnitFigure:
    """What is shown of one site."""
    signers = sum(added for _first, _last, added in site.blocks) or None
    newest = [block for block in site.blocks if block[:2] == (5, 5)]
    return UnitFigure(
        unit_id=identity(number),
        name=site.name,
        kind="site",
        path=site.name,
        parent_id=None if site.parent is None else identity(site.parent),
        depth=0 if site.parent is None else 1,
        people=site.people,
        people_as_of=date(2026, 10, 1) if site.people else None,
        people_source="works council" if site.people else "",
        signers=signers,
        as_of=WEEKS[site.blocks[-1][1]] + timedelta(days=6) if site.blocks else None,
        coverage=signers / site.people if signers and site.people else None,
        change=newest[0][2] if newest else None,
        paper=sum(added for _first, _last, added in site.paper) or None,
        blocks=blocks(site.blocks),
        lines=lines(signers, site.people),
        paper_blocks=blocks(site.paper),
    )


def total() -> UnitFigure:
    """The whole campaign; in the fifth week more left than came."""
    rows = [(0, 0, 260), (1, 1, 310), (2, 2, 240), (3, 3, 150), (4, 4, -14), (5, 5, 96)]
    whole = figure(0, Site("Everybody", 4100, rows, [(0, 3, 14), (4, 5, 22)]))
    return replace(whole, unit_id=None, name="")


def act(
    sites: Sequence[Site] = SITES, number: int = 1, name: str = "Stop the recording"
) -> ActFigures:
    """One act at fourteen sites. Some stall."""
    units = tuple(figure(place, site) for place, site in enumerate(sites))
    still = [unit for unit in units if unit.blocks and unit.blocks[-1].last <= WEEKS[3]]
    still += [unit for unit in units if not unit.blocks]
    return ActFigures(
        act_id=UUID(int=number),
        petition_id=None,
        kind="petition",
        name=name,
        day=MONDAY - timedelta(weeks=10 * (number - 1)),
        k=K,
        weeks=WEEKS,
        today=TODAY,
        total=total(),
        units=units,
        stalls=tuple(unit.unit_id for unit in still if unit.unit_id),
    )


def tree(width: int, depth: int = 2) -> ActFigures:
    """`width` sites with `width` parts each: more than a page holds."""
    sites = [Site(f"Site {number}", 400, [(0, 5, 40)]) for number in range(width)]
    if depth > 1:
        sites += [
            Site(f"Site {parent}, part {number}", 40, [(0, 5, 12)], parent=parent)
            for parent in range(width)
            for number in range(width)
        ]
    return act(sites)
