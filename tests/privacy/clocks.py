"""Compares how long answers take, when the questions are asked in turn over the same connection.

The Mann-Whitney test asks whether an answer of one group tends to be slower than one of another; outliers hardly
count. |z| > 4.5 comes about once in 150,000 comparisons by chance; with some thirty comparisons, and a second run
before anything is said, a false alarm is rarer than once in a million runs. A thousand answers a group show a shift
of about a fifth of a standard deviation: some ten microseconds here. The rest are only asked where two groups differ
by more than LOOKS_ALIKE among the first: with four in ten of them, a shift that all would show stands at 2.8 there.
"""

from __future__ import annotations

import itertools
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.privacy.oracles import Group, Scene
from tests.privacy.wire import Device

ROUNDS = 1000
FIRST = 0.4
LOOKS_ALIKE, LIMIT = 2.0, 4.5
PER_CONNECTION = 200
WARMING = 20


@dataclass(frozen=True)
class Difference:
    """Two groups, and by how many standard deviations the one is slower."""

    left: str
    right: str
    z: float
    medians: tuple[float, float]

    def __str__(self) -> str:
        a, b = (1e6 * m for m in self.medians)
        return f"{self.left} {a:.0f} µs / {self.right} {b:.0f} µs: z = {self.z:+.2f}"


def measure(scene: Scene, groups: dict[str, Group], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Asks one question of each group in each round, in an order drawn anew, each time from other networks.

    Ends early where no two groups differ so far.
    """
    times: dict[str, list[float]] = {name: [] for name in groups}
    first = round(rounds * FIRST)
    for start in (*range(0, first, PER_CONNECTION), *range(first, rounds, PER_CONNECTION)):
        if start == first and all(abs(d.z) < LOOKS_ALIKE for d in differences(times)):
            break
        _ask_in_turn(
            scene, groups, times, min(PER_CONNECTION, (first if start < first else rounds) - start)
        )
    return times


def _ask_in_turn(
    scene: Scene, groups: dict[str, Group], times: dict[str, list[float]], rounds: int
) -> None:
    """Over one connection of its own."""
    device = Device(scene.stack.origin, f"127.{random.randrange(1, 250)}.{random.randrange(250)}.9")
    for number in range(WARMING + rounds):
        names = list(groups)
        random.shuffle(names)
        for name in names:
            question = groups[name]()
            begun = time.perf_counter()
            scene.ask(device, question)
            if number >= WARMING:
                times[name].append(time.perf_counter() - begun)
    device.close()


def mann_whitney(left: list[float], right: list[float]) -> float:
    """The test's statistic as a standard normal number."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    total, at = 0.0, 0
    for _value, same in itertools.groupby(ranked, key=lambda pair: pair[0]):
        tied = list(same)
        rank = at + (len(tied) + 1) / 2
        total += rank * sum(1 for _v, group in tied if group == 0)
        at += len(tied)
    n, m = len(left), len(right)
    u = total - n * (n + 1) / 2
    return (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)


def differences(times: dict[str, list[float]]) -> list[Difference]:
    """Every two groups."""
    return [
        Difference(
            a,
            b,
            mann_whitney(times[a], times[b]),
            (_median(times[a]), _median(times[b])),
        )
        for a, b in itertools.combinations(times, 2)
    ]


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def tells_apart(
    ask: Callable[[], dict[str, list[float]]],
) -> tuple[list[Difference], list[Difference]]:
    """What two runs agree on, and all that the last run saw. The second run is only for what looked different."""
    seen = differences(ask())
    suspects = {(d.left, d.right) for d in seen if abs(d.z) > LIMIT}
    if not suspects:
        return [], seen
    again = differences(ask())
    return [d for d in again if (d.left, d.right) in suspects and abs(d.z) > LIMIT], again
