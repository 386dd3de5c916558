"""The ladder of bands. docs/decisions says what a band tells an employer, and why these."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

# Fewer is no crowd: among so few, those who are known to have signed leave too few others.
SMALLEST = 25
# Between two releases lie at least this many days, and so several batches of a day.
APART = timedelta(days=3)


def ladder(k: int) -> Iterator[int]:
    """25, 50, 100, 250, 500, 1,000 and so on without end, from twice `k` up: each step is a doubling at least."""
    for power in count():
        for step in (10, 25, 50):
            bound = step * 10**power
            if bound >= max(SMALLEST, 2 * k):
                yield bound


def reached(total: int, k: int) -> list[int]:
    """The bands that a total is above, the lowest first."""
    found: list[int] = []
    for bound in ladder(k):
        if total <= bound:
            return found
        found.append(bound)
    raise AssertionError
