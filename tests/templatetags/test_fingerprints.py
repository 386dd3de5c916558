"""Fingerprints are read in groups and copied without gaps."""

from __future__ import annotations

import re

import pytest

from organizing.templatetags.fingerprints import in_groups


@pytest.mark.parametrize("length", [1, 4, 43, 64])
def test_a_fingerprint_is_shown_in_groups_of_four_and_copied_whole(length: int) -> None:
    text = "".join(chr(97 + n % 26) for n in range(length))
    html = in_groups(text)
    groups = re.findall(r"<span>([^<]*)</span>", html)
    assert {len(group) for group in groups[:-1]} <= {4}
    assert "".join(groups) == text == re.sub(r"<[^>]*>", "", html)


def test_what_is_no_fingerprint_is_never_markup() -> None:
    assert "<b>" not in in_groups("<b>x</b>")
