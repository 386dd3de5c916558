"""Figures from what was released: arithmetic over what is shown already, so that nothing new is told."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from organizing.petitions.weeks import WEEK, monday_of
from organizing.tracking import projection
from organizing.tracking.figures import Block, Crossing, Projection, UnitFigure, Unsaid
from organizing.tracking.keeping import Kept, weeks_of
from organizing.tracking.models import Released
from organizing.tracking.placing import Places, joined
from organizing.tracking.shapes import ROOT, above
from organizing.units.selectors import UnitNode, UnitTree

_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Line:
    """A target line: a share in per cent, and what it means in the reader's language."""

    share: int
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figure: a unit of today or the whole campaign, and its head-count."""

    unit_id: UUID | None
    name: str
    kind: str
    path: str
    parent_id: UUID | None
    depth: int
    people: int | None
    people_as_of: date | None
    people_source: str


def place_of(node: UnitNode) -> Place:
    """A unit's place."""
    return Place(
        node.id,
        node.name,
        node.kind,
        node.path,
        node.parent_id,
        node.depth,
        node.people,
        node.people_as_of,
        node.people_source,
    )


class Showing:
    """One act: `row` is what was released, `counted` the keys that signers can choose, with all above them."""

    def __init__(
        self,
        row: Released,
        places: Places,
        lines: Sequence[Line],
        counted: frozenset[str],
        today: date,
    ) -> None:
        self.row, self.places, self.lines, self.counted = row, places, lines, counted
        self.weeks = weeks_of(row)
        self.on_site = row.act.petition_id is not None
        self.first_on = self._first_on(today)

    def _first_on(self, today: date) -> date | None:
        first = monday_of(self.row.act.day)
        # Cards from before an act's day have weeks of their own.
        begun = bool(self.weeks) and (self.weeks[-1] >= first or not self.on_site)
        # On that Monday itself, until they are counted.
        return None if begun else max(first + WEEK, today)

    def total(self, tree: UnitTree) -> UnitFigure:
        """The whole campaign. Its blocks are exact, and one can be negative."""
        people = (tree.people, tree.people_as_of, tree.people_source)
        return self._figure(Place(None, "", "", "", None, 0, *people), [ROOT])

    def unit(self, node: UnitNode) -> UnitFigure:
        """One unit of today."""
        return self._figure(place_of(node), self.places.keys.get(node.id, []))

    def _figure(self, place: Place, keys: Sequence[str]) -> UnitFigure:
        blocks, paper = self._blocks(self.row.signed, keys), self._blocks(self.row.paper, keys)
        fallen = [self.row.fallen[key] for key in keys if key in self.row.fallen]
        together = sum(block.added for block in blocks)
        signers = together if together >= self.row.k and not fallen else None
        people = place.people if (place.people or 0) >= self.row.k else None
        torn = place.unit_id in self.places.torn
        coverage = None if torn else self._coverage(place, signers, people)
        return UnitFigure(
            unit_id=place.unit_id,
            name=place.name,
            kind=place.kind,
            path=place.path,
            parent_id=place.parent_id,
            depth=place.depth,
            people=people,
            people_as_of=place.people_as_of if people else None,
            people_source=place.people_source if people else "",
            signers=signers,
            as_of=max(block.last for block in blocks) + _SUNDAY if signers is not None else None,
            coverage=coverage,
            change=self._change(blocks),
            paper=sum(block.added for block in paper) if paper else None,
            blocks=blocks,
            lines=tuple(self._line(line, place, blocks, coverage, people) for line in self.lines),
            fallen=bool(fallen),
            below=sum(fallen) if fallen and len(fallen) == len(keys) else None,
            paper_blocks=paper,
            counted=place.unit_id is None or not self.counted.isdisjoint(keys),
            on_site=self.on_site,
            first_on=self.first_on,
            through=self.weeks[-1] + _SUNDAY if self.weeks else None,
        )

    def _blocks(self, kept: Kept, keys: Sequence[str]) -> tuple[Block, ...]:
        found = [block for key in keys for block in kept.get(key, ())]
        return joined(Block(self.weeks[f], self.weeks[last], n) for f, last, n in found)

    def _coverage(self, place: Place, signers: int | None, people: int | None) -> float | None:
        if signers is None or people is None:
            return None
        # Where all but a few have signed, the share would say of each that they have.
        most = people if place.unit_id is None else people - self.row.k
        return max(0, min(signers, most)) / people

    def _change(self, blocks: Sequence[Block]) -> int | None:
        if not blocks or blocks[-1].first != blocks[-1].last or blocks[-1].last != self.weeks[-1]:
            return None
        return blocks[-1].added

    def _line(
        self,
        line: Line,
        place: Place,
        blocks: Sequence[Block],
        coverage: float | None,
        people: int | None,
    ) -> Crossing:
        exact = place.unit_id is None
        passed: bool | None = None
        if coverage is not None:
            passed = coverage * 100 >= line.share or (False if exact else None)
        keys = self.places.keys.get(place.unit_id, []) if place.unit_id else [ROOT]
        gapless = len(keys) == 1 and self._is_gapless(keys[0])
        whole = people if coverage else None
        projected, unsaid = self._projected(line, blocks, passed, whole, gapless)
        return Crossing(line.share, line.label, passed, projected, unsaid)

    def _projected(
        self,
        line: Line,
        blocks: Sequence[Block],
        passed: bool | None,
        people: int | None,
        gapless: bool,
    ) -> tuple[Projection | None, Unsaid | None]:
        if passed:
            return None, Unsaid.PASSED
        if people is None:
            return None, Unsaid.NO_HEAD_COUNT
        if not gapless:
            return None, Unsaid.LOWER_BOUND
        wanted = math.ceil(line.share * people / 100) - sum(block.added for block in blocks)
        as_of = blocks[-1].last + _SUNDAY
        return projection.crossing(blocks, wanted, as_of, self.weeks[-1])

    def _is_gapless(self, key: str) -> bool:
        """Whether everybody who signed up to the last block is in a block: then the figure is exact.

        A week in which a unit over it was hidden is a gap, too.
        """
        return all(
            _follow(self.row.signed.get(unit, [])) for unit in (key, *above(key, self.row.tree))
        )


def _follow(blocks: Sequence[Sequence[int]]) -> bool:
    """Whether blocks (first week, last, added) begin with the first week, and follow upon each other."""
    starts = [0, *(last + 1 for _first, last, _added in blocks[:-1])]
    return [first for first, _last, _added in blocks] == starts[: len(blocks)] and bool(blocks)
