"""The large pictures: one unit or the whole campaign against its target lines, and new signers block by block."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organizing.reports import frame as frames
from organizing.reports import multiples, scales, wording
from organizing.reports.course import Tread, treads
from organizing.reports.frame import Frame
from organizing.tracking.figures import Crossing, UnitFigure

WIDTH, HEIGHT = 500, 300
_RIGHT, _TOP, _BOTTOM = 360, 30, 256
_PAPER = (368, 386)
_LABEL = 394
# Of labels, as in plots.css.
_SIZE = 16
_MOST_AHEAD = 12
_STRIP = 180
# How wide a digit is, with the rim around it; and in a box of the strip, without one, beside what stays free.
_DIGIT, _DIGIT_INSIDE, _FREE = 9.5, 8.2, 6
_WEEK = timedelta(days=7)


def ahead(figure: UnitFigure, weeks: Sequence[date]) -> int:
    """How many weeks after the last one the picture must reach to hold its projections; twelve at most."""
    if not weeks:
        return 0
    latest = [line.projected.latest for line in figure.lines if line.projected]
    reach = max([(day - weeks[-1]).days // 7 for day in latest], default=0)
    return min(_MOST_AHEAD, max(0, reach))


def against_lines(
    figure: UnitFigure, weeks: Sequence[date], k: int, *, mirrored: bool
) -> SafeString:
    """At least how many by the end of each block, with every target line drawn and named."""
    room = len(weeks) + ahead(figure, weeks)
    top = scales.share_ceiling([figure])
    inside = Frame(WIDTH, HEIGHT, 8, _RIGHT, _TOP, _BOTTOM, room, top, mirrored)
    parts = [*multiples.hidden(inside, figure, weeks), *multiples.course(inside, figure, weeks)]
    parts += [*_now(inside, weeks), *_lines(inside, figure), *_projections(inside, figure, weeks)]
    parts += [*_paper(inside, figure), *_last(inside, figure, weeks)]
    parts += _axis(inside, weeks, room, has_paper=bool(figure.paper and figure.on_site))
    return frames.draw("large", inside, wording.told(figure, k), wording.scale(top), parts)


def _now(inside: Frame, weeks: Sequence[date]) -> Iterator[SafeString]:
    """Where what is known ends and what may come begins."""
    if inside.weeks > len(weeks):
        yield frames.path("now", f"M{inside.x(len(weeks))} {_TOP}V{_BOTTOM}")


def _lines(inside: Frame, figure: UnitFigure) -> Iterator[SafeString]:
    heights = [inside.y(line.share) for line in figure.lines]
    labels = frames.spread(heights, inside.line(_SIZE), (_TOP, _BOTTOM))
    for line, height, label in zip(figure.lines, heights, labels, strict=True):
        yield frames.path("line", f"M{inside.x(0)} {height}H{inside.flip(_PAPER[1])}")
        words = wording.share(line.share)
        words += f" · {wording.number(needed(line, figure.people))}" if figure.people else ""
        yield frames.text("label", inside, (inside.flip(_LABEL), label + 6), "start", words)


def needed(line: Crossing, people: int) -> int:
    """How many signers a line asks for."""
    return -(-people * line.share // 100)


def _projections(inside: Frame, figure: UnitFigure, weeks: Sequence[date]) -> Iterator[SafeString]:
    """From the earliest to the latest week in which a line may be crossed: a bar on the line, with two ends.

    What lies past the picture is not in it: the bar has no end there, and none is drawn that would begin there.
    """
    for line in figure.lines:
        if not line.projected or not weeks:
            continue
        days = (line.projected.earliest, line.projected.middle, line.projected.latest + _WEEK)
        one, middle, two = (max(0.0, (day - weeks[0]).days / 7) for day in days)
        y, most = inside.y(line.share), inside.weeks
        ends = "".join(f"M{inside.x(end)} {y - 7}V{y + 7}" for end in (one, two) if end <= most)
        if middle <= most:
            yield frames.path("middle", f"M{inside.x(middle)} {y - 4}l4 4l-4 4l-4 -4z")
        if one < most:
            bar = f"M{inside.x(one)} {y}H{inside.x(min(two, most))}"
            yield frames.path("ahead", bar + ends)


def _paper(inside: Frame, figure: UnitFigure) -> Iterator[SafeString]:
    yield from multiples.paper_box(inside, figure, _PAPER)
    if wording.paper_share(figure) and figure.on_site:
        at = (inside.flip(sum(_PAPER) / 2), _BOTTOM + 22)
        yield frames.text("label", inside, at, "middle", _("paper"))


def _axis(
    inside: Frame, weeks: Sequence[date], room: int, *, has_paper: bool
) -> Iterator[SafeString]:
    yield frames.path("axis", f"M{inside.x(0)} {_BOTTOM}H{inside.x(room)}")
    ticks = "".join(f"M{inside.x(place)} {_BOTTOM}v5" for place in range(room + 1))
    yield frames.path("axis", ticks if room <= 60 else "")
    # Names of months are long in Arabic.
    every = max(1, -(-room // (4 if inside.mirrored else 5)))
    # Under the last weeks it says that the box beside them is paper.
    last = room * (0.8 if has_paper else 1)
    for place in range(0, room, every):
        if weeks and place < last:
            at = (inside.x(place), _BOTTOM + 22)
            yield frames.text("label", inside, at, "start", wording.day(weeks[0] + place * _WEEK))


def _last(inside: Frame, figure: UnitFigure, weeks: Sequence[date]) -> Iterator[SafeString]:
    """The newest sum, written where it was reached; or that no share is shown."""
    steps, share = treads(scales.blocks(figure), weeks), scales.base(figure)
    if share is not None and not figure.on_site:
        share = int(wording.paper_share(figure))
    if share is None or not steps:
        at = (inside.x(len(weeks) / 2), (_TOP + _BOTTOM) / 2)
        yield frames.text("value", inside, at, "middle", wording.unshown(figure))
        return
    words = f"{wording.number(steps[-1].total)} · {wording.share(share)}"
    reached = steps[-1].last + 1
    side = "end" if reached > inside.weeks / 3 else "start"
    at = (inside.x(reached if side == "end" else 0.1), inside.y(share) - 9)
    yield frames.text("value", inside, at, side, words)


def new_signers(figure: UnitFigure, weeks: Sequence[date], *, mirrored: bool) -> SafeString:
    """One box a block: as wide as its weeks, as large as what it added. Paper has a strip of its own below."""
    steps = treads(scales.blocks(figure), weeks)
    paper = treads(figure.paper_blocks, weeks) if figure.on_site else []
    look = "block" if figure.on_site else "paper"
    heights = [step.weekly for step in steps]
    top, low = scales.count_ceiling(heights), min([0.0, *heights])
    height = 208 if paper else 176
    inside = Frame(WIDTH, height, 8, _RIGHT + 120, _TOP, 146, len(weeks), top, mirrored, low)
    parts = [*multiples.hidden(inside, figure, weeks)]
    parts += [_block(inside, step, look) for step in steps]
    parts += [_amount(inside, step) for step in _told(inside, steps)]
    parts += [_strip(inside, step) for step in paper]
    parts += [_on_strip(inside, step) for step in paper if _fits(inside, step)]
    parts += _axis_of(inside, weeks)
    title = _("%(unit)s: new signers, week by week") % {"unit": wording.name(figure)}
    return frames.draw("wide", inside, title, _amounts((*steps, *paper)), parts)


def _amounts(steps: Sequence[Tread]) -> str:
    """All numbers of the picture, the site's before those on paper."""
    return " · ".join(wording.joined(step.added, step.weeks) for step in steps)


