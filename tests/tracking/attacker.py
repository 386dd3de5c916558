"""Somebody who has kept everything that was ever shown, and a solver of linear programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from organizing.tracking.sums import Tree, Unit


@dataclass(frozen=True)
class Interval:
    """Between which two numbers a protected figure must lie, for all that the attacker knows."""

    what: str
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass
class Attacker:
    """Knows sums of unknown numbers, and of some sums what they are at least or at the most.

    `free`: the numbers can be negative; otherwise each is at least 0.
    """

    size: int
    free: bool = False
    rows: list[Sequence[int]] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    less: list[tuple[Sequence[int], float]] = field(default_factory=list)
    made: dict[str, csr_matrix] = field(default_factory=dict)

    def knows(self, columns: Sequence[int], total: float) -> None:
        """The numbers in these columns come to a total."""
        self.rows.append(columns)
        self.sums.append(total)

    def knows_at_most(self, columns: Sequence[int], total: float) -> None:
        """They come to no more."""
        self.less.append((columns, total))

    def knows_at_least(self, columns: Sequence[int], total: float) -> None:
        """They come to no less. Kept as the opposite of a limit."""
        self.less.append(([-1 - column for column in columns], -total))

    def pin(self, what: str, columns: Sequence[int]) -> Interval:
        """The narrowest interval that everything known leaves for the sum of these columns."""
        aim = np.zeros(self.size)
        aim[list(columns)] = 1
        low, high = (self._solve(sign * aim) for sign in (1, -1))
        return Interval(what, low, -high)

    def _solve(self, aim: np.ndarray) -> float:
        found = linprog(
            aim,
            A_eq=self._matrix("known", self.rows),
            b_eq=self.sums,
            A_ub=self._matrix("limits", [row for row, _ in self.less]) if self.less else None,
            b_ub=[total for _row, total in self.less] or None,
            bounds=(None if self.free else 0, None),
            method="highs",
        )
        assert found.status in (0, 3), found.message
        return float(found.fun) if found.status == 0 else -inf

    def _matrix(self, name: str, rows: Sequence[Sequence[int]]) -> csr_matrix:
        """Made once: an attacker learns first and asks then."""
        if name not in self.made:
            signs = [1 if column >= 0 else -1 for row in rows for column in row]
            columns = [column if column >= 0 else -1 - column for row in rows for column in row]
            places = [number for number, row in enumerate(rows) for _ in row]
            shape = (len(rows), self.size)
            self.made[name] = csr_matrix((signs, (places, columns)), shape=shape)
        return self.made[name]


def under(tree: Tree, unit: Unit) -> list[Unit]:
    """The leaves under a unit; itself if it is one."""
    parts = tree.parts(unit)
    return [leaf for part in parts for leaf in under(tree, part)] if parts else [unit]
