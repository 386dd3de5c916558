"""One level of the tree at a time: a page shows a unit's parts, never five thousand at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from organizing.errors import NotFound
from organizing.tracking.figures import ActFigures, UnitFigure

MOST = 40


@dataclass(frozen=True, slots=True)
class Level:
    """Units side by side, `MOST` on a page. `parent` is None for the top; `folds` have parts of their own."""

    units: tuple[UnitFigure, ...]
    page: int
    pages: int
    number: int
    parent: UnitFigure | None = None
    trail: tuple[UnitFigure, ...] = ()
    folds: frozenset[UUID] = frozenset()

    @property
    def before(self) -> int:
        """The page before this one."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after this one."""
        return self.page + 1

    @property
    def start(self) -> int:
        """The number of the first unit in the whole list."""
        return (self.page - 1) * MOST + 1


def level(found: ActFigures, parent_id: UUID | None, page: int = 1) -> Level:
    """The parts of a unit, or the topmost units of those shown. Raises NotFound for what is not among them."""
    by_id = {unit.unit_id: unit for unit in found.units}
    if parent_id is not None and parent_id not in by_id:
        raise NotFound
    parts = [unit for unit in found.units if _stands_under(unit, parent_id, by_id.keys())]
    return replace(
        paged(parts, page),
        parent=by_id[parent_id] if parent_id else None,
        trail=trail(found, parent_id),
        folds=frozenset(unit.parent_id for unit in found.units if unit.parent_id),
    )


def paged(units: Sequence[UnitFigure], page: int) -> Level:
    """`MOST` of these units; the last page for one that is too high."""
    pages = max(1, -(-len(units) // MOST))
    at = min(max(1, page), pages)
    return Level(
        units=tuple(units[(at - 1) * MOST : at * MOST]), page=at, pages=pages, number=len(units)
    )


def _stands_under(unit: UnitFigure, parent_id: UUID | None, shown: Collection[UUID | None]) -> bool:
    """A unit whose parent is not shown to this reader stands at the top."""
    if parent_id is not None:
        return unit.parent_id == parent_id
    return unit.parent_id not in shown or unit.parent_id is None


def trail(found: ActFigures, unit_id: UUID | None) -> tuple[UnitFigure, ...]:
    """The units above one, the topmost first, and the unit itself."""
    by_id = {unit.unit_id: unit for unit in found.units}
    way: list[UnitFigure] = []
    while unit_id in by_id:
        way.append(by_id[unit_id])
        unit_id = by_id[unit_id].parent_id
    return tuple(reversed(way))


def picked(found: ActFigures, unit_ids: Iterable[UUID]) -> list[UnitFigure]:
    """These units, in this order. Raises NotFound where this reader does not see one, or there is none."""
    by_id = {unit.unit_id: unit for unit in found.units}
    try:
        return [by_id[unit_id] for unit_id in unit_ids]
    except KeyError as error:
        raise NotFound from error


def can_stall(found: ActFigures) -> bool:
    """Whether there is a unit of which it could be told that it stalls."""
    return any(unit.people and (unit.blocks or unit.paper_blocks) for unit in found.units)
