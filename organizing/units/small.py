"""Units in which so few work that a text which names one says who wrote it."""

from datetime import date
from uuid import UUID

from organizing.units import folding, selectors
from organizing.units.trees import UnitNode


def small_names(campaign_id: UUID, k: int, on: date) -> tuple[str, ...]:
    """Names and codes of units that are too small to be offered, or whose size nobody has entered.

    A name that a large unit bears, too, is none of them, and no number is.
    """
    if not selectors.has_units(campaign_id):
        return ()
    tree = selectors.tree(campaign_id, on)
    large = folding.fold(tree, k).standing
    known = {name for node in tree.nodes if node.id in large for name in _names(node)}
    small = {name for node in tree.nodes if node.id not in large for name in _names(node)}
    return tuple(sorted(small - known))


def _names(node: UnitNode) -> set[str]:
    return {name for name in (node.name, node.code) if len(name) > 1 and not name.isdecimal()}
