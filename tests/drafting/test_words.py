"""Texts compared and merged by word: nothing is ever lost between the pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizing.drafting import words
from organizing.drafting.merging import Choice, merge_words
from organizing.drafting.words import ParagraphMatcher, compare, split, split_with_spaces

TEXTS = st.lists(
    st.sampled_from(["a", "b.", "cat", "dog,", "我", "\n", "\n\n", " ", "  ", "النص", "end!"]),
    max_size=40,
).map(" ".join)


@given(TEXTS)
def test_words_joined_again_are_the_text(text: str) -> None:
    assert "".join(split(text)) == text
    assert "".join(split_with_spaces(text)) == text


@given(TEXTS, TEXTS)
@settings(max_examples=200)
def test_a_comparison_holds_both_texts(before: str, after: str) -> None:
    _holds_both(before, after)


def _holds_both(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.before for piece in pieces) == before
    assert "".join(piece.after for piece in pieces) == after


@given(TEXTS, TEXTS)
def test_blocks_ascend_and_are_the_same_on_both_sides(one: str, other: str) -> None:
    _ascends(one, other)


def _ascends(one: str, other: str) -> None:
    a, b = split_with_spaces(one), split_with_spaces(other)
    blocks = ParagraphMatcher(None, a, b).get_matching_blocks()
    assert blocks[-1] == (len(a), len(b), 0)
    end_a = end_b = 0
    for i, k, size in blocks:
        assert i >= end_a
        assert k >= end_b
        assert a[i : i + size] == b[k : k + size]
        end_a, end_b = i + size, k + size


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=200)
def test_no_word_that_somebody_added_is_lost_by_keeping_both(
    base: str, theirs: str, mine: str
) -> None:
    _loses_nothing(base, theirs, mine)


def _loses_nothing(base: str, theirs: str, mine: str) -> None:
    merged = "".join(s.settled(Choice.BOTH) for s in merge_words(base, theirs, mine)).split()
    known = set(base.split())
    for text in (theirs, mine):
        assert {word for word in text.split() if word not in known} <= set(merged)


@given(TEXTS, TEXTS)
def test_a_text_that_one_side_left_alone_becomes_the_others(base: str, mine: str) -> None:
    assert "".join(s.text for s in merge_words(base, base, mine)) == mine
    assert "".join(s.text for s in merge_words(base, mine, base)) == mine


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("the cat sat", "the dog sat", [("cat", "dog")]),
        ("the cat sat on", "the dog ran on", [("cat sat", "dog ran")]),
        ("it ends", "it ends here", [("", " here")]),
        ("one\n\ntwo", "one\n\nand a half\n\ntwo", [("", "and a half\n\n")]),
        ("我们没有同意", "我们没有不同意", [("", "不")]),
    ],
)
def test_changes_read_as_a_person_would_say_them(
    before: str, after: str, changes: list[tuple[str, str]]
) -> None:
    found = [(p.before, p.after) for p in compare(before, after) if not p.same]
    assert found == changes


@given(TEXTS, TEXTS, TEXTS)
def test_where_much_repeats_nothing_is_lost_either(base: str, theirs: str, mine: str) -> None:
    with mock.patch.object(words, "_MOST_STEPS", 0):
        _holds_both(base, mine)
        _ascends(base, mine)
        _loses_nothing(base, theirs, mine)


NASTY = {
    "one word": ("a " * 5_000, "a " * 4_990 + "b "),
    "one line": ("a\n" * 40_000, "b\n" + "a\n" * 39_000),
    "one sentence": ("a. " * 40_000, "c " + "a. " * 39_000),
    "two words in turn": ("a b " * 2_500, "b a " * 2_499),
    "two sentences in turn": ("a. b. " * 20_000, "b. a. " * 19_999),
    "fifty lines": (
        "".join(f"a{n % 50}.\n" for n in range(30_000)),
        "".join(f"a{n * 7 % 50}.\n" for n in range(30_000)),
    ),
}


@pytest.mark.parametrize("name", NASTY)
def test_no_text_that_a_drafter_sends_keeps_the_site_busy(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """difflib needs minutes for some; whoever was let in to comment could send four of them."""
    asked: list[int] = []

    def careful(_junk: object, a: Sequence[Any], b: Sequence[Any], **kind: bool) -> Any:
        in_b = Counter(b)
        asked.append(sum(in_b[part] for part in a) * min(len(a), len(b)))
        return SequenceMatcher(None, a, b, **kind)

    monkeypatch.setattr(words, "SequenceMatcher", careful)
    before, after = NASTY[name]
    pieces = compare(before, after)
    assert "".join(piece.after for piece in pieces) == after
    assert max(asked, default=0) <= words._MOST_STEPS


def test_a_long_list_is_compared_by_what_stands_in_it_once() -> None:
    lines = [f"line number {n}\n" for n in range(9_000)]
    changed = [*lines[:4_000], "a new one\n", *lines[4_001:], "and this\n"]
    with mock.patch.object(words, "_MOST_STEPS", 1_000):
        found = [
            (p.before, p.after) for p in compare("".join(lines), "".join(changed)) if not p.same
        ]
    assert found == [("line number 4000", "a new one"), ("", "and this\n")]
