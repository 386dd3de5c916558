"""The weeks of one unit as pictures and tables want them: blocks in their places, and the weeks between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from organizing.tracking.figures import Block


@dataclass(frozen=True, slots=True)
class Tread:
    """A block as a wide step: places of its first and last week, what it added, and the sum after it."""

    first: int
    last: int
    added: int
    total: int

    @property
    def weeks(self) -> int:
        """How many weeks it joins."""
        return self.last - self.first + 1

    @property
    def weekly(self) -> float:
        """Its height in a picture whose areas are numbers of signers."""
        return self.added / self.weeks


@dataclass(frozen=True, slots=True)
class Run:
    """Weeks in a row; nothing is shown of them where `added` is None."""

    first: int
    last: int
    added: int | None = None

    @property
    def weeks(self) -> int:
        """How many weeks it joins."""
        return self.last - self.first + 1


def treads(blocks: Sequence[Block], weeks: Sequence[date]) -> list[Tread]:
    """Blocks by the places of their weeks, the oldest first."""
    places = {week: place for place, week in enumerate(weeks)}
    totals = accumulate(block.added for block in blocks)
    return [
        Tread(places[block.first], places[block.last], block.added, total)
        for block, total in zip(blocks, totals, strict=True)
    ]


def runs(blocks: Sequence[Block], weeks: Sequence[date], since: int = 0) -> list[Run]:
    """Every week once: in a block, or in a run of weeks of which nothing is shown.

    With `since`, only those that reach it; one that began earlier stays whole, as its number does.
    """
    found = _runs(treads(blocks, weeks), len(weeks))
    return [run for run in found if run.last >= since]


def _runs(steps: Sequence[Tread], weeks: int) -> Iterator[Run]:
    reached = 0
    for step in steps:
        if step.first > reached:
            yield Run(reached, step.first - 1)
        yield Run(step.first, step.last, step.added)
        reached = step.last + 1
    if reached < weeks:
        yield Run(reached, weeks - 1)
