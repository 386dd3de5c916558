"""What a file would change, told before anything is written: no database here."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.units.problems import DEEPEST, MOST_UNITS, Fault, Problem
from organizing.units.tables import Table
from organizing.units.trees import UnitNode, UnitTree
from organizing.units.wishes import Defaults, Wish, read_row

_LOOKED_UP = 64
# The newest head-count that was entered for a unit and a day: number and source.
Known = Mapping[tuple[UUID, date], tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that is there, as it is and as it would be. Codes of parents, empty at the top."""

    wish: Wish
    before: UnitNode
    name: str
    kind: str
    parent: str
    parent_before: str

    @property
    def renamed(self) -> bool:
        """Whether its name changes."""
        return self.name != self.before.name

    @property
    def moved(self) -> bool:
        """Whether it comes under another unit."""
        return self.parent != self.parent_before


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that would change, and every row that stands in the way."""

    made: tuple[Wish, ...]
    changed: tuple[Change, ...]
    counted: tuple[Wish, ...]
    unchanged: int
    absent: tuple[UnitNode, ...]
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """Another one for every other plan: 64 hexadecimal digits."""
        told = repr((self.made, self.changed, self.counted, self.faults))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.made or self.changed or self.counted)


def plan(table: Table, defaults: Defaults, tree: UnitTree, known: Known, today: date) -> Plan:
    """What the table would change in the tree."""
    read = [read_row(table, number, cells, defaults, today) for number, cells in table.rows]
    readable = [wish for wish, faults in read if not faults]
    faults = [fault for _wish, some in read for fault in some]
    # All of a file's faults are told at once, also those of rows that have another already.
    faults += _misplaced([wish for wish, _faults in read], readable, tree)
    faults += _twice(readable)
    refused = {fault.row for fault in faults}
    wishes = [wish for wish in readable if wish.row not in refused]
    existing = [(wish, tree.by_code.get(wish.code)) for wish in wishes]
    made = tuple(wish for wish, node in existing if node is None)
    if len(made) + len(tree.nodes) > MOST_UNITS:
        faults.append(Fault(Problem.TOO_MANY_UNITS, 0, {"most": MOST_UNITS}))
    changes = [_change(wish, node, tree) for wish, node in existing if node]
    changed = tuple(change for change in changes if _differs(change))
    counted = tuple(wish for wish, node in existing if _is_new_count(wish, node, known))
    touched = {w.code for w in made} | {c.wish.code for c in changed} | {w.code for w in counted}
    named = {wish.code for wish, _faults in read}
    return Plan(
        made,
        changed,
        counted,
        len({wish.code for wish in wishes} - touched),
        tuple(node for node in tree.nodes if node.code not in named),
        tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def _twice(wishes: Iterable[Wish]) -> list[Fault]:
    """Rows whose code another row above has."""
    first: dict[str, int] = {}
    found = []
    for wish in wishes:
        if wish.code in first:
            facts: dict[str, str | int] = {"code": wish.code, "first": first[wish.code]}
            found.append(Fault(Problem.CODE_TWICE, wish.row, facts))
        first.setdefault(wish.code, wish.row)
    return found


def _misplaced(every: list[Wish], readable: list[Wish], tree: UnitTree) -> list[Fault]:
    """Rows whose parent is unknown, or that would lie under themselves or too deep.

    A row under a bad row is not bad for that: one sentence is enough. Of two rows with one code the first says where.
    """
    wishes = list({wish.code: wish for wish in reversed(readable)}.values())[::-1]
    parents = {node.code: parent_code(tree, node) for node in tree.nodes}
    parents |= {
        w.code: w.parent or "" for w in wishes if w.parent is not None or w.code not in parents
    }
    named = {*parents, *(wish.code for wish in every)}
    found = [
        Fault(Problem.UNKNOWN_PARENT, wish.row, {"code": wish.code, "parent": wish.parent})
        for wish in every
        if wish.parent and wish.parent not in named
    ]
    for wish in wishes:
        problem = misplaced(wish.code, parents)
        if problem:
            found.append(Fault(problem, wish.row, {"code": wish.code, "most": DEEPEST}))
    return found


def misplaced(code: str, parents: Mapping[str, str]) -> Problem | None:
    """What is wrong with the place of a unit, where `parents` maps each code to the one above."""
    above, way = parents.get(code, ""), [code]
    while above and len(way) <= _LOOKED_UP:
        # A circle, of this unit or of others above it.
        if above in way:
            return Problem.UNDER_ITSELF
        way.append(above)
        above = parents.get(above, "")
    return Problem.TOO_DEEP if len(way) > DEEPEST else None


def parent_code(tree: UnitTree, node: UnitNode) -> str:
    """The code of the unit above, or empty at the top."""
    return tree.by_id[node.parent_id].code if node.parent_id else ""


def _change(wish: Wish, node: UnitNode, tree: UnitTree) -> Change:
    before = parent_code(tree, node)
    after = before if wish.parent is None else wish.parent
    return Change(wish, node, wish.name, str(wish.kind or node.kind), after, before)


def _differs(change: Change) -> bool:
    return change.renamed or change.moved or change.kind != change.before.kind


def _is_new_count(wish: Wish, node: UnitNode | None, known: Known) -> bool:
    if wish.people is None or wish.as_of is None:
        return False
    return node is None or known.get((node.id, wish.as_of)) != (wish.people, wish.source)
