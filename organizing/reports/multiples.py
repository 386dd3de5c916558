"""The small picture of one unit: its share, week by week, on the scale of all its neighbours."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.safestring import SafeString

from organizing.reports import frame as frames
from organizing.reports import scales, wording
from organizing.reports.course import Tread, runs, treads
from organizing.reports.frame import Frame
from organizing.tracking.figures import UnitFigure

WIDTH, HEIGHT = 180, 112
_PAPER = (131, 143)
_LABEL = 147
# Of labels, as in plots.css.
_SIZE = 11.5


def multiple(
    figure: UnitFigure, weeks: Sequence[date], k: int, ceiling: int, *, mirrored: bool
) -> SafeString:
    """One of the small multiples. What is not shown is hatched; paper is an open box beside the weeks."""
    inside = Frame(WIDTH, HEIGHT, 4, 126, 8, 92, len(weeks), ceiling, mirrored)
    parts = [*hidden(inside, figure, weeks), *course(inside, figure, weeks)]
    parts += [*_lines(inside, figure), *paper_box(inside, figure, _PAPER), *_axis(inside, weeks)]
    title = wording.told(figure, k)
    return frames.draw("small", inside, title, desc(ceiling), parts)


def desc(ceiling: int) -> str:
    """What the heights of a picture are."""
    return wording.scale(ceiling)


def hidden(inside: Frame, figure: UnitFigure, weeks: Sequence[date]) -> Iterator[SafeString]:
    """Hatching over the weeks of which nothing is shown."""
    for run in runs(scales.blocks(figure), weeks):
        if run.added is None:
            across = (inside.x(run.first), inside.x(run.last + 1))
            yield frames.path("hatch", frames.hatch(across, (inside.top, inside.bottom)))


def course(inside: Frame, figure: UnitFigure, weeks: Sequence[date]) -> list[SafeString]:
    """The sum after each block. Within a block it went up somehow: that is the paler box."""
    steps, scale = treads(scales.blocks(figure), weeks), scale_of(figure)
    if not steps or not scale:
        return []
    if not figure.on_site:
        return [frames.path("paper", _area(inside, steps, scale, len(weeks)))]
    boxes = [_rise(inside, step, scale) for step in steps]
    since = f"M{inside.x(steps[-1].last + 1)} {inside.y(steps[-1].total * scale)}"
    return [
        frames.path("area", _area(inside, steps, scale, len(weeks))),
        *boxes,
        frames.path("step", _steps(inside, steps, scale)),
        frames.path("since", f"{since}H{inside.x(len(weeks))}"),
    ]


def scale_of(figure: UnitFigure) -> float:
    """Height of one signer in a picture of shares; nought where no share is shown."""
    if not figure.on_site:
        return 100 / figure.people if figure.paper and figure.people else 0.0
    if figure.coverage is None or not figure.signers:
        return 0.0
    return figure.coverage * 100 / figure.signers


def _rise(inside: Frame, step: Tread, scale: float) -> SafeString:
    across = (inside.x(step.first), inside.x(step.last + 1))
    before = inside.y((step.total - step.added) * scale)
    return frames.box("rise", inside, across, (before, inside.y(step.total * scale)))


def _steps(inside: Frame, steps: Sequence[Tread], scale: float) -> str:
    parts = [f"M{inside.x(steps[0].first)} {inside.y(0)}"]
    parts += [f"H{inside.x(s.last + 1)}V{inside.y(s.total * scale)}" for s in steps]
    return "".join(parts)


def _area(inside: Frame, steps: Sequence[Tread], scale: float, weeks: int) -> str:
    return _steps(inside, steps, scale) + f"H{inside.x(weeks)}V{inside.y(0)}Z"


def paper_box(inside: Frame, figure: UnitFigure, column: tuple[float, float]) -> list[SafeString]:
    """Paper signatures on top of the others' height, in a box with nothing in it, large enough to be seen."""
    share, reached = wording.paper_share(figure), wording.percent(figure) or 0
    if not share or not figure.on_site:
        return []
    base = inside.y(reached)
    across = (inside.flip(column[0]), inside.flip(column[1]))
    return [frames.box("paper", inside, across, (base, min(base - 5, inside.y(reached + share))))]


def _lines(inside: Frame, figure: UnitFigure) -> Iterator[SafeString]:
    shares = [line.share for line in figure.lines]
    heights = [inside.y(share) for share in shares]
    ends = (inside.x(0), inside.flip(_PAPER[1]))
    labels = frames.spread(heights, inside.line(_SIZE), (inside.top, inside.bottom))
    for share, height, label in zip(shares, heights, labels, strict=True):
        yield frames.path("line", f"M{ends[0]} {height}H{ends[1]}")
        at = (inside.flip(_LABEL), label + 4)
        yield frames.text("label", inside, at, "start", wording.share(share))


def _axis(inside: Frame, weeks: Sequence[date]) -> Iterator[SafeString]:
    yield frames.path("axis", f"M{inside.x(0)} {inside.y(0)}H{inside.x(inside.weeks)}")
    if weeks:
        yield frames.text("label", inside, (inside.x(0), 107), "start", wording.day(weeks[0]))
    if len(weeks) > 1:
        yield frames.text(
            "label", inside, (inside.x(len(weeks)), 107), "end", wording.day(weeks[-1])
        )
