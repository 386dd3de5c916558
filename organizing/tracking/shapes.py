"""The tree that an act is counted by: a unit stays where it was when the act first saw it.

Units are known by their key in hexadecimal, the campaign by nothing, and people who chose a unit itself, not one of
its parts, by the key with a dot. Two trees come of it: of what signers could choose, and of what paper is entered for.
"""

from collections.abc import Iterable, Mapping

from organizing.tracking.sums import Tree, Unit
from organizing.units.selectors import UnitTree

ROOT: Unit = ""
NOBODYS: Unit = bytes(16).hex()
ITSELF = "."
Parents = dict[Unit, Unit]


def grown(parents: Mapping[Unit, Unit], now: UnitTree, moved: Mapping[bytes, bytes]) -> Parents:
    """The same with units that are new, under the parents that they have now. None that is known ever moves.

    `moved`: merged or split units, and under which key each is counted; they hang there.
    """
    found = {NOBODYS: ROOT, **parents}
    for node in now.nodes:
        above = now.by_id[node.parent_id].key.hex() if node.parent_id else ROOT
        found.setdefault(node.key.hex(), above)
    for gone, counted in moved.items():
        found.setdefault(gone.hex(), _under(counted.hex(), found))
    return found


def _under(key: Unit, parents: Mapping[Unit, Unit]) -> Unit:
    return key if key in parents and key != NOBODYS else ROOT


def tree_of(parents: Mapping[Unit, Unit], chosen: Iterable[Unit], most: Mapping[Unit, int]) -> Tree:
    """The units that can be chosen, with all above them; nobody can be in any other."""
    choices = {NOBODYS, *chosen}
    known = {unit for choice in choices for unit in (choice, *above(choice, parents))}
    children: dict[Unit, list[Unit]] = {}
    for unit in known:
        children.setdefault(parents.get(unit, ROOT), []).append(unit)
    for unit in choices & children.keys():
        children[unit].append(unit + ITSELF)
    return Tree(ROOT, {unit: sorted(parts) for unit, parts in children.items()}, most)


def leaf(tree: Tree, unit: Unit) -> Unit:
    """Where the changes of a unit go that people chose itself."""
    return unit + ITSELF if tree.parts(unit) else unit


def tops(units: Iterable[Unit], parents: Mapping[Unit, Unit]) -> list[Unit]:
    """Those of several units that lie under none of the others, so that nobody is counted twice."""
    several = set(units)
    return sorted(unit for unit in several if several.isdisjoint(above(unit, parents)))


def above(unit: Unit, parents: Mapping[Unit, Unit]) -> list[Unit]:
    """The units over one, from its parent upward, without the campaign."""
    found = []
    while unit := parents.get(unit, ROOT):
        found.append(unit)
    return found
