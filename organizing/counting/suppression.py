"""No cell below k: neither a total, nor the step from one shown total to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A total as of one batch."""

    at: datetime
    total: int


def shown(total: int, k: int) -> int | None:
    """A total that may be shown, or None for fewer than k (which nobody at all is, too)."""
    return total if total >= k else None


def merge_small_steps(readings: Sequence[Reading], k: int) -> list[Reading]:
    """Leaves out totals below k, and joins steps smaller than k to the one before.

    The last reading stays, since it is the total that is shown. Where that one is below k, nothing stays.
    """
    if not readings or readings[-1].total < k:
        return []
    kept: list[Reading] = []
    for reading in readings:
        if reading.total < k:
            continue
        while kept and abs(reading.total - kept[-1].total) < k:
            kept.pop()
        kept.append(reading)
    return kept


def band(number: int, k: int) -> tuple[int, int | None]:
    """Lower and upper limit of the band that a number falls into; the first one is (0, k - 1)."""
    limits = [0, k, 5 * k, 10 * k, 25 * k, 50 * k, 100 * k]
    reached = [limit for limit in limits if number >= limit]
    above = limits[len(reached) :]
    return reached[-1], above[0] - 1 if above else None
