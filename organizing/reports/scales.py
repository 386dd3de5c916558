"""Scales that several pictures share, so that what looks higher is higher."""

from collections.abc import Iterable, Sequence
from math import ceil

from organizing.reports.wording import paper_share, percent
from organizing.tracking.figures import Block, UnitFigure

_STEPS = (1, 2, 2.5, 5, 10)


def base(figure: UnitFigure) -> int | None:
    """Per cent on which paper is drawn: the coverage; nought in an act that is on paper alone; None for not shown."""
    if figure.on_site:
        return percent(figure)
    return 0 if figure.paper and figure.people else None


def blocks(figure: UnitFigure) -> tuple[Block, ...]:
    """What a picture shows week by week: the site's, or those on paper in an act that is on paper alone."""
    return figure.blocks if figure.on_site else figure.paper_blocks


def share_ceiling(figures: Iterable[UnitFigure]) -> int:
    """Per cent at the top of all pictures of a page: over the highest line and the highest unit."""
    highest = 10.0
    for figure in figures:
        reached = (percent(figure) or 0) + paper_share(figure)
        highest = max([highest, reached, *(line.share for line in figure.lines)])
    return min(100, ceil((highest + 2) / 10) * 10)


def count_ceiling(values: Sequence[float]) -> float:
    """A round number over all of these, for pictures in numbers of signers."""
    highest = max([*values, 1.0])
    power = 10.0 ** (len(str(int(highest))) - 1)
    return next(step * power for step in _STEPS if step * power >= highest)
