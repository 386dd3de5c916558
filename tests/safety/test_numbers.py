"""What was typed is a number, or it is not; nothing that is typed is an error."""

from __future__ import annotations

import pytest

from organizing.safety.numbers import typed_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("17", 17), ("١٢٣", 123), ("9" * 9, 10**9 - 1)]
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert typed_number(text, -1) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "1.5", "²", "Ⅷ", "1e9", " 1", "9" * 10, "9" * 5_000, "\0"]
)
def test_anything_else_is_none(text: str) -> None:
    assert typed_number(text, -1) == -1
