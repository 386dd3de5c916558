"""A tree of units as frozen dataclasses: no database, so that whoever counts can build one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

SEPARATOR = " / "
# Units with all under them; None: all units.
Scope = frozenset[UUID] | None


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit on a day. `key`: 16 bytes, its id in manifests. `code`: the campaign's own key.

    `people` is the newest head-count on or before the day; where there is none of its own and every part has one,
    their sum, as of the oldest of their days (`summed`).
    """

    id: UUID
    key: bytes
    code: str
    name: str
    kind: str
    parent_id: UUID | None
    depth: int
    path: str
    people: int | None = None
    people_as_of: date | None = None
    people_source: str = ""
    summed: bool = False


@dataclass(frozen=True)
class UnitTree:
    """The units of a campaign in preorder, siblings by position; `people…` are the whole campaign's."""

    campaign_id: UUID
    nodes: tuple[UnitNode, ...]
    people: int | None = None
    people_as_of: date | None = None
    people_source: str = ""
    summed: bool = False
    by_id: Mapping[UUID, UnitNode] = field(init=False, repr=False, compare=False)
    by_key: Mapping[bytes, UnitNode] = field(init=False, repr=False, compare=False)
    by_code: Mapping[str, UnitNode] = field(init=False, repr=False, compare=False)
    _children: Mapping[UUID | None, tuple[UnitNode, ...]] = field(
        init=False, repr=False, compare=False
    )

    _places: Mapping[UUID, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {
            "by_id": {node.id: node for node in self.nodes},
            "by_key": {node.key: node for node in self.nodes},
            "by_code": {node.code: node for node in self.nodes},
            "_children": _grouped(self.nodes),
            "_places": {node.id: place for place, node in enumerate(self.nodes)},
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)

    def children(self, unit_id: UUID | None) -> tuple[UnitNode, ...]:
        """The units directly under one; the top units for None."""
        return self._children.get(unit_id, ())

    def ancestors(self, unit_id: UUID) -> tuple[UnitNode, ...]:
        """From the top unit down to the parent of this one. Raises KeyError."""
        found, above = [], self.by_id[unit_id].parent_id
        while above is not None:
            node = self.by_id[above]
            found.append(node)
            above = node.parent_id
        return tuple(reversed(found))

    def subtree(self, unit_id: UUID) -> tuple[UnitNode, ...]:
        """This unit and everything under it, in preorder. Raises KeyError."""
        top, start = self.by_id[unit_id], self._places[unit_id]
        end = start + 1
        while end < len(self.nodes) and self.nodes[end].depth > top.depth:
            end += 1
        return self.nodes[start:end]

    def is_within(self, unit_id: UUID, scope: Scope) -> bool:
        """Whether a unit of today is one of these, or lies under one."""
        if unit_id not in self.by_id:
            return False
        return (
            scope is None
            or unit_id in scope
            or any(above.id in scope for above in self.ancestors(unit_id))
        )


def narrowed(tree: UnitTree, scope: Scope) -> UnitTree:
    """What a scope shows of a tree: its units alone, the topmost of them at the top.

    Of what lies above them nothing is left but the names in their paths; of the campaign, its head-count.
    """
    if scope is None:
        return tree
    depths: dict[UUID, int] = {}
    nodes = []
    for node in tree.nodes:
        above = depths.get(node.parent_id) if node.parent_id else None
        if above is not None:
            depths[node.id] = above + 1
            nodes.append(replace(node, depth=above + 1))
        elif node.id in scope:
            depths[node.id] = 0
            nodes.append(replace(node, depth=0, parent_id=None))
    return replace(tree, nodes=tuple(nodes))


def _grouped(nodes: Iterable[UnitNode]) -> dict[UUID | None, tuple[UnitNode, ...]]:
    found: dict[UUID | None, list[UnitNode]] = {}
    for node in nodes:
        found.setdefault(node.parent_id, []).append(node)
    return {parent: tuple(group) for parent, group in found.items()}
