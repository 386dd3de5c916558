"""Where many leave, a figure is no longer shown; that it is not, and that it was, gives nothing away either."""

import pytest

from organizing.tracking.releases import Release, Rule, below, covered, has_fallen, release
from organizing.tracking.sums import running_totals
from tests.tracking.attacker import Attacker
from tests.tracking.workplaces import K, Workplace, workplace


def told_of_falls(work: Workplace, released: list[Release]) -> Attacker:
    """Knows nothing of who left, the total of each batch, every block, and every week whether a unit had fallen."""
    attacker = Attacker(len(work.leaves) * work.batches, free=True)
    changes = [c - g for u in work.leaves for c, g in zip(work.came[u], work.left[u], strict=True)]
    for batch in range(work.batches):
        columns = [work.column(leaf, batch) for leaf in work.leaves]
        attacker.knows(columns, sum(changes[column] for column in columns))
    for block, weeks in covered(work.tree, released).items():
        attacker.knows(work.columns(block.unit, weeks), block.total)
    running = running_totals(work.tree, work.steps())
    for leaf in work.leaves:
        fallen = False
        for week in range(len(work.weeks)):
            blocks = [b for b in released if b.unit == leaf and b.last <= week]
            shown = sum(block.total for block in blocks)
            level = running[leaf][week + 1]
            grown = any(block.last == week for block in blocks)
            fallen = has_fallen(level, shown, K) or (fallen and not grown)
            columns = work.columns(leaf, range(week + 1))
            attacker.knows_at_least(columns, 0)
            if shown and not fallen:
                attacker.knows_at_least(columns, below(shown, K))
            if has_fallen(level, shown, K):
                attacker.knows_at_most(columns, below(shown, K) - 1)
    return attacker


@pytest.mark.parametrize("seed", range(3))
def test_a_fall_pins_no_number_below_k(seed: int) -> None:
    work = workplace((6, 0), 8, 1, 12, leaving=0.12, seed=seed)
    released = work.week_by_week(Rule(K))
    attacker = told_of_falls(work, released)
    running = running_totals(work.tree, work.steps())
    small = [
        (f"{leaf} after week {week}", work.columns(leaf, range(week + 1)))
        for leaf in work.leaves
        for week in range(len(work.weeks))
        if running[leaf][week + 1] < K
    ]
    assert small
    assert min(attacker.pin(*figure).width for figure in small) >= K - 1


def test_a_unit_falls_when_k_more_have_left_than_its_figure_says() -> None:
    assert not has_fallen(level=31, shown=40, k=K)
    assert has_fallen(level=30, shown=40, k=K)
    assert below(40, K) == 31


def test_a_small_unit_falls_when_fewer_than_k_are_left() -> None:
    assert not has_fallen(level=10, shown=12, k=K)
    assert has_fallen(level=9, shown=12, k=K)
    assert below(12, K) == K


def test_what_was_never_shown_cannot_fall() -> None:
    assert not has_fallen(level=0, shown=0, k=K)


def test_the_campaigns_own_blocks_can_be_negative() -> None:
    work = workplace((2, 0), 3, 1, 12, seed=4)
    steps = [*work.steps(), {"site 0": -30}]
    found = [b for b in release(work.tree, steps, Rule(K)) if b.unit == work.tree.root]
    assert found[-1].total == -30
