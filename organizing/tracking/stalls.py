"""Where support stalls: biggest first, worst first. From what is shown, and from nothing else."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from organizing.petitions.weeks import WEEK
from organizing.tracking.figures import UnitFigure

STALL_WEEKS = 3


def stalled(units: Iterable[UnitFigure], last: date | None) -> tuple[UUID, ...]:
    """Units with a head-count that did not grow, as far as can be shown, in the three weeks up to `last`, a Monday.

    Where no unit beside it has a newer block either, units are being told apart more slowly than that, and the newest
    counts. The largest size first, where a size is a doubling (16 to 31, 32 to 63 …), and in it the lowest coverage
    first.
    """
    if last is None:
        return ()
    every = list(units)
    newest = _newest(every)
    since = last - WEEK * (STALL_WEEKS - 1)
    found = [
        unit
        for unit in every
        if unit.people
        and unit.counted
        and unit.parent_id in newest
        and _end(unit) < min(since, newest[unit.parent_id])
    ]
    return tuple(unit.unit_id for unit in sorted(found, key=_rank) if unit.unit_id)


def _newest(units: Iterable[UnitFigure]) -> dict[UUID | None, date]:
    """When the newest block of all that lie beside each other ended, by the unit over them."""
    found: dict[UUID | None, date] = {}
    for unit in units:
        if unit.blocks or unit.paper_blocks:
            found[unit.parent_id] = max(_end(unit), found.get(unit.parent_id, date.min))
    return found


def _end(unit: UnitFigure) -> date:
    return max((block.last for block in (*unit.blocks, *unit.paper_blocks)), default=date.min)


def _rank(unit: UnitFigure) -> tuple[int, float, int, str]:
    people = unit.people or 0
    return -people.bit_length(), unit.coverage or 0.0, -people, unit.path