def _told(inside: Frame, steps: Sequence[Tread]) -> list[Tread]:
    """Those whose numbers can be read side by side: the newest, the largest, and as many more as there is room for."""
    order = sorted(range(len(steps)), key=lambda place: -steps[place].weekly)
    found: dict[int, tuple[float, float]] = {}
    for place in dict.fromkeys([len(steps) - 1, *order] if steps else ()):
        step = steps[place]
        middle = (inside.x(step.first) + inside.x(step.last + 1)) / 2
        half = _length(inside, step) / 2
        left, right = middle - half, middle + half
        if all(right <= other[0] or left >= other[1] for other in found.values()):
            found[place] = (left, right)
    return [steps[place] for place in sorted(found)]


def _length(inside: Frame, step: Tread) -> float:
    return len(_words(inside, step)) * _DIGIT


def _fits(inside: Frame, step: Tread) -> bool:
    """Whether its number can stand inside its box, and touch it nowhere."""
    length = len(_words(inside, step)) * _DIGIT_INSIDE + _FREE
    return length <= abs(inside.x(step.last + 0.94) - inside.x(step.first + 0.06))


def _strip(inside: Frame, step: Tread) -> SafeString:
    across = (inside.x(step.first + 0.06), inside.x(step.last + 0.94))
    return frames.box("paper", inside, across, (_STRIP, _STRIP + 24))


def _on_strip(inside: Frame, step: Tread) -> SafeString:
    middle = inside.x((step.first + step.last + 1) / 2)
    return frames.text("inside", inside, (middle, _STRIP + 17), "middle", _words(inside, step))


def about_blocks(k: int) -> str:
    """How the boxes are to be read."""
    return _(
        "A box is as wide as the weeks that it joins, and as large as the number that it adds. "
        "Weeks with fewer than %(k)s are joined to their neighbours; what is hatched is not shown."
    ) % {"k": k}


def _block(inside: Frame, step: Tread, look: str) -> SafeString:
    across = (inside.x(step.first + 0.06), inside.x(step.last + 0.94))
    return frames.box(look, inside, across, (inside.y(0), inside.y(step.weekly)))


def _amount(inside: Frame, step: Tread) -> SafeString:
    middle = inside.x((step.first + step.last + 1) / 2)
    at = (middle, inside.y(max(0.0, step.weekly)) - 6)
    return frames.text("value", inside, at, "middle", _words(inside, step))


def _words(inside: Frame, step: Tread) -> str:
    """With the number of weeks, where there is room for it."""
    room = abs(inside.x(step.last + 1) - inside.x(step.first))
    return wording.joined(step.added, step.weeks) if room > 130 else wording.number(step.added)


def _axis_of(inside: Frame, weeks: Sequence[date]) -> Iterator[SafeString]:
    yield frames.path("axis", f"M{inside.x(0)} {inside.y(0)}H{inside.x(inside.weeks)}")
    every = max(1, -(-len(weeks) // 6))
    for place in range(0, len(weeks), every):
        at = (inside.x(place), inside.bottom + 22)
        yield frames.text("label", inside, at, "start", wording.day(weeks[place]))
