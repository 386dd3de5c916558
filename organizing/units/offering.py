"""Which units a petition offers to its signers: taken from the tree, with the keys that it will always have."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from organizing.accounts.access import User
from organizing.crypto.encoding import b64u
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition
from organizing.petitions.services import Proofs
from organizing.units import changes, folding, selectors
from organizing.units.changes import Note, What
from organizing.units.folding import Folding
from organizing.units.trees import UnitTree


@dataclass(frozen=True, slots=True)
class Choice:
    """How many levels are offered (0 for all), and codes of units that are not."""

    deepest: int = 0
    left_out: frozenset[str] = frozenset()


def folded(tree: UnitTree, petition: Petition, choice: Choice) -> Folding:
    """What a choice would offer with the head-counts of the tree."""
    return folding.fold(tree, petition.k, left_out=choice.left_out, deepest=choice.deepest)


def chosen(tree: UnitTree, petition: Petition) -> Choice:
    """The choice by which the petition's units came about, as far as the tree of today tells."""
    keys = {unit["id"] for unit in petition.units}
    offered = [node for node in tree.nodes if b64u(node.key) in keys]
    if not offered:
        return Choice()
    deepest = max(node.depth for node in offered) + 1
    within = {node.id for node in offered}
    for node in offered:
        within |= {above.id for above in tree.ancestors(node.id)}
    could = folding.fold(tree, petition.k, deepest=deepest).standing
    missing = [node for node in tree.nodes if node.id in could and node.id not in within]
    out = {node.code for node in missing if node.parent_id is None or node.parent_id in within}
    levels = max((node.depth for node in tree.nodes), default=0) + 1
    return Choice(0 if deepest == levels else deepest, frozenset(out))


def holds(petition: Petition, today: date) -> bool:
    """Whether every unit of a petition is still one that is large enough, by its present name; always where the
    campaign has no tree.
    """
    tree = selectors.tree(petition.campaign_id, today)
    if not petition.units or not tree.nodes:
        return True
    now = as_units(tree, folded(tree, petition, chosen(tree, petition)))
    return bool(petition.units == now)


def as_units(tree: UnitTree, folding: Folding) -> list[dict[str, str]]:
    """What goes into the petition: id (16 bytes, b64u) and name (the path), in preorder."""
    paths = Counter(offer.node.path for offer in folding.offers)
    found = []
    for offer in folding.offers:
        node = offer.node
        name = node.path if paths[node.path] == 1 else f"{node.path} ({node.code})"
        found.append({"id": b64u(node.key), "name": name})
    return found


@transaction.atomic
def offer_units(*, petition: Petition, choice: Choice, user: User, today: date) -> int:
    """Puts the units into a draft or an approved petition; returns how many. Raises WrongState."""
    campaign = changes.lock(petition.campaign_id)
    fresh = Petition.objects.select_for_update().get(id=petition.id)
    tree = selectors.tree(campaign.id, today)
    units = as_units(tree, folded(tree, fresh, choice))
    proofs = Proofs(fresh.mailbox, fresh.mail_domains, units)
    petitions.set_proofs(petition_id=fresh.id, proofs=proofs)
    changes.write(campaign, user, today, [Note(What.OFFERED, {"number": len(units)})])
    return len(units)
