"""Twelve words as people type, copy and misspell them."""

from __future__ import annotations

import pytest

from organizing.crypto import words
from organizing.crypto.words import WordsError

SECRET = bytes(range(16))
GIVEN = words.words_of(SECRET)


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(GIVEN),
        "\n".join(GIVEN).upper(),
        ", ".join(GIVEN),
        " ".join(f"{n}. {word}" for n, word in enumerate(GIVEN, start=1)),
        "".join(f"{n}\t{word}\n" for n, word in enumerate(GIVEN, start=1)),
    ],
)
def test_words_are_read_from_a_printed_list_too(typed: str) -> None:
    assert words.secret_of(typed) == SECRET


@pytest.mark.parametrize(
    ("typed", "reason", "position"),
    [
        ("", "count", None),
        (" ".join(GIVEN[:11]), "count", None),
        (" ".join([*GIVEN, "abandon"]), "count", None),
        (" ".join(["1.", *GIVEN[:3], "abandom", *GIVEN[4:]]), "word", 4),
        (" ".join([GIVEN[1], GIVEN[0], *GIVEN[2:]]), "checksum", None),
    ],
)
def test_what_is_wrong_with_words_is_named(typed: str, reason: str, position: int | None) -> None:
    with pytest.raises(WordsError) as caught:
        words.secret_of(typed)
    assert (caught.value.reason, caught.value.position) == (reason, position)
