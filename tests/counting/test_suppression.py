"""No number below k is shown, nor given away by two that are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizing.counting.suppression import Reading, band, merge_small_steps, shown

START = datetime(2026, 11, 1, tzinfo=UTC)
K = 10


def readings(*totals: int) -> list[Reading]:
    return [Reading(START + timedelta(days=i), total) for i, total in enumerate(totals)]


def merged(*totals: int) -> list[int]:
    return [reading.total for reading in merge_small_steps(readings(*totals), K)]


@pytest.mark.parametrize(("total", "seen"), [(0, None), (9, None), (10, 10), (1640, 1640)])
def test_a_total_below_k_looks_like_none_at_all(total: int, seen: int | None) -> None:
    assert shown(total, K) == seen


def test_large_steps_stay() -> None:
    assert merged(12, 30, 61) == [12, 30, 61]


def test_a_small_step_is_joined_to_the_one_before() -> None:
    assert merged(12, 30, 33, 61) == [12, 33, 61]


def test_the_last_total_stays_since_it_is_shown_anyway() -> None:
    assert merged(12, 30, 33) == [12, 33]


def test_a_total_that_falls_is_joined_too() -> None:
    assert merged(40, 80, 78) == [40, 78]


def test_nothing_is_shown_of_a_history_that_ends_below_k() -> None:
    assert merged(14, 8) == []


def test_there_is_no_history_of_nothing() -> None:
    assert merged() == []


@given(st.lists(st.integers(0, 200), max_size=40))
def test_no_shown_total_or_step_is_below_k(totals: list[int]) -> None:
    found = merged(*totals)
    assert all(total >= K for total in found)
    assert all(abs(a - b) >= K for a, b in pairwise(found))
    if found:
        assert found[-1] == totals[-1]


@pytest.mark.parametrize(
    ("number", "limits"),
    [
        (0, (0, 9)),
        (9, (0, 9)),
        (10, (10, 49)),
        (49, (10, 49)),
        (50, (50, 99)),
        (5000, (1000, None)),
    ],
)
def test_a_band_hides_the_number(number: int, limits: tuple[int, int | None]) -> None:
    assert band(number, K) == limits
