"""How much better than guessing, and how sure of it.

Hits are counted against a Poisson law: matching two lists of m blindly gives one hit on average, with variance one,
whatever m is. A weak leak moves ranks rather than hits, so ranks are correlated too.
A finding is an alarm when chance alone would give it less than once in a million times, by either measure; with some
hundred attacks that is one false alarm in about five thousand runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

ONCE_IN = 1e-6
# Two-sided, the same once in a million.
RANK_LIMIT = 4.9


def tail(hits: int, mean: float) -> float:
    """The chance of this many hits or more."""
    below = sum(math.exp(-mean + n * math.log(mean) - math.lgamma(n + 1)) for n in range(hits))
    return max(0.0, 1.0 - below) if hits and mean else float(hits == 0)


def bounds(hits: int, confidence: float = 0.95) -> tuple[float, float]:
    """The exact interval for a Poisson mean (Garwood)."""
    half = (1 - confidence) / 2
    low = _root(lambda mean: tail(hits, mean) < half, hits + 1.0) if hits else 0.0
    high = _root(lambda mean: 1 - tail(hits + 1, mean) > half, 10.0 * hits + 20)
    return low, high


def _root(is_below: object, top: float) -> float:
    low, high = 1e-9, top
    assert callable(is_below)
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def rank_score(left: Sequence[int], right: Sequence[int]) -> float:
    """Spearman's correlation of two rankings without ties, as a standard normal number."""
    count = len(left)
    if count < 3:
        return 0.0
    distance = sum((a - b) ** 2 for a, b in zip(left, right, strict=True))
    rho = 1 - 6 * distance / (count * (count * count - 1))
    return rho * math.sqrt(count - 1)


@dataclass(frozen=True)
class Finding:
    """What one attack came to: `tried` links, of which `hits` were right where guessing gives `by_luck`."""

    attack: str
    tried: int
    hits: int
    by_luck: float
    rank: float = 0.0

    @property
    def advantage(self) -> float:
        """Share of links that are right beyond luck."""
        return (self.hits - self.by_luck) / self.tried if self.tried else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95 % for the advantage."""
        if not self.tried:
            return 0.0, 0.0
        low, high = bounds(self.hits)
        return (low - self.by_luck) / self.tried, (high - self.by_luck) / self.tried

    @property
    def is_alarm(self) -> bool:
        """Whether this is more than chance."""
        lucky = not self.tried or tail(self.hits, self.by_luck) >= ONCE_IN
        return not lucky or abs(self.rank) > RANK_LIMIT

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.attack:<58} {self.hits:>4} of {self.tried:>4} right, by luck {self.by_luck:6.1f}; advantage "
            f"{self.advantage:+.3f} [{low:+.3f}, {high:+.3f}]; ranks {self.rank:+.1f}"
        )
