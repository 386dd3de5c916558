"""Codes and addresses are read as docs/protocol.md section 5 says."""

from __future__ import annotations

import pytest

from organizing.crypto import codes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7kq2-m9xv-3rtd-8wpa", "7KQ2M9XV3RTD8WPA"),
        (" 7KQ2 M9XV\t3RTD-8WPA\n", "7KQ2M9XV3RTD8WPA"),
        ("oO-iI-lL", "001111"),
        ("", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, read: str) -> None:
    assert codes.read_code(typed) == read


def test_a_code_is_printed_in_groups() -> None:
    assert codes.print_code("7KQ2M9XV3RTD8WPA") == "7KQ2-M9XV-3RTD-8WPA"
    assert codes.print_code("M4ZQ72XK9C") == "M4ZQ7-2XK9C"


def test_an_address_comes_down_to_its_mailbox() -> None:
    assert codes.read_address("  Ana.Lopez+petition+x@Example.COM ") == "ana.lopez@example.com"
    assert codes.read_address("o'neil@example.co.uk") == "o'neil@example.co.uk"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ana", "ana@", "@example.com", "a@b@example.com", "a+x@y@example.com"),
        *("+tag@example.com", "a b@example.com", "añ@example.com", 'a"b@example.com'),
        *("ana@example.com.", "ana@.example.com", f"{'a' * 243}@example.com"),
    ],
)
def test_what_is_not_an_address_is_none(typed: str) -> None:
    assert codes.read_address(typed) is None


def test_the_longest_address_has_254_bytes() -> None:
    assert codes.read_address(f"{'a' * 242}@example.com") == f"{'a' * 242}@example.com"


def test_a_mailbox_code_belongs_to_its_manifest_address_and_day() -> None:
    made = {
        codes.mail_code(key, mh, address, day)
        for key in (b"k" * 32, b"l" * 32)
        for mh in (bytes(32), b"m" * 32)
        for address in ("ana@example.com", "bo@example.com")
        for day in (20_000, 20_001)
    }
    assert len(made) == 16
    assert all(len(code) == codes.MAIL_LENGTH and set(code) <= set(codes.ALPHABET) for code in made)
