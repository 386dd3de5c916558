"""When a line is crossed if the pace goes on, with an interval; or why nothing honest can be said.

The model: new signers of each week come at one pace, more or less scattered than chance alone would have it
(quasi-Poisson). The pace, and the scatter, are taken from the blocks of the last weeks. The interval holds both
what is not known of the pace and what will vary. It is not made where a figure is a lower bound, where there are few
blocks, where the pace has changed, or where the interval would say nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist, linear_regression

from organizing.tracking.figures import Block, Projection, Unsaid

LEVEL = 0.8
FEWEST_BLOCKS = 6
WEEKS_BACK = 12
FURTHEST = 26.0
# How far apart the pace of the first and of the last weeks can be and still be called the same.
STEADY = 0.95
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pace:
    """New signers a week over `weeks` weeks, their scatter (1: as by chance), and how many blocks tell."""

    weekly: float
    scatter: float
    weeks: int
    blocks: int


def crossing(
    blocks: Sequence[Block], wanted: int, as_of: date, last: date
) -> tuple[Projection | None, Unsaid | None]:
    """When `wanted` more will have signed. `last`: the Monday of the last week that is over."""
    recent = [b for b in blocks if b.first > last - _WEEK * WEEKS_BACK]
    if not blocks or blocks[-1].last < last - _WEEK:
        return None, Unsaid.OUT_OF_DATE
    if len(recent) < FEWEST_BLOCKS:
        return None, Unsaid.FEW_WEEKS
    if _is_changing(recent):
        return None, Unsaid.CHANGING
    weeks = _weeks(_pace(recent), wanted)
    if weeks is None:
        return None, Unsaid.TOO_WIDE
    days = [as_of + timedelta(days=math.ceil(7 * number)) for number in weeks]
    return Projection(days[0], days[1], days[2], LEVEL), None


def length(block: Block) -> int:
    """How many weeks a block spans."""
    return (block.last - block.first).days // 7 + 1


def _pace(blocks: Sequence[Block]) -> Pace:
    weeks = sum(length(block) for block in blocks)
    weekly = sum(block.added for block in blocks) / weeks
    if weekly <= 0:
        return Pace(weekly, 1.0, weeks, len(blocks))
    expected = [weekly * length(block) for block in blocks]
    squares = sum((b.added - e) ** 2 / e for b, e in zip(blocks, expected, strict=True))
    return Pace(weekly, max(1.0, squares / (len(blocks) - 1)), weeks, len(blocks))


def _is_changing(blocks: Sequence[Block]) -> bool:
    """Whether a straight line through the pace of the weeks leans more than scatter explains."""
    middles = [(b.first - blocks[0].first).days / 7 + length(b) / 2 for b in blocks]
    paces = [b.added / length(b) for b in blocks]
    slope, start = linear_regression(middles, paces)
    rest = sum((p - start - slope * m) ** 2 for m, p in zip(middles, paces, strict=True))
    mean = sum(middles) / len(middles)
    spread = sum((m - mean) ** 2 for m in middles)
    chance = max(sum(paces) / len(paces), 1.0) / spread
    error = math.sqrt(max(rest / (len(blocks) - 2) / spread, chance))
    return abs(slope) > quantile((1 + STEADY) / 2, len(blocks) - 2) * error


def _weeks(pace: Pace, wanted: int) -> tuple[float, float, float] | None:
    """Earliest, middle and latest crossing in weeks: where the bounds of the forecast meet what is wanted."""
    if pace.weekly <= 0:
        return None
    q = quantile((1 + LEVEL) / 2, pace.blocks - 1)
    noise = q * q * pace.scatter * pace.weekly
    # (weekly · t − wanted)² = noise · (t + t² / weeks), solved for t.
    a = pace.weekly**2 - noise / pace.weeks
    b = -2 * pace.weekly * wanted - noise
    if a <= 0:
        return None
    root = math.sqrt(max(b * b - 4 * a * wanted * wanted, 0.0))
    earliest, latest = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return (earliest, wanted / pace.weekly, latest) if latest <= FURTHEST else None


def quantile(probability: float, freedom: int) -> float:
    """Of Student's t, by Cornish and Fisher's series; within 1 % from five degrees of freedom up."""
    z = NormalDist().inv_cdf(probability)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
