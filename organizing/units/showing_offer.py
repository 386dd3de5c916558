"""What a choice of units comes to, for the organizer who makes it."""

from dataclasses import dataclass

from organizing.crypto.encoding import b64u
from organizing.petitions.models import Petition
from organizing.units import offering
from organizing.units.folding import Offer
from organizing.units.offering import Choice
from organizing.units.trees import UnitNode, UnitTree

FOLDED_SHOWN, OFFERS_SHOWN = 100, 100


@dataclass(frozen=True, slots=True)
class Top:
    """A top unit, how much is offered of it, and the first hundred of that."""

    node: UnitNode
    number: int
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """A unit that is not offered, and the one that its people look for; None for the whole campaign."""

    node: UnitNode
    into: UnitNode | None


@dataclass(frozen=True, slots=True)
class Shown:
    """`current`: the petition has exactly these already. `foreign`: it has some that are not of this tree."""

    floor: int
    number: int
    tops: tuple[Top, ...]
    folds: tuple[Fold, ...]
    folded: int
    uncovered: int
    current: bool
    foreign: bool


def show(tree: UnitTree, petition: Petition, choice: Choice) -> Shown:
    """The choice, with today's head-counts."""
    found = offering.folded(tree, petition, choice)
    groups: dict[UnitNode, list[Offer]] = {}
    for offer in found.offers:
        top = (*tree.ancestors(offer.node.id), offer.node)[0]
        groups.setdefault(top, []).append(offer)
    folds = [
        Fold(tree.by_id[one], tree.by_id[into] if into else None)
        for one, into in found.folded.items()
        if one not in found.standing
    ]
    keys = {b64u(node.key) for node in tree.nodes}
    return Shown(
        found.floor,
        len(found.offers),
        tuple(
            Top(top, len(offers), tuple(offers[:OFFERS_SHOWN])) for top, offers in groups.items()
        ),
        tuple(folds[:FOLDED_SHOWN]),
        len(folds),
        found.uncovered,
        petition.units == offering.as_units(tree, found),
        any(unit["id"] not in keys for unit in petition.units),
    )
