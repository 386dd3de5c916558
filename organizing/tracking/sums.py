"""A tree of units, and what each has after each step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Unit = str
Step = Mapping[Unit, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Units by parent. Signers belong to leaves; a unit that people choose itself has a leaf of its own.

    `most`: what a unit may be shown to have at the most, where that is known: its head-count less k.
    """

    root: Unit
    children: Mapping[Unit, Sequence[Unit]]
    most: Mapping[Unit, int] = field(default_factory=dict)

    def parts(self, unit: Unit) -> Sequence[Unit]:
        """The units directly under one; none for a leaf."""
        return self.children.get(unit, ())


def levels(tree: Tree, steps: Sequence[Step]) -> dict[Unit, int]:
    """What each unit has after the last step."""
    return {unit: running[-1] for unit, running in running_totals(tree, steps).items()}


def running_totals(tree: Tree, steps: Sequence[Step]) -> dict[Unit, list[int]]:
    """Of every unit its level before the first step and after each, so that a block is one subtraction."""
    found: dict[Unit, list[int]] = {}
    for unit in reversed(from_the_root(tree)):
        parts = tree.parts(unit)
        if parts:
            found[unit] = [sum(level) for level in zip(*(found[p] for p in parts), strict=True)]
        else:
            found[unit] = _accumulated(step.get(unit, 0) for step in steps)
    return found


def _accumulated(changes: Iterable[int]) -> list[int]:
    levels = [0]
    for change in changes:
        levels.append(levels[-1] + change)
    return levels


def from_the_root(tree: Tree) -> list[Unit]:
    """Every unit after its parent."""
    order, waiting = [], [tree.root]
    while waiting:
        unit = waiting.pop()
        order.append(unit)
        waiting.extend(tree.parts(unit))
    return order
