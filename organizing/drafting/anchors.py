"""Finds the passage that a comment is about, wherever the text has moved it to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from heapq import nsmallest

from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.words import Piece, compare

CONTEXT = 60
# What is left of a passage when less than this share of it stands there still is another passage.
_ENOUGH = 0.5
_MOST_PLACES = 100

Comparison = Callable[[str, str], Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage: the field, where it begins (in characters), its words, and what stood around it."""

    field: str
    start: int
    quote: str
    before: str
    after: str

    def as_dict(self) -> dict[str, str | int]:
        """For a sealed row."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands now."""

    field: str
    start: int
    end: int
    quote: str


def anchor(fields: Fields, field: str, quote: str, near: int) -> Anchor | None:
    """The passage with these words nearest to a place; None when the text has no such words."""
    text = fields.get(field, "") if field in FIELDS else ""
    quote = quote.replace("\r\n", "\n").strip()
    found = sorted(_occurrences(text, quote), key=lambda start: abs(start - near))
    if not quote or not found:
        return None
    start, end = found[0], found[0] + len(quote)
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(field, start, quote, before, after)


def anchor_anywhere(fields: Fields, quote: str) -> Anchor | None:
    """The first passage with these words in any field."""
    return next((found for name in FIELDS if (found := anchor(fields, name, quote, 0))), None)


def locate(mark: Anchor, then: Fields, now: Fields, by: Comparison = compare) -> Passage | None:
    """Where the passage is in today's text; None when it is gone. `then` is the text it was marked in.

    `by` compares two texts: whoever looks for many passages gives one that remembers.
    """
    text = now[mark.field]
    found = list(_places(mark, text))
    if found:
        start = max(found, key=lambda place: _fit(mark, text, place))
        return Passage(mark.field, start, start + len(mark.quote), mark.quote)
    return _followed(mark, by(then[mark.field], text), text)


def _places(mark: Anchor, text: str) -> list[int]:
    """Where the words stand within what stood around them; if nowhere, the nearest of all their places.

    One letter can be marked, and stand in twenty thousand places.
    """
    within = _occurrences(text, mark.before + mark.quote + mark.after)
    if exact := [place + len(mark.before) for place in within]:
        return [min(exact, key=lambda place: abs(place - mark.start))]
    every = _occurrences(text, mark.quote)
    return nsmallest(_MOST_PLACES, every, key=lambda place: abs(place - mark.start))


def _occurrences(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote) if quote else -1
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _fit(mark: Anchor, text: str, place: int) -> tuple[float, int]:
    """How well the surroundings fit; between equals the nearest to where it was."""
    end = place + len(mark.quote)
    around = text[max(0, place - CONTEXT) : place], text[end : end + CONTEXT]
    likeness = sum(map(_likeness, around, (mark.before, mark.after)))
    return round(likeness, 2), -abs(place - mark.start)


def _likeness(one: str, other: str) -> float:
    """From 0 to 1: by letters, or by words where there are many."""
    if max(len(one), len(other)) <= 2 * CONTEXT:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    same = sum(len(piece.before) for piece in compare(one, other) if piece.same)
    return 2 * same / (len(one) + len(other))


def _followed(mark: Anchor, pieces: Sequence[Piece], now: str) -> Passage | None:
    """The passage followed through what changed, as long as enough of it is left."""
    start, end = _moved(pieces, len(now), mark.start, mark.start + len(mark.quote))
    quote = now[start:end].strip()
    if not quote or _likeness(quote, mark.quote) < _ENOUGH:
        return None
    start += len(now[start:end]) - len(now[start:end].lstrip())
    return Passage(mark.field, start, start + len(quote), quote)


def _moved(pieces: Sequence[Piece], length: int, start: int, end: int) -> tuple[int, int]:
    """A stretch of the old text as a stretch of the new one; a change that it touches is inside."""
    old = new = 0
    first, last = length, 0
    for piece in pieces:
        old_end, new_end = old + len(piece.before), new + len(piece.after)
        if old < end and old_end > start:
            from_start = start - old if piece.same and start > old else 0
            to_end = old_end - end if piece.same and old_end > end else 0
            first, last = min(first, new + from_start), max(last, new_end - to_end)
        old, new = old_end, new_end
    return first, max(first, last)


def read_anchor(content: Mapping[str, str | int]) -> Anchor:
    """From a sealed row."""
    return Anchor(
        str(content["field"]),
        int(content["start"]),
        str(content["quote"]),
        str(content["before"]),
        str(content["after"]),
    )
