"""Whoever was let in to write cannot keep the site busy with one text: four times of it, some four times the work."""

from __future__ import annotations

import time
from functools import cache

import pytest

from organizing.drafting import anchors, flags
from organizing.drafting.content import EMPTY
from organizing.drafting.words import Piece, compare
from organizing.petitions.rendering import render_markdown

PIECES = [
    *(
        "1-",
        "A1-",
        "a@",
        "a.",
        "1.1.",
        "wiki.",
        "+1 ",
        "(123)",
        "@a.",
        "[[",
        "#1234 ",
        "Adam ",
        "AaaBbb",
        "only ",
    ),
    *("login ", "/home/a", "http://", "my ", "a-b.", "Mr Aaa ", "x, ", "\\\\a"),
]
SMALL, LARGE = 8_000, 32_000
# A square would be sixteen; the rest is what a busy machine may add.
MOST = 10


def seconds(piece: str, length: int) -> float:
    """What the quickest of three takes of this process's own time."""
    text, taken = piece * (length // len(piece)), []
    for _turn in range(3):
        begun = time.process_time()
        flags.find(text, "en")
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("piece", PIECES)
def test_the_work_of_looking_for_traces_grows_with_the_text(piece: str) -> None:
    assert seconds(piece, LARGE) < MOST * seconds(piece, SMALL) + 0.02


def test_nobody_is_shown_more_flags_than_they_go_through() -> None:
    fields = {"title": "", "addressee": "", "demands": "", "body": "#1234 " * 5_000, "consent": ""}
    assert len(flags.find_in_fields(fields, "en")) == flags.MOST_SHOWN


def test_brackets_within_brackets_are_text() -> None:
    assert "<p>" in render_markdown("[" * 5_000 + "> " * 500)


def test_one_letter_that_somebody_marked_is_looked_for_in_a_few_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    fit = anchors._fit

    def counted(mark: anchors.Anchor, text: str, place: int) -> tuple[float, int]:
        looked.append(place)
        return fit(mark, text, place)

    monkeypatch.setattr(anchors, "_fit", counted)
    then = {**EMPTY, "body": "the end " * 5_000}
    now = {**EMPTY, "body": "these ends " * 5_000}
    mark = anchors.anchor(then, "body", "e", 20_000)
    assert mark
    assert anchors.locate(mark, then, now)
    assert 0 < len(looked) <= 100


def test_a_text_is_compared_once_for_all_comments_on_it() -> None:
    asked: list[tuple[str, str]] = []

    def by(one: str, other: str) -> list[Piece]:
        asked.append((one, other))
        return compare(one, other)

    once = cache(by)
    then = {**EMPTY, "body": "Nobody asked us. We learned of it by accident."}
    now = {**EMPTY, "body": "No one asked us. We heard of it by chance."}
    for quote in ("Nobody", "learned", "accident"):
        mark = anchors.anchor(then, "body", quote, 0)
        assert mark
        anchors.locate(mark, then, now, once)
    assert len(asked) == 1
