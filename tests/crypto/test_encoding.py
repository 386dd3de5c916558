"""Bytes, numbers and text as docs/protocol.md section 1 writes them."""

from __future__ import annotations

import pytest

from organizing.crypto.encoding import EncodingError, Reader, b64u, pad, u16, u32, unb64u


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", bytes(range(32))])
def test_base64url_goes_back_and_forth(data: bytes) -> None:
    assert unb64u(b64u(data), len(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        *("AA==", "AA=", " AA", "AA\n", "A A", "A", "A+", "A/", "é", "AAAAA"),
        # The last character has bits that say nothing: two texts would stand for the same bytes.
        *("AB", "__9", "AAB"),
    ],
)
def test_what_is_not_the_one_form_is_refused(text: str) -> None:
    with pytest.raises(EncodingError):
        unb64u(text)


def test_another_size_is_refused() -> None:
    with pytest.raises(EncodingError, match="size"):
        unb64u("AAAA", 4)


def test_numbers_are_big_endian() -> None:
    assert (u16(258), u32(16_909_060)) == (b"\x01\x02", b"\x01\x02\x03\x04")
    assert Reader(b"\x01\x02\x03").number(3) == 66_051


def test_what_is_too_long_is_not_cut() -> None:
    assert pad(b"ab", 3) == b"ab\0"
    with pytest.raises(EncodingError, match="too long"):
        pad(b"abcd", 3)


@pytest.mark.parametrize("data", [b"\0\x02ab\x01", b"\0\x04abc", b"\0\x01ab", b"\0"])
def test_a_field_is_as_long_as_it_says_and_zero_after_that(data: bytes) -> None:
    with pytest.raises(EncodingError):
        Reader(data).field(3)


def test_a_field_is_read_and_the_end_must_be_zero() -> None:
    reader = Reader(b"\0\x02ab\0\0\0")
    assert reader.field(3) == b"ab"
    reader.end()
    with pytest.raises(EncodingError):
        Reader(b"\0\x01").end()
