"""Only units large enough are offered; whoever works in a smaller one is never told apart by what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from organizing.units.folding import Folding, fold
from organizing.units.trees import UnitNode, UnitTree

SPACE = UUID(int=1)
DAY = date(2026, 10, 1)
K = 10


@dataclass
class Sketch:
    """A tree as `add("N/W", 40)`; None for no head-count."""

    nodes: list[UnitNode] = field(default_factory=list)

    def add(self, path: str, people: int | None) -> Sketch:
        above, _slash, name = path.rpartition("/")
        parent = uuid5(SPACE, above) if above else None
        identity = uuid5(SPACE, path)
        depth = path.count("/")
        node = UnitNode(
            identity, identity.bytes, path, name, "other", parent, depth, path, people, DAY
        )
        self.nodes.append(node)
        return self

    @property
    def tree(self) -> UnitTree:
        return UnitTree(SPACE, tuple(self.nodes))


def offered(folding: Folding) -> list[tuple[str, int, bool]]:
    return [(offer.node.code, offer.people, offer.rest) for offer in folding.offers]


def test_a_small_unit_folds_into_its_parent() -> None:
    tree = Sketch().add("N", 240).add("N/W", 130).add("N/O", 20).tree
    found = fold(tree, K)
    assert offered(found) == [("N", 110, True), ("N/W", 130, False)]
    assert found.folded == {uuid5(SPACE, "N/O"): uuid5(SPACE, "N")}


def test_what_is_left_of_a_unit_is_not_offered_where_few_people_are_left() -> None:
    tree = Sketch().add("N", 150).add("N/W", 130).add("N/O", 20).tree
    found = fold(tree, K)
    assert offered(found) == [("N/W", 130, False)]
    assert found.uncovered == 20
    assert found.folded[uuid5(SPACE, "N/O")] is None


def test_what_is_left_goes_up_until_there_are_enough() -> None:
    tree = Sketch().add("A", 200).add("A/N", 150).add("A/N/W", 130).add("A/S", 30).tree
    assert offered(fold(tree, K)) == [("A", 40, True), ("A/N/W", 130, False), ("A/S", 30, False)]


def test_a_unit_without_head_count_is_as_large_as_its_parts_at_least() -> None:
    tree = Sketch().add("A", None).add("A/N", 40).add("A/S", None).add("B", None).tree
    found = fold(tree, K)
    assert offered(found) == [("A/N", 40, False)]
    assert uuid5(SPACE, "B") in found.folded


def test_what_is_left_out_folds_with_all_under_it_and_depth_cuts() -> None:
    tree = Sketch().add("A", 100).add("A/N", 60).add("A/N/X", 40).add("A/S", 40).tree
    assert offered(fold(tree, K, left_out={"A/N"})) == [("A", 60, True), ("A/S", 40, False)]
    assert offered(fold(tree, K, deepest=1)) == [("A", 100, False)]


@st.composite
def trees(draw: st.DrawFn) -> UnitTree:
    """Trees whose head-counts are honest: a unit has as many people as its parts, or more."""
    sketch = Sketch()

    def grow(path: str, people: int, depth: int) -> None:
        sketch.add(path, people if draw(st.integers(0, 9)) else None)
        left = people
        for number in range(draw(st.integers(0, 3)) if depth < 3 else 0):
            size = draw(st.integers(0, left))
            left -= size
            grow(f"{path}/{number}", size, depth + 1)

    for number in range(draw(st.integers(1, 3))):
        grow(f"s{number}", draw(st.integers(0, 200)), 0)
    return sketch.tree


@given(trees(), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_whatever_can_be_chosen_stands_for_enough_people(tree: UnitTree, deepest: int) -> None:
    found = fold(tree, K, deepest=deepest)
    assert all(offer.people >= found.floor for offer in found.offers)
    offers = {offer.node.id for offer in found.offers}
    assert offers.isdisjoint(found.folded)
    assert offers | set(found.folded) == set(tree.by_id)
    # Nobody is counted in two choices, and nobody is lost.
    known = sum(offer.people for offer in found.offers) + found.uncovered
    tops = sum(most(tree, top.id) for top in tree.children(None))
    assert known == tops


def most(tree: UnitTree, unit_id: UUID) -> int:
    parts = sum(most(tree, part.id) for part in tree.children(unit_id))
    return max(tree.by_id[unit_id].people or 0, parts)
