"""Whoever knows the rule by heart asks of what is hidden: with which numbers would just this be hidden?

Two parts that are hidden together, with 2k − 2 in all, had k − 1 each if neither could be large; and what is hidden
beside a part that nearly all have signed is what that part leaves. Both are found by trying every table of a week.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pytest

from organizing.tracking import releases, releasing
from organizing.tracking.releases import Release, Rule, release
from organizing.tracking.sums import Tree, Unit

K = 3
ROOT = "all"
Table = tuple[int, ...]
Situation = tuple[str, int, dict[Unit, int], dict[Unit, int]]
# Leaves, signers of the week, what was shown before, and head-counts less k.
SITUATIONS: tuple[Situation, ...] = (
    ("abcd", 20, {}, {}),
    ("abcd", 20, {}, {"b": 4}),
    ("abc", 20, {"c": 20}, {}),
    ("abc", 20, {"c": 20}, {"b": 4}),
    ("abc", 15, {"c": 40, "b": 5}, {"b": 8}),
)


def tables(parts: int, total: int) -> Iterator[Table]:
    """Every way in which so many signers can be in so many parts."""
    for some in itertools.product(range(total + 1), repeat=parts - 1):
        if sum(some) <= total:
            yield (*some, total - sum(some))


def shown(
    situation: Situation, table: Table, by_chance: Unit | None
) -> frozenset[tuple[Unit, int]]:
    """What the week shows of the parts, where this one is hidden by chance, if it is large."""
    leaves, _total, before, most = situation
    tree = Tree(ROOT, {ROOT: list(leaves)}, most)
    steps: Sequence[Mapping[Unit, int]] = [before, dict(zip(leaves, table, strict=True))]
    known = [Release(unit, 0, 0, number) for unit, number in before.items()]
    known += [Release(ROOT, 0, 0, sum(before.values()))] if before else []

    def hides(large: Sequence[Unit]) -> Unit | None:
        return by_chance if by_chance in large else None

    new = release(tree, steps, Rule(K), known, releases.never, hides)
    return frozenset((b.unit, b.total) for b in new if b.unit != ROOT and b.last == 1)


def narrowest(situation: Situation, *, chance: bool) -> int:
    """The narrowest range that is left of any number below k, over everything that can be shown."""
    leaves, total, _before, _most = situation
    alike: dict[frozenset[tuple[Unit, int]], list[Table]] = defaultdict(list)
    for table in tables(len(leaves), total):
        for seen in {shown(situation, table, one) for one in ["", *(leaves if chance else "")]}:
            alike[seen].append(table)
    columns = (column for found in alike.values() for column in zip(*found, strict=True))
    return min((max(c) - min(c) for c in columns if min(c) < K), default=K)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_nothing_small_is_left_over_when_what_is_impossible_is_struck_out(
    situation: Situation,
) -> None:
    assert narrowest(situation, chance=True) >= K - 1


@pytest.mark.parametrize("situation", SITUATIONS)
def test_without_chance_the_rule_itself_would_give_it_away(situation: Situation) -> None:
    assert narrowest(situation, chance=False) < K - 1


def test_every_large_part_is_hidden_by_chance_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    drawn = [releasing.by_chance(["a", "b", "c"]) for _time in range(2000)]
    assert set(drawn) == {"a", "b", "c", None}
    assert 250 < sum(one is not None for one in drawn) < 550
    assert releasing.by_chance([]) is None
