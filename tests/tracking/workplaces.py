"""Trees of units with signers who come and leave, and what an attacker makes of what is released of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from organizing.tracking import releases
from organizing.tracking.releases import Release, Rule, covered, release
from organizing.tracking.sums import Tree, Unit, from_the_root, running_totals
from tests.tracking.attacker import Attacker, Interval, under

K = 10
Rows = dict[Unit, list[int]]


def site_tree(sites: int, units: int) -> Tree:
    """Sites, each of several units (or none), beside those who would rather not say."""
    names = [f"site {number}" for number in range(sites)]
    children = {"campaign": ["rather not say", *names]}
    if units:
        children |= {name: [f"{name} unit {u}" for u in range(units)] for name in names}
    return Tree("campaign", children)


@dataclass(frozen=True)
class Workplace:
    """Who came and who left, by leaf and batch; `weeks`: the batches of each week."""

    tree: Tree
    came: Rows
    left: Rows
    weeks: list[range]

    @property
    def leaves(self) -> list[Unit]:
        return list(self.came)

    @property
    def batches(self) -> int:
        return self.weeks[-1].stop

    def steps(self) -> list[dict[Unit, int]]:
        """What the rule is given: changes by week."""
        return [{leaf: self.change(leaf, week) for leaf in self.leaves} for week in self.weeks]

    def change(self, leaf: Unit, batches: range) -> int:
        return sum(self.came[leaf][b] - self.left[leaf][b] for b in batches)

    def week_by_week(
        self, rule: Rule, hesitates: Callable[[], bool] = releases.never
    ) -> list[Release]:
        """Everything that is released when it is done every Monday."""
        steps, known = self.steps(), list[Release]()
        for week in range(1, len(steps) + 1):
            known += release(self.tree, steps[:week], rule, known, hesitates)
        return known

    def column(self, leaf: Unit, batch: int) -> int:
        return self.leaves.index(leaf) * self.batches + batch

    def columns(self, unit: Unit, weeks: Iterable[int]) -> list[int]:
        """Of all that is under a unit, in these weeks."""
        batches = [b for week in weeks for b in self.weeks[week]]
        places = {leaf: place for place, leaf in enumerate(self.leaves)}
        return [places[leaf] * self.batches + b for leaf in under(self.tree, unit) for b in batches]


def workplace(
    shape: tuple[int, int],
    weeks: int,
    batches: int,
    rate: float,
    leaving: float = 0.0,
    seed: int = 1,
) -> Workplace:
    """New signers of each leaf in each batch; some units are busy, some silent. A batch has at least K."""
    tree, chance = site_tree(*shape), random.Random(seed)
    leaves = under(tree, tree.root)
    pace = {leaf: rate * chance.choice((0, 0.3, 1, 1, 2.5)) for leaf in leaves}
    count = weeks * batches
    came = {leaf: [_draw(chance, pace[leaf]) for _ in range(count)] for leaf in leaves}
    for batch in range(count):
        together = sum(came[leaf][batch] for leaf in leaves)
        came["rather not say"][batch] += max(0, K - together)
    shares = {leaf: leaving * chance.choice((0, 1, 1, 5)) for leaf in leaves}
    left = {leaf: _leave(chance, came[leaf], shares[leaf]) for leaf in leaves}
    return Workplace(
        tree, came, left, [range(w * batches, (w + 1) * batches) for w in range(weeks)]
    )


def _draw(chance: random.Random, pace: float) -> int:
    return sum(chance.random() < pace / 20 for _ in range(20))


def _leave(chance: random.Random, came: Sequence[int], share: float) -> list[int]:
    """Of those who came before, each leaves in each batch with this chance."""
    here, found = 0, []
    for number in came:
        gone = sum(chance.random() < share for _ in range(here))
        found.append(gone)
        here += number - gone
    return found


def told(work: Workplace, released: Sequence[Release]) -> Attacker:
    """Knows who left, where and when; who came is what it is after, and how many came in each batch it knows."""
    attacker = Attacker(len(work.leaves) * work.batches)
    for batch in range(work.batches):
        columns = [work.column(leaf, batch) for leaf in work.leaves]
        attacker.knows(columns, sum(work.came[leaf][batch] for leaf in work.leaves))
    came = [n for leaf in work.leaves for n in work.came[leaf]]
    for block, weeks in covered(work.tree, released).items():
        columns = work.columns(block.unit, weeks)
        attacker.knows(columns, sum(came[column] for column in columns))
    return attacker


Figure = tuple[str, list[int]]


def small(work: Workplace, k: int) -> Iterator[Figure]:
    """Every number of people who came, below k: to a unit or a leaf, in a batch, in a week, and up to a week's end."""
    for unit in from_the_root(work.tree)[1:]:
        leaves = under(work.tree, unit)
        for number, week in enumerate(work.weeks):
            for what, batches in (
                (f"{unit} in week {number}", week),
                (f"{unit} up to week {number}", range(week.stop)),
                (f"{unit} in batch {week.start}", range(week.start, week.start + 1)),
            ):
                if sum(work.came[leaf][batch] for leaf in leaves for batch in batches) < k:
                    yield what, [work.column(leaf, batch) for leaf in leaves for batch in batches]


def narrowest(attacker: Attacker, figures: Sequence[Figure], tries: int, seed: int = 1) -> Interval:
    """What the attacker comes closest to, of some figures."""
    aimed = random.Random(seed).sample(list(figures), min(len(figures), tries))
    return min((attacker.pin(*figure) for figure in aimed), key=lambda found: found.width)


def overstated(work: Workplace, released: Sequence[Release]) -> list[str]:
    """Units that at the end of a block had less than had been shown of them by then."""
    running, found = running_totals(work.tree, work.steps()), []
    for block in released:
        earlier = (b for b in released if b.unit == block.unit and b.last <= block.last)
        if sum(b.total for b in earlier) > running[block.unit][block.last + 1]:
            found.append(f"{block.unit} after week {block.last}")
    return found
