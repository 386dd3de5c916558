"""Trees of many shapes, three levels deep, with signers who leave: a long search had found a gap in an earlier rule."""

from __future__ import annotations

import random

import pytest

from organizing.tracking.releases import Rule
from organizing.tracking.sums import Tree
from tests.tracking import workplaces
from tests.tracking.attacker import under
from tests.tracking.workplaces import K, Workplace, narrowest, overstated, small, told

WEEKS = 12


def shape(chance: random.Random) -> Tree:
    """Some sites with departments, some of these with shifts; some units that people choose themselves."""
    parts: dict[str, list[str]] = {"campaign": ["rather not say"]}
    for site in [f"site {number}" for number in range(chance.choice((2, 3, 4)))]:
        parts["campaign"].append(site)
        if chance.random() < 0.8:
            parts[site] = [f"{site} itself"] if chance.random() < 0.3 else []
            departments = [f"{site} department {n}" for n in range(chance.choice((2, 3)))]
            parts[site] += departments
            for name in (d for d in departments if chance.random() < 0.5):
                parts[name] = [f"{name} shift {n}" for n in range(chance.choice((2, 3)))]
    return Tree("campaign", parts)


def workplace(seed: int) -> Workplace:
    """One batch a week, of at least K who came."""
    chance = random.Random(seed)
    tree = shape(chance)
    pace = {leaf: chance.choice((0, 0.5, 2, 5, 9)) for leaf in under(tree, tree.root)}
    came = {u: [workplaces._draw(chance, p) for _ in range(WEEKS)] for u, p in pace.items()}
    for week in range(WEEKS):
        together = sum(row[week] for row in came.values())
        came["rather not say"][week] += max(0, K - together)
    shares = {leaf: chance.choice((0, 0, 0.03, 0.1)) for leaf in pace}
    left = {leaf: workplaces._leave(chance, row, shares[leaf]) for leaf, row in came.items()}
    return Workplace(tree, came, left, [range(week, week + 1) for week in range(WEEKS)])


@pytest.mark.parametrize("seed", range(10))
def test_no_tree_gives_a_small_number_away_or_says_more_than_is_true(seed: int) -> None:
    work, chance = workplace(seed), random.Random(seed)
    released = work.week_by_week(Rule(K), lambda: chance.random() < 0.2)
    found = narrowest(told(work, released), list(small(work, K)), 60, seed)
    assert found.width >= K - 1, found
    assert overstated(work, released) == []
