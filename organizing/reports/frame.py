"""The inside of a picture: where weeks and heights lie, and how what is not shown looks.

A picture has no style of its own: its classes get their colours from css/plots.css, in the dark and on paper, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Frame:
    """A field of a picture. Weeks run along it from where a page's lines begin: `mirrored` is from the right."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    weeks: int
    ceiling: float
    mirrored: bool = False
    floor: float = 0

    def flip(self, x: float) -> float:
        """Where something lies that was laid out for a page written from the left."""
        return round(self.width - x if self.mirrored else x, 1)

    def x(self, week: float) -> float:
        """Where a week begins; the end of the last one is `x(weeks)`."""
        return self.flip(self.left + (self.right - self.left) * week / max(1, self.weeks))

    def line(self, size: float) -> float:
        """How high a line of numbers of this size is: letters of Arabic need more above and below them."""
        return size * (1.75 if self.mirrored else 1.42)

    def y(self, value: float) -> float:
        """The height of a value, at most the ceiling's."""
        share = (min(value, self.ceiling) - self.floor) / (self.ceiling - self.floor)
        return round(self.bottom - (self.bottom - self.top) * share, 1)


def draw(kind: str, frame: Frame, title: str, desc: str, parts: Iterable[SafeString]) -> SafeString:
    """The whole picture, with the sentence that is read out in its place."""
    return format_html(
        '<svg class="plot plot--{}" viewBox="0 0 {} {}" role="img"><title>{}</title><desc>{}</desc>{}</svg>',
        *(kind, frame.width, frame.height, title, desc),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def path(name: str, d: str) -> SafeString:
    """A line or an area."""
    return format_html('<path class="plot__{}" d="{}"/>', name, d) if d else SafeString()


def box(name: str, frame: Frame, x: tuple[float, float], y: tuple[float, float]) -> SafeString:
    """A rectangle between two places, in whichever order they come."""
    (left, right), (top, bottom) = sorted(x), sorted(y)
    return format_html(
        '<rect class="plot__{}" x="{}" y="{}" width="{}" height="{}"/>',
        *(name, left, top, round(right - left, 1), round(bottom - top, 1)),
    )


def text(name: str, frame: Frame, at: tuple[float, float], anchor: str, words: str) -> SafeString:
    """A few words or a number; `start` and `end` are those of the page's direction."""
    return format_html(
        '<text class="plot__{}" x="{}" y="{}" text-anchor="{}" direction="{}">{}</text>',
        *(name, at[0], round(at[1], 1), anchor, "rtl" if frame.mirrored else "ltr", words),
    )


def hatch(x: tuple[float, float], y: tuple[float, float], gap: float = 7) -> str:
    """Slanting strokes over a field about which nothing is shown: no colour is needed to see them."""
    (left, right), (top, bottom) = sorted(x), sorted(y)
    parts: list[str] = []
    place = left + top + gap / 2
    while place < right + bottom:
        one, two = max(left, place - bottom), min(right, place - top)
        if two - one > 1:
            parts.append(f"M{one:.1f} {place - one:.1f}L{two:.1f} {place - two:.1f}")
        place += gap
    return "".join(parts)


def spread(places: Sequence[float], gap: float, edges: tuple[float, float]) -> list[float]:
    """The same heights, moved as little as can be so that no two labels lie on one another, and none past an edge."""
    order = sorted(range(len(places)), key=lambda one: places[one])
    gap = min(gap, (edges[1] - edges[0]) / max(1, len(places) - 1))
    # Where the first of those that move together would lie, and how many they are.
    groups: list[tuple[float, int]] = []
    for rank, number in enumerate(order):
        first, size = places[number] - rank * gap, 1
        while groups and groups[-1][0] > first:
            other, more = groups.pop()
            first, size = (first * size + other * more) / (size + more), size + more
        groups.append((first, size))
    last = edges[1] - gap * (len(places) - 1)
    firsts = [min(max(first, edges[0]), last) for first, size in groups for _one in range(size)]
    moved = {number: firsts[rank] + rank * gap for rank, number in enumerate(order)}
    return [round(moved[number], 1) for number in range(len(places))]
