"""Co-drafters come by a one-time link, under a pseudonym, and go at once."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from organizing.accounts.access import User
from organizing.accounts.services import require_private_address
from organizing.drafting import boxes
from organizing.drafting.access import Seat, seat_for
from organizing.drafting.models import CoDrafter, DraftInvitation, Part, WorkingCopy
from organizing.errors import Forbidden, NotFound
from organizing.petitions.models import Petition
from organizing.safety import onetime


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that nobody has used yet, with the note of whoever made it."""

    id: UUID
    part: Part
    note: str
    expires_on: date


@transaction.atomic
def invite(*, seat: Seat, part: Part, note: str, today: date) -> str:
    """The token of a one-time link, returned for the only time; good for seven days.

    Raises Forbidden for a co-drafter: only members of the campaign let somebody in.
    """
    _require_member(seat)
    token = onetime.new_token()
    row = DraftInvitation(
        petition=seat.petition,
        part=part,
        token_hash=onetime.token_hash(token),
        expires_on=onetime.last_day(today),
    )
    boxes.fill(row, {"note": note})
    row.save()
    return token


def _require_member(seat: Seat) -> None:
    if not seat.is_member or not seat.may_edit:
        raise Forbidden


def is_open(*, token: str, today: date) -> bool:
    """Whether a link still leads to a draft. One that is used, withdrawn or over is like one that never was."""
    rows = DraftInvitation.objects.filter(token_hash=onetime.token_hash(token))
    return rows.filter(expires_on__gte=today).exists()


@transaction.atomic
def accept(*, user: User, token: str, today: date) -> Petition:
    """Spends a link. Raises NotFound for one that is unknown, spent, withdrawn or over, or EmployersAddress.

    Somebody who writes there already goes in, and the link stays good for another.
    """
    rows = DraftInvitation.objects.select_for_update().filter(token_hash=onetime.token_hash(token))
    found = rows.first()
    if found is None or found.expires_on < today:
        raise NotFound
    petition = found.petition
    require_private_address(user, petition.campaign)
    if not _is_at_the_table(user, petition.id):
        CoDrafter.objects.create(petition=petition, user=user, part=found.part)
        found.delete()
    return petition


def _is_at_the_table(user: User, petition_id: UUID) -> bool:
    try:
        seat_for(user, petition_id)
    except Forbidden:
        # A union representative: a member whose role is not to write.
        return False
    except NotFound:
        return False
    return True


@transaction.atomic
def change_part(*, seat: Seat, co_drafter: CoDrafter, part: Part) -> None:
    """Another part for a co-drafter, from their next request on. Raises Forbidden."""
    _require_member(seat)
    CoDrafter.objects.filter(id=co_drafter.id).update(part=part)


@transaction.atomic
def remove(*, seat: Seat, co_drafter: CoDrafter) -> None:
    """Takes a co-drafter out, at once, with what they had not saved. Raises Forbidden."""
    _require_member(seat)
    WorkingCopy.objects.filter(petition=seat.petition, user=co_drafter.user).delete()
    co_drafter.delete()


@transaction.atomic
def revoke(*, seat: Seat, invitation: DraftInvitation) -> None:
    """Makes a link worthless. Raises Forbidden."""
    _require_member(seat)
    invitation.delete()


def co_drafters(petition: Petition) -> list[CoDrafter]:
    """Who came by a link, by pseudonym."""
    rows = CoDrafter.objects.filter(petition=petition).select_related("user")
    return list(rows.order_by("user__username"))


def open_links(petition: Petition, today: date) -> list[OpenLink]:
    """Links that were made and not used yet."""
    rows = DraftInvitation.objects.filter(petition=petition, expires_on__gte=today)
    return [
        OpenLink(row.id, Part(row.part), boxes.read(row)["note"], row.expires_on)
        for row in rows.order_by("expires_on", "id")
    ]
