"""Which units are large enough for a signer to choose, and into what the others fold.

What a signer chooses is known to the site, and the count of it to whoever takes its database. So nothing is offered
that fewer than three times k people could choose, counted without those who can choose something more exact.
"""

from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from organizing.units.trees import UnitNode, UnitTree

TIMES_K = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit that can be chosen. `people`: at least so many can choose it and nothing more exact.

    `rest`: parts of it can be chosen too, so it stands for another part of it.
    """

    node: UnitNode
    people: int
    rest: bool


@dataclass(frozen=True, slots=True)
class Folding:
    """`offers` in preorder; `folded` into what unit a smaller one goes (None: the whole campaign), in preorder.

    `uncovered`: people known to be in no unit that can be chosen. `standing`: units that are large enough, whether
    they can be chosen themselves or by their parts.
    """

    floor: int
    offers: tuple[Offer, ...]
    folded: dict[UUID, UUID | None]
    uncovered: int
    standing: frozenset[UUID]


def floor_of(k: int) -> int:
    """The fewest people of a unit that is offered."""
    return TIMES_K * k


def fold(tree: UnitTree, k: int, *, left_out: Set[str] = frozenset(), deepest: int = 0) -> Folding:
    """What can be offered. `left_out`: codes of units that fold although they are large, with all under them;
    `deepest`: how many levels are offered, 0 for all.
    """
    floor = floor_of(k)
    people = _at_least(tree)
    stands = _standing(tree, people, floor, left_out, deepest)
    offers: dict[UUID, Offer] = {}
    spare: dict[UUID, int] = {}
    for node in reversed(tree.nodes):
        if node.id not in stands:
            continue
        parts = [part for part in tree.children(node.id) if part.id in stands]
        own = people[node.id] - sum(people[part.id] for part in parts)
        rest = max(0, own) + sum(spare[part.id] for part in parts)
        spare[node.id] = 0 if rest >= floor or not parts else rest
        if rest >= floor or not parts:
            offers[node.id] = Offer(node, rest, bool(parts))
    tops = tree.children(None)
    uncovered = sum(spare[top.id] if top.id in stands else people[top.id] for top in tops)
    ordered = tuple(offers[node.id] for node in tree.nodes if node.id in offers)
    return Folding(floor, ordered, _folded(tree, offers), uncovered, frozenset(stands))


def _at_least(tree: UnitTree) -> dict[UUID, int]:
    """People of each unit: its head-count, or what its parts have together if that is more."""
    found: dict[UUID, int] = {}
    for node in reversed(tree.nodes):
        parts = sum(found[part.id] for part in tree.children(node.id))
        found[node.id] = max(node.people or 0, parts)
    return found


def _standing(
    tree: UnitTree, people: dict[UUID, int], floor: int, left_out: Set[str], deepest: int
) -> set[UUID]:
    """Units that are large enough and not left out, whose ancestors are too."""
    found: set[UUID] = set()
    for node in tree.nodes:
        above = node.parent_id is None or node.parent_id in found
        shallow = not deepest or node.depth < deepest
        if above and shallow and people[node.id] >= floor and node.code not in left_out:
            found.add(node.id)
    return found


def _folded(tree: UnitTree, offers: dict[UUID, Offer]) -> dict[UUID, UUID | None]:
    """Where somebody of a unit that cannot be chosen looks: the nearest unit above that can."""
    found: dict[UUID, UUID | None] = {}
    for node in tree.nodes:
        if node.id in offers:
            continue
        above = node.parent_id
        found[node.id] = above if above is None or above in offers else found[above]
    return found
