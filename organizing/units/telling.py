"""A plan as a page shows it: what would be made, changed and counted, each with the unit's path."""

from dataclasses import dataclass
from datetime import date

from organizing.units.planning import Change, Plan
from organizing.units.trees import UnitTree
from organizing.units.wishes import Wish

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Made:
    """A unit that would be new, and the name of the one above."""

    wish: Wish
    under: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that would lie elsewhere, with the names of both places; empty for the top."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Recounted:
    """A head-count that would be added, and the one that holds now."""

    name: str
    people: int
    as_of: date
    source: str
    before: int | None
    before_as_of: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """At most a hundred of each; the plan has the numbers."""

    made: list[Made]
    renamed: list[Change]
    moved: list[Moved]
    rekinded: list[Change]
    recounted: list[Recounted]
    absent: list[str]
    numbers: dict[str, int]


def tell_plan(plan: Plan, tree: UnitTree) -> Told:
    """What would change, put into words that can be looked up in the tree."""
    names = {node.code: node.name for node in tree.nodes}
    later = {**names, **{wish.code: wish.name for wish in plan.made}}
    later |= {change.wish.code: change.name for change in plan.changed}
    renamed = [change for change in plan.changed if change.renamed]
    moved = [change for change in plan.changed if change.moved]
    rekinded = [change for change in plan.changed if change.kind != change.before.kind]
    return Told(
        [Made(wish, later.get(wish.parent or "", "")) for wish in plan.made[:SHOWN]],
        renamed[:SHOWN],
        [
            Moved(c.name, names.get(c.parent_before, ""), later.get(c.parent, ""))
            for c in moved[:SHOWN]
        ],
        rekinded[:SHOWN],
        [_recounted(wish, tree) for wish in plan.counted[:SHOWN]],
        [node.path for node in plan.absent[:SHOWN]],
        {
            "made": len(plan.made),
            "renamed": len(renamed),
            "moved": len(moved),
            "rekinded": len(rekinded),
            "counted": len(plan.counted),
            "absent": len(plan.absent),
        },
    )


def _recounted(wish: Wish, tree: UnitTree) -> Recounted:
    node = tree.by_code.get(wish.code)
    own = node if node and not node.summed else None
    return Recounted(
        wish.name,
        wish.people or 0,
        wish.as_of or date.min,
        wish.source,
        own.people if own else None,
        own.people_as_of if own else None,
    )
