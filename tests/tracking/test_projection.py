"""When a line will be crossed is said with an interval that holds as often as it says, or not at all."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from organizing.tracking import projection
from organizing.tracking.figures import Block, Projection, Unsaid
from organizing.tracking.projection import crossing, quantile

MONDAY = date(2026, 9, 7)
WEEK = timedelta(days=7)


def weekly(numbers: Sequence[int]) -> list[Block]:
    return [Block(MONDAY + WEEK * n, MONDAY + WEEK * n, added) for n, added in enumerate(numbers)]


def ask(
    numbers: Sequence[int], wanted: int, last: date | None = None
) -> tuple[Projection | None, Unsaid | None]:
    blocks = weekly(numbers)
    as_of = blocks[-1].last + timedelta(days=6)
    return crossing(blocks, wanted, as_of, last or blocks[-1].last)


def test_an_even_pace_crosses_when_arithmetic_says() -> None:
    found, unsaid = ask([50, 48, 53, 49, 51, 50, 49, 50], 200)
    assert unsaid is None
    assert found is not None
    sunday = MONDAY + WEEK * 7 + timedelta(days=6)
    assert found.middle == sunday + WEEK * 4
    assert sunday < found.earliest < found.middle < found.latest < sunday + WEEK * 6


@pytest.mark.parametrize(
    ("numbers", "wanted", "why"),
    [
        ([50, 50, 50, 50, 50], 100, Unsaid.FEW_WEEKS),
        ([90, 80, 66, 55, 40, 30, 22, 14], 100, Unsaid.CHANGING),
        ([50, 48, 53, 49, 51, 50], 5000, Unsaid.TOO_WIDE),
        ([10, 90, 12, 80, 15, 85], 900, Unsaid.TOO_WIDE),
    ],
)
def test_what_cannot_be_said_honestly_is_not_said(
    numbers: list[int], wanted: int, why: Unsaid
) -> None:
    assert ask(numbers, wanted) == (None, why)


def test_an_old_figure_is_not_carried_on() -> None:
    found = ask([50] * 8, 100, last=MONDAY + WEEK * 10)
    assert found == (None, Unsaid.OUT_OF_DATE)


def test_a_block_of_several_weeks_counts_as_several_weeks() -> None:
    blocks = [
        Block(MONDAY + WEEK * (2 * n), MONDAY + WEEK * (2 * n + 1), 100 + n % 2) for n in range(6)
    ]
    found, _ = crossing(blocks, 100, blocks[-1].last + timedelta(days=6), blocks[-1].last)
    assert found is not None
    assert (found.middle - blocks[-1].last).days == 6 + 14


@pytest.mark.parametrize("scatter", [1.0, 3.0])
def test_the_interval_holds_at_least_as_often_as_it_says(scatter: float) -> None:
    chance, right, said = random.Random(1), 0, 0
    for _ in range(400):
        past = [_draw(chance, 40, scatter) for _ in range(8)]
        found, _why = ask(past, 150)
        if found is None:
            continue
        said += 1
        weeks, left = 0.0, 150
        while left > 0:
            came = _draw(chance, 40, scatter)
            weeks, left = weeks + (min(1.0, left / came) if came else 1.0), left - came
        start = MONDAY + WEEK * 7 + timedelta(days=6)
        right += found.earliest <= start + timedelta(days=math.ceil(7 * weeks)) <= found.latest
    assert said > 200
    assert 0.78 <= right / said <= 0.96


def _draw(chance: random.Random, mean: float, scatter: float) -> int:
    """Whole numbers with this mean and `scatter` times the variance of chance."""
    return max(0, round(chance.gauss(mean, math.sqrt(mean * scatter))))


@pytest.mark.parametrize(("freedom", "exact"), [(5, 1.4759), (7, 1.4149), (11, 1.3634)])
def test_the_quantile_is_that_of_the_tables(freedom: int, exact: float) -> None:
    assert quantile(0.9, freedom) == pytest.approx(exact, rel=0.01)


def test_a_campaign_that_shrinks_crosses_nothing() -> None:
    assert ask([-20, -22, -19, -21, -20, -20], 10) == (None, Unsaid.TOO_WIDE)
    assert projection.LEVEL == 0.8
