"""The heat table: units by weeks. Each cell has its number; the colour says the same once more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from organizing.reports import wording
from organizing.reports.course import Run, runs
from organizing.reports.figure_tables import Href, counted
from organizing.tracking.figures import UnitFigure

# New signers a week, in thousandths of the head-count, from which each band begins.
BANDS = (0, 10, 20, 40, 80)
QUARTER = 13


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One block, or one run of weeks of which nothing is shown: `span` weeks wide on this page."""

    span: int
    first: date
    last: date
    added: int | None
    text: str
    band: int | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A unit on the site, or on paper; `words` says which. The unit's name stands in its first row."""

    name: str
    href: str
    words: str
    paper: bool
    first: bool
    cells: tuple[HeatCell, ...]


def since(weeks: Sequence[date], *, everything: bool) -> int:
    """The place of the first week on the page: a quarter of a year back, or the beginning."""
    return 0 if everything else max(0, len(weeks) - QUARTER)


def rows(
    figures: Iterable[UnitFigure], weeks: Sequence[date], first: int, href: Href
) -> list[HeatRow]:
    """One row a unit, and one more where something on paper can be shown."""
    return [row for figure in figures for row in _of_unit(figure, weeks, first, href(figure))]


def _of_unit(figure: UnitFigure, weeks: Sequence[date], first: int, href: str) -> Iterable[HeatRow]:
    for place, one in enumerate(counted(figure)):
        cells = tuple(_cell(run, weeks, first, figure) for run in runs(one.blocks, weeks, first))
        yield HeatRow(figure.name, href, one.words, one.paper, not place, cells)


def _cell(run: Run, weeks: Sequence[date], first: int, figure: UnitFigure) -> HeatCell:
    text = wording.not_shown() if run.added is None else wording.joined(run.added, run.weeks)
    return HeatCell(
        span=run.last - max(run.first, first) + 1,
        first=weeks[run.first],
        last=weeks[run.last],
        added=run.added,
        text=text,
        band=band(run, figure.people),
    )


def band(run: Run, people: int | None) -> int | None:
    """How warm a week of this block is on average, 0 (more left than came) to 5; None without number or head-count."""
    if run.added is None or not people:
        return None
    return sum(run.added * 1000 >= limit * people * run.weeks for limit in BANDS)


def legend() -> list[tuple[int, str]]:
    """Each band with its limits, the coldest first."""
    limits = [wording.tenths(limit) for limit in BANDS[1:]]
    ends = [(None, limits[0]), *pairwise(limits), (limits[-1], None)]
    return [(place, wording.between(*pair)) for place, pair in enumerate(ends, start=1)]
