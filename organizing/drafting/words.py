"""Texts compared by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# Letters of scripts without spaces are words of their own.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = f"[{_CJK}]|[^\\s{_CJK}]+"
_TOKEN = re.compile(rf"\n|{_WORD}|[^\S\n]+")
_WORD_WITH_SPACE = re.compile(rf"\n|(?:{_WORD})[^\S\n]*|[^\S\n]+")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "؟")
# Steps that a comparison may need in the worst case; difflib's grow with the cube where words repeat.
_MOST_STEPS = 20_000_000

Block = tuple[int, int, int]
Span = tuple[int, int]
Ends = Callable[[Sequence[str], int], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts: `before` and `after` are the same where nothing changed."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def split(text: str) -> list[str]:
    """Words, spaces and line ends, one after the other; joined again they are the text."""
    return _TOKEN.findall(text)


def split_with_spaces(text: str) -> list[str]:
    """Words, each with the space behind it, so that two neighbours are never merged apart."""
    return _WORD_WITH_SPACE.findall(text)


class ParagraphMatcher:
    """Finds what two lists of words have in common: paragraphs first, then sentences, then words.

    Quick on long texts, of which mostly little changes. Takes the place of difflib's SequenceMatcher.
    """

    def __init__(
        self,
        isjunk: object = None,
        a: Sequence[str] = (),
        b: Sequence[str] = (),
        autojunk: bool = True,
    ) -> None:
        self.a, self.b = a, b

    def get_matching_blocks(self) -> list[Block]:
        """Index in a, index in b and length, ascending; the last one has length 0 (as in difflib)."""
        whole = self._blocks((0, len(self.a)), (0, len(self.b)), _LEVELS)
        return [*_joined(whole), (len(self.a), len(self.b), 0)]

    def _blocks(self, a: Span, b: Span, levels: tuple[Ends, ...]) -> Iterator[Block]:
        if not levels:
            yield from self._words(a, b)
            return
        cuts_a, cuts_b = _cuts(self.a, a, levels[0]), _cuts(self.b, b, levels[0])
        parts_a = [tuple(self.a[i:j]) for i, j in pairwise(cuts_a)]
        parts_b = [tuple(self.b[i:j]) for i, j in pairwise(cuts_b)]
        i = k = 0
        for x, y, size in _common(parts_a, parts_b):
            if x > i and y > k:
                inside = (cuts_a[i], cuts_a[x]), (cuts_b[k], cuts_b[y])
                yield from self._blocks(*inside, levels[1:])
            yield cuts_a[x], cuts_b[y], cuts_a[x + size] - cuts_a[x]
            i, k = x + size, y + size

    def _words(self, a: Span, b: Span) -> Iterator[Block]:
        (i, i_end), (k, k_end) = a, b
        start, end = _shared_ends(self.a[i:i_end], self.b[k:k_end])
        yield i, k, start
        one, two = self.a[i + start : i_end - end], self.b[k + start : k_end - end]
        for x, y, size in _common(one, two):
            yield i + start + x, k + start + y, size
        yield i_end - end, k_end - end, end


def _common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Block]:
    """What two lists have in common, as difflib finds it; where that could take long, by what stands once in both.

    The last block has length 0. Whoever writes along can repeat a word ten thousand times.
    """
    in_a, in_b = Counter(a), Counter(b)
    pairs = sum(count * in_b[part] for part, count in in_a.items())
    if pairs * min(len(a), len(b)) <= _MOST_STEPS:
        return list(SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    where = {part: k for k, part in enumerate(b) if in_b[part] == in_a[part] == 1}
    places = [(i, where[part]) for i, part in enumerate(a) if part in where]
    return [*((i, k, 1) for i, k in _ascending(places)), (len(a), len(b), 0)]


def _ascending(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A longest choice of places that ascend on both sides (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_i, k) in enumerate(places):
        pile = bisect_left(tops, k)
        tops[pile : pile + 1], ends[pile : pile + 1] = [k], [number]
        before.append(ends[pile - 1] if pile else -1)
    found, number = [], ends[-1] if ends else -1
    while number >= 0:
        found.append(places[number])
        number = before[number]
    return found[::-1]


def _ends_paragraph(words: Sequence[str], n: int) -> bool:
    # Empty lines belong to the paragraph above: alone, they would all look alike.
    return words[n] == "\n" and words[n + 1 : n + 2] != ["\n"]


def _ends_sentence(words: Sequence[str], n: int) -> bool:
    return words[n].rstrip().endswith(_SENTENCE_ENDS)


_LEVELS: tuple[Ends, ...] = (_ends_paragraph, _ends_sentence)


def _cuts(words: Sequence[str], span: Span, ends: Ends) -> list[int]:
    """Where each part of a stretch begins, and its end."""
    inside = (n + 1 for n in range(*span) if ends(words, n))
    return sorted({span[0], span[1], *inside})


def _shared_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    most = min(len(a), len(b))
    start = next((n for n in range(most) if a[n] != b[n]), most)
    end = next((n for n in range(most - start) if a[-1 - n] != b[-1 - n]), most - start)
    return start, end


def _joined(blocks: Iterator[Block]) -> list[Block]:
    """Without empty ones, and neighbours as one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else (-1, -1, 0)
        if not block[2]:
            continue
        if (last[0] + last[2], last[1] + last[2]) == block[:2]:
            found[-1] = (last[0], last[1], last[2] + block[2])
        else:
            found.append(block)
    return found


def compare(before: str, after: str) -> list[Piece]:
    """The texts as stretches that are the same and stretches that changed, in turn."""
    a, b = split_with_spaces(before), split_with_spaces(after)
    pieces: list[Piece] = []
    i = k = 0
    for x, y, size in ParagraphMatcher(None, a, b).get_matching_blocks():
        pieces += _narrowed("".join(a[i:x]), "".join(b[k:y]))
        same = "".join(a[x : x + size])
        pieces += [Piece(same, same)] if size else []
        i, k = x + size, y + size
    return _without_seams(pieces)


def _narrowed(before: str, after: str) -> list[Piece]:
    """A change without the words that both ends share: a word whose space alone changed did not."""
    a, b = split(before), split(after)
    start, end = _shared_ends(a, b)
    head, tail = "".join(a[:start]), "".join(a[len(a) - end :])
    old, new = "".join(a[start : len(a) - end]), "".join(b[start : len(b) - end])
    pieces = [Piece(head, head), Piece(old, new), Piece(tail, tail)]
    return [piece for piece in pieces if piece.before or piece.after]


def _without_seams(pieces: list[Piece]) -> list[Piece]:
    """Neighbours that are the same, as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].same and piece.same:
            text = found[-1].before + piece.before
            found[-1] = Piece(text, text)
        else:
            found.append(piece)
    return found
