"""Reads contacts to make, and who wants mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.accounts.access import Campaign
from organizing.accounts.models import Membership, Role
from organizing.outreach import boxes
from organizing.outreach.models import Contact, MailWish
from organizing.units.selectors import UnitTree

_COUNTERS = (Role.ORGANIZER, Role.REPRESENTATIVE, Role.LEAD)


@dataclass(frozen=True, slots=True)
class ToMake:
    """A contact as the list shows it. `assigned`: the seat it is given to, and its pseudonym; empty for nobody."""

    id: UUID
    text: str
    by: str
    made_on: date
    done_on: date | None
    assigned_id: int | None
    assigned: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with what is to be done there."""

    unit_id: UUID
    path: str
    contacts: tuple[ToMake, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A member to whom contacts can be given."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member wants by mail, and where to; in which language."""

    address: str = ""
    language: str = "en"
    digest: bool = False
    alerts: bool = False


def places(
    campaign: Campaign,
    tree: UnitTree,
    units: Iterable[UUID] | None,
    *,
    done: bool,
    mine: int | None,
) -> list[Place]:
    """Contacts by unit, in the order of the tree: ticked ones or others, of one seat or all.

    `units`: those that may be seen, or None for all, among them such as are gone.
    """
    rows = Contact.objects.filter(campaign=campaign, done_on__isnull=not done)
    if mine is not None:
        rows = rows.filter(assigned_id=mine)
    if units is not None:
        rows = rows.filter(unit_id__in=set(units))
    found: dict[UUID, list[Contact]] = {}
    for row in rows.select_related("assigned__user", "unit").order_by("made_on", "id"):
        found.setdefault(row.unit_id, []).append(row)
    order = {node.id: number for number, node in enumerate(tree.nodes)}
    return [
        _place(found[unit], tree) for unit in sorted(found, key=lambda u: order.get(u, len(order)))
    ]


def _place(rows: list[Contact], tree: UnitTree) -> Place:
    unit = rows[0].unit
    node = tree.by_id.get(unit.id)
    return Place(unit.id, node.path if node else unit.name, tuple(map(_to_make, rows)))


def _to_make(row: Contact) -> ToMake:
    content = boxes.read(row)
    return ToMake(
        id=row.id,
        text=content["text"],
        by=content["by"],
        made_on=row.made_on,
        done_on=row.done_on,
        assigned_id=row.assigned_id,
        assigned=row.assigned.user.username if row.assigned else "",
    )


def seats(campaign: Campaign) -> list[Membership]:
    """Everybody who sees counts, by pseudonym."""
    rows = Membership.objects.filter(campaign=campaign, role__in=_COUNTERS)
    return list(rows.select_related("user").order_by("user__username"))


def wish(membership: Membership) -> Wish:
    """What a member wants by mail; nothing where nothing was said."""
    row = MailWish.objects.filter(membership=membership).first()
    if row is None:
        return Wish()
    content = boxes.read(row)
    return Wish(content["address"], content["language"], row.digest, row.alerts)
