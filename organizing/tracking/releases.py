"""Which figures of a tree of units can be shown, so that no subtraction gives a small one back.

The rule, its proof and what it costs: docs/suppression.md. In short: whatever is shown of a unit is a sum over a block
of steps; every block has at least k; the blocks of one unit do not overlap; and at the end of its last block a unit
really had what its blocks come to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from organizing.tracking.sums import Step, Tree, Unit, from_the_root, running_totals


@dataclass(frozen=True, slots=True)
class Release:
    """By how much a unit, with everything under it, grew in the steps `first` to `last`.

    Only in those that lie in a block of the unit over it (`covered`): of the others, not even that sum is known.
    Of the root alone `total` can be less than 0: what is at least k below it is as many as what is k above.
    """

    unit: Unit
    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class Rule:
    """`k`: the smallest block.

    The parts of a unit are told apart once at least `enough` of its change is in parts that can be shown, unless one
    that had k hidden before would have k to show after `wait` blocks; or once `patience` blocks have been joined.
    """

    k: int
    enough: float = 0.8
    wait: int = 2
    patience: int = 6


def never() -> bool:
    """Never hesitates: every time the same, for whoever compares."""
    return False


def nobody(_large: Sequence[Unit]) -> Unit | None:
    """Hides none by chance: every time the same, for whoever compares."""
    return None


def release(
    tree: Tree,
    steps: Sequence[Step],
    rule: Rule,
    known: Iterable[Release] = (),
    hesitates: Callable[[], bool] = never,
    hides: Callable[[Sequence[Unit]], Unit | None] = nobody,
) -> list[Release]:
    """What can be shown of the changes of each leaf in each step, beside what is `known` already.

    Never takes back what is known, whatever became of `tree.most` since. What is known must come from the same steps
    and the same parents. `hesitates` is asked each time parts can be told apart, and puts it off by a block if so: that
    they were not then says nothing. `hides` names one of the large parts, or none, that is hidden whatever it has: that
    one is hidden then does not say that it is small, or barred. The cost is the number of units times the number of
    steps.
    """
    return _Releasing(tree, steps, rule, known, (hesitates, hides)).run()


def covered(tree: Tree, known: Iterable[Release]) -> dict[Release, tuple[int, ...]]:
    """The steps that each block really sums up: of a part, those in blocks of the unit over it, and so on upward."""
    of: dict[Unit, list[Release]] = {}
    for block in sorted(known, key=lambda block: block.first):
        of.setdefault(block.unit, []).append(block)
    found = {block: tuple(range(block.first, block.last + 1)) for block in of.get(tree.root, ())}
    for unit in from_the_root(tree):
        for part in tree.parts(unit):
            for block in of.get(part, ()):
                within = (
                    b for b in of.get(unit, ()) if block.first <= b.first and b.last <= block.last
                )
                found[block] = tuple(step for b in within for step in found[b])
    return found


def has_fallen(level: int, shown: int, k: int) -> bool:
    """Whether at least k more have left a unit than its figure says; of a small one, whether fewer than k are left."""
    return shown > 0 and level < below(shown, k)


def below(shown: int, k: int) -> int:
    """Fewer than this many are left in a unit that has fallen."""
    return max(shown - k + 1, k)


class _Releasing:
    """One pass over the tree, from the root down."""

    def __init__(
        self,
        tree: Tree,
        steps: Sequence[Step],
        rule: Rule,
        known: Iterable[Release],
        chance: tuple[Callable[[], bool], Callable[[Sequence[Unit]], Unit | None]],
    ) -> None:
        self.tree, self.rule, self.last = tree, rule, len(steps)
        self.hesitates, self.hides = chance
        self.running = running_totals(tree, steps)
        known = list(known)
        self.covered = covered(tree, known)
        self.blocks: dict[Unit, list[Release]] = {}
        for block in sorted(known, key=lambda block: block.first):
            self.blocks.setdefault(block.unit, []).append(block)
        self.new: list[Release] = []

    def run(self) -> list[Release]:
        self._release_root()
        waiting = [self.tree.root]
        while waiting:
            unit = waiting.pop()
            self._split(unit)
            waiting.extend(part for part in self.tree.parts(unit) if part in self.blocks)
        return self.new

    def _add(self, block: Release, steps: tuple[int, ...]) -> None:
        self.covered[block] = steps
        self.blocks.setdefault(block.unit, []).append(block)
        self.new.append(block)

    def _change(self, unit: Unit, steps: Iterable[int]) -> int:
        running = self.running[unit]
        return sum(running[step + 1] - running[step] for step in steps)

    def _shown(self, unit: Unit) -> int:
        return sum(block.total for block in self.blocks.get(unit, ()))

    def _done(self, units: Iterable[Unit]) -> int:
        """The last step in which any of these was told apart; -1 for none."""
        return max((self.blocks[u][-1].last for u in units if u in self.blocks), default=-1)

    def _release_root(self) -> None:
        """Steps one by one, joined where fewer than k came or left."""
        root = self.tree.root
        first = self._done([root]) + 1
        for step in range(first, self.last):
            steps = tuple(range(first, step + 1))
            total = self._change(root, steps)
            if abs(total) >= self.rule.k:
                self._add(Release(root, first, step, total), steps)
                first = step + 1

    def _split(self, unit: Unit) -> None:
        """Joins known blocks of a unit until its parts can be told apart, and starts again."""
        parts = self.tree.parts(unit)
        done, joined = self._done(parts), list[Release]()
        for block in self.blocks.get(unit, ()) if parts else ():
            if block.first <= done:
                continue
            joined.append(block)
            # Not the steps between them: of those, nothing is known of this unit.
            steps = tuple(step for one in joined for step in self.covered[one])
            totals = {part: self._change(part, steps) for part in parts}
            shown = self._tell_apart(totals, block.last)
            if shown and self._is_ready(totals, shown, joined) and not self.hesitates():
                for part in shown:
                    self._add(Release(part, joined[0].first, block.last, totals[part]), steps)
                joined = []

    def _tell_apart(self, totals: Mapping[Unit, int], last: int) -> list[Unit]:
        before = {part: self._shown(part) for part in totals}
        large = [part for part, total in totals.items() if total >= self.rule.k]
        barred = {part for part in large if self._is_barred(part, totals[part], last)}
        barred.add(self.hides(large) or "")
        return tell_apart(totals, self.rule.k, frozenset(barred), before)

    def _is_ready(
        self, totals: Mapping[Unit, int], shown: Iterable[Unit], joined: Sequence[Release]
    ) -> bool:
        """Whether it is not worth waiting: most can be shown, and no part that is slow but steady would be left out."""
        k, number, first = self.rule.k, len(joined), joined[0].first
        if number >= self.rule.patience:
            return True
        slow = (u for u, n in totals.items() if n < k and n * self.rule.wait >= k * number)
        if any(self.running[u][first] - self._shown(u) >= k for u in slow):
            return False
        return sum(totals[part] for part in shown) >= self.rule.enough * sum(totals.values())

    def _is_barred(self, part: Unit, total: int, last: int) -> bool:
        """Whether a figure would say more than is true, or too much."""
        shown = self._shown(part) + total
        # Who left while the part was hidden is made up for first.
        return self.running[part][last + 1] < shown or shown > self.tree.most.get(part, shown)


def tell_apart(
    totals: Mapping[Unit, int],
    k: int,
    barred: frozenset[Unit] = frozenset(),
    before: Mapping[Unit, int] | None = None,
) -> list[Unit]:
    """The parts of one block that can be shown beside its total.

    What is not shown is either nothing, or several parts that have at least k together: where the small ones have
    fewer, one of the large ones hides among them: that which loses least by it, beside what it has been shown to have
    `before`. `barred` are hidden whatever they have.
    """
    large = {unit for unit, total in totals.items() if total >= k} - barred
    hidden = [unit for unit in totals if unit not in large]
    known = before or {}
    shown = sorted(large, key=lambda u: (totals[u] / (totals[u] + known.get(u, 0)), totals[u], u))
    left = sum(totals[unit] for unit in hidden)
    count = len(hidden)
    while count and shown and (left < k or count < 2):
        left, count = left + totals[shown.pop(0)], count + 1
    return shown
