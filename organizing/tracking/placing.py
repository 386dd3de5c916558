"""Where what was released is shown today: units were merged, split or moved since an act first saw them.

A unit shows what was released of itself and of those that were merged into it. Nothing is released anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from organizing.tracking.figures import Block
from organizing.tracking.shapes import above, tops
from organizing.units.selectors import UnitTree

Parents = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """`keys`: what a unit of today shows, by key in hexadecimal. `torn`: units that lost a part to elsewhere.

    Of those, what was released counts people who are no longer in their head-count.
    """

    keys: Mapping[UUID, list[str]]
    torn: frozenset[UUID]


def places(parents: Parents, tree: UnitTree, moved: Mapping[bytes, bytes]) -> Places:
    """Where everything is."""
    today = {key: _today(bytes.fromhex(key), tree, moved) for key in parents}
    shown: dict[UUID, list[str]] = {}
    for key, unit in today.items():
        if unit is not None:
            shown.setdefault(unit, []).append(key)
    keys = {unit: tops(found, parents) for unit, found in shown.items()}
    return Places(keys, frozenset(_torn(parents, tree, today)))


def _today(key: bytes, tree: UnitTree, moved: Mapping[bytes, bytes]) -> UUID | None:
    node = tree.by_key.get(moved.get(key, key))
    return node.id if node else None


def _torn(parents: Parents, tree: UnitTree, today: Mapping[str, UUID | None]) -> Iterable[UUID]:
    for key, unit in today.items():
        over = {node.id for node in tree.ancestors(unit)} | {unit} if unit else set()
        for higher in above(key, parents):
            place = today.get(higher)
            if place is not None and place not in over:
                yield place


def joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in order; those that overlap, of units that were merged, as one."""
    found: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.first, b.last)):
        if found and block.first <= found[-1].last:
            last = found.pop()
            end = max(last.last, block.last)
            found.append(Block(last.first, end, last.added + block.added))
        else:
            found.append(block)
    return tuple(found)
