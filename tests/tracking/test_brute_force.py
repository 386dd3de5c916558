"""Small trees, with every table that fits what was shown tried one by one: no solver, no theorem."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pytest

from organizing.tracking import releases
from organizing.tracking.releases import Release, Rule, covered, release
from organizing.tracking.sums import Tree, Unit
from tests.tracking.attacker import under
from tests.tracking.test_releases import careless

K = 3
FLAT = Tree("all", {"all": ["a", "b", "c"]})
DEEP = Tree("all", {"all": ["a", "s"], "s": ["b", "c"]})
Table = np.ndarray


def tables(tree: Tree, steps: int, number: int, seed: int) -> Iterator[Table]:
    """Who came, leaf by step; small numbers, and at least k in every step, as every batch has."""
    chance = random.Random(seed)
    size = (len(under(tree, tree.root)), steps)
    while number:
        table = np.array(
            [[chance.choice((0, 0, 1, 2, 3, 5)) for _ in range(steps)] for _ in range(size[0])]
        )
        if min(table.sum(axis=0)) >= K:
            number -= 1
            yield table


def compositions(total: int, parts: int) -> list[tuple[int, ...]]:
    """Every way to write a total as a sum of so many numbers from 0 up."""
    ways = itertools.product(range(total + 1), repeat=parts - 1)
    return [(*way, total - sum(way)) for way in ways if sum(way) <= total]


def fitting(tree: Tree, table: Table, shown: Sequence[Release]) -> np.ndarray:
    """All tables (number, leaf, step) that have the totals of every step and every block that was shown."""
    columns = [np.array(compositions(int(total), table.shape[0])) for total in table.sum(axis=0)]
    choices = np.indices([len(column) for column in columns]).reshape(len(columns), -1)
    every = np.stack([c[choices[i]] for i, c in enumerate(columns)], axis=2)
    leaves = under(tree, tree.root)
    for block, weeks in covered(tree, shown).items():
        rows = [leaves.index(leaf) for leaf in under(tree, block.unit)]
        cells = np.ix_(rows, list(weeks))
        every = every[every[:, cells[0], cells[1]].sum(axis=(1, 2)) == table[cells].sum()]
    return every


def narrowest(tree: Tree, table: Table, shown: Sequence[Release]) -> int:
    """The narrowest range of any number below k: a leaf in a step, or up to one."""
    every, found = fitting(tree, table, shown), [K]
    for leaf, step in itertools.product(*map(range, table.shape)):
        for span in (slice(step, step + 1), slice(0, step + 1)):
            if table[leaf, span].sum() < K:
                sums = every[:, leaf, span].sum(axis=1)
                found.append(int(sums.max() - sums.min()))
    return min(found)


def shown_of(
    tree: Tree, table: Table, lost: Table, rule: Rule, coin: Callable[[], bool] = releases.never
) -> list[Release]:
    leaves, known = under(tree, tree.root), list[Release]()
    steps: list[Mapping[Unit, int]] = [
        {leaf: int(came - left) for leaf, came, left in zip(leaves, *pair, strict=True)}
        for pair in zip(table.T, lost.T, strict=True)
    ]
    for length in range(1, len(steps) + 1):
        known += release(tree, steps[:length], rule, known, coin)
    return known


def losses(table: Table, seed: int) -> Table:
    """Some of those who came before leave; the attacker is told all of them."""
    chance = random.Random(seed)
    found = np.zeros_like(table)
    for leaf, step in itertools.product(*map(range, table.shape)):
        here = int(table[leaf, :step].sum() - found[leaf, :step].sum())
        found[leaf, step] = sum(chance.random() < 0.1 for _ in range(here))
    return found


@pytest.mark.parametrize("tree", [FLAT, DEEP], ids=["flat", "deep"])
@pytest.mark.parametrize("leaving", [False, True], ids=["all stay", "some leave"])
def test_every_table_that_fits_leaves_small_numbers_open(tree: Tree, leaving: bool) -> None:
    blocks = 0
    for number, table in enumerate(tables(tree, 3, 120, seed=5)):
        lost = losses(table, number) if leaving else np.zeros_like(table)
        shown = shown_of(tree, table, lost, Rule(K))
        blocks += sum(block.unit != tree.root for block in shown)
        assert narrowest(tree, table, shown) >= K - 1, (table, shown)
    assert blocks > 60, "what shows nothing protects nothing"


@pytest.mark.parametrize("tree", [FLAT, DEEP], ids=["flat", "deep"])
def test_the_same_search_finds_what_a_weaker_rule_gives_away(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "tell_apart", careless)
    found = [
        narrowest(tree, table, shown_of(tree, table, np.zeros_like(table), Rule(K)))
        for table in tables(tree, 3, 120, seed=5)
    ]
    assert min(found) < K - 1


def test_totals_of_the_first_weeks_stay_hidden_whatever_comes_later() -> None:
    for table in tables(FLAT, 3, 40, seed=9):
        early = [b for b in shown_of(FLAT, table, np.zeros_like(table), Rule(K)) if b.last < 2]
        all_of_it = shown_of(FLAT, table, np.zeros_like(table), Rule(K))
        assert set(early) <= set(all_of_it)
        assert narrowest(FLAT, table, early) >= narrowest(FLAT, table, all_of_it) >= K - 1


Coins = tuple[bool, ...]


def outcomes(tree: Tree, table: Table, coins: Coins = ()) -> Iterator[frozenset[Release]]:
    """Everything that can be shown of a table, over every way in which the coins can fall."""
    thrown: list[bool] = []

    def coin() -> bool:
        thrown.append(coins[len(thrown)] if len(thrown) < len(coins) else False)
        return thrown[-1]

    yield frozenset(shown_of(tree, table, np.zeros_like(table), Rule(K), coin))
    for place in range(len(coins), len(thrown)):
        yield from outcomes(tree, table, (*thrown[:place], True))


def learned(tree: Tree, most: int, *, coins: bool) -> int:
    """The narrowest range that somebody is left with who tries every table there is, and knows the rule by heart."""
    columns = [np.array(way) for total in range(K, most + 1) for way in compositions(total, 3)]
    seen: dict[object, list[Table]] = {}
    for pair in itertools.product(columns, repeat=2):
        table = np.stack(pair, axis=1)
        every = outcomes(tree, table)
        for shown in set(every) if coins else [next(every)]:
            seen.setdefault((tuple(table.sum(axis=0)), shown), []).append(table)
    return min(_narrow(np.array(alike)) for alike in seen.values())


def _narrow(every: np.ndarray) -> int:
    spans = (slice(0, 1), slice(1, 2), slice(0, 2))
    sums = [every[:, leaf, span].sum(axis=1) for leaf in range(3) for span in spans]
    return min((int(s.max() - s.min()) for s in sums if s.min() < K), default=K)


@pytest.mark.parametrize("tree", [FLAT, DEEP], ids=["flat", "deep"])
def test_whoever_knows_the_rule_by_heart_learns_no_more(tree: Tree) -> None:
    assert learned(tree, 6, coins=True) >= K - 1


def test_without_the_coin_the_rule_itself_would_tell() -> None:
    assert learned(DEEP, 7, coins=False) < K - 1
