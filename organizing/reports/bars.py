"""Pictures as long as a line of text: one bar for a figure, and acts side by side."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from organizing.reports import frame as frames
from organizing.reports import scales, wording
from organizing.reports.frame import Frame
from organizing.tracking.figures import UnitFigure

_LENGTH, _HEIGHT = 160, 18
_MOST_ACTS = 8
# Of labels, as in plots.css.
_SIZE = 16


def bar(figure: UnitFigure, ceiling: int, *, mirrored: bool) -> SafeString:
    """Share of the head-count on one line, for where the numbers stand beside it: hidden from screen readers."""
    parts = _parts(figure, ceiling, mirrored)
    return format_html(
        '<svg class="plot plot--bar" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        *(_LENGTH, _HEIGHT, format_html_join("", "{}", ((part,) for part in parts))),
    )


def ruler(figures: Sequence[UnitFigure], ceiling: int, *, mirrored: bool) -> SafeString:
    """The target lines' shares over the bars below. The table says them, too."""
    inside = Frame(_LENGTH, 9, 1, _LENGTH - 1, 0, 9, ceiling, 1, mirrored)
    shares = [line.share for line in figures[0].lines if line.share < ceiling] if figures else []
    words = [
        frames.text("label", inside, (inside.x(share), 7), "middle", wording.share(share))
        for share in shares
    ]
    return format_html(
        '<svg class="plot plot--ruler" viewBox="0 0 {} 9" aria-hidden="true" focusable="false">{}</svg>',
        *(_LENGTH, format_html_join("", "{}", ((word,) for word in words))),
    )


def _parts(figure: UnitFigure, ceiling: int, mirrored: bool) -> Iterator[SafeString]:
    inside = Frame(_LENGTH, _HEIGHT, 1, _LENGTH - 1, 3, 15, ceiling, 1, mirrored)
    height = (inside.top, inside.bottom)
    yield frames.box("track", inside, (inside.x(0), inside.x(ceiling)), height)
    reached = scales.base(figure)
    if reached is None:
        yield frames.path("hatch", frames.hatch((1, _LENGTH - 1), height, 6))
    elif reached:
        yield frames.box("area", inside, (inside.x(0), inside.x(min(reached, ceiling))), height)
    yield from _paper(inside, figure, reached or 0, height)
    for line in figure.lines:
        if line.share < ceiling:
            yield frames.path("line", f"M{inside.x(line.share)} 0v{_HEIGHT}")


def _paper(
    inside: Frame, figure: UnitFigure, reached: int, height: tuple[float, float]
) -> Iterator[SafeString]:
    share = wording.paper_share(figure)
    if share:
        across = (inside.x(reached), inside.x(min(inside.weeks, reached + share)))
        yield frames.box("paper", inside, across, height)


def side_by_side(
    acts: Sequence[tuple[date, UnitFigure]], title: str, *, mirrored: bool
) -> SafeString:
    """One unit in several acts, the oldest first: a column each, on one scale, with the target lines of the newest."""
    shown = acts[-_MOST_ACTS:]
    top = scales.share_ceiling([figure for _day, figure in shown])
    inside = Frame(480, 250, 8, 410, 26, 206, max(3, len(shown)), top, mirrored)
    parts = [part for place, act in enumerate(shown) for part in _column(inside, place, act[1])]
    parts += [*_lines(inside, shown[-1][1])] if shown else []
    parts += [part for place, act in enumerate(shown) for part in _told(inside, place, *act)]
    parts.append(frames.path("axis", f"M{inside.x(0)} 206H{inside.x(inside.weeks)}"))
    return frames.draw("acts", inside, title, wording.scale(top), parts)


def _column(inside: Frame, place: int, figure: UnitFigure) -> Iterator[SafeString]:
    across = (inside.x(place + 0.2), inside.x(place + 0.8))
    reached, paper = scales.base(figure), wording.paper_share(figure)
    base = inside.y(reached or 0)
    if reached is None:
        yield frames.path("hatch", frames.hatch(across, (inside.top, inside.bottom)))
    elif reached:
        yield frames.box("area", inside, across, (inside.y(0), base))
    if paper:
        top = min(base - 6, inside.y((reached or 0) + paper))
        yield frames.box("paper", inside, across, (base, top))


def _told(inside: Frame, place: int, day: date, figure: UnitFigure) -> Iterator[SafeString]:
    middle, reached = inside.x(place + 0.5), scales.base(figure)
    paper = wording.paper_share(figure)
    yield frames.text("label", inside, (middle, 228), "middle", wording.day(day))
    number = reached if figure.on_site else wording.percent_on_paper(figure)
    words = wording.unshown(figure) if reached is None else wording.share(number or 0)
    height = 120 if reached is None else inside.y(reached + paper) - 8
    yield frames.text("value", inside, (middle, height), "middle", words)


def _lines(inside: Frame, figure: UnitFigure) -> Iterator[SafeString]:
    heights = [inside.y(line.share) for line in figure.lines]
    labels = frames.spread(heights, inside.line(_SIZE), (inside.top, inside.bottom))
    for line, height, label in zip(figure.lines, heights, labels, strict=True):
        yield frames.path("line", f"M{inside.x(0)} {height}H{inside.flip(416)}")
        at = (inside.flip(422), label + 6)
        yield frames.text("label", inside, at, "start", wording.share(line.share))
