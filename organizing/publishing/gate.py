"""The first signers: a frozen petition opens once enough of them have signed by the private link.

Counts are those of the last batch, so nobody learns from the gate what the batches do not show. That the gate was
reached is kept: it is shown on when a batch brings the count down again. Who writes could otherwise search for the
number by taking back signatures of their own, one batch after another. Opening still needs it as of the last batch.
"""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from organizing.accounts import services as accounts
from organizing.counting import selectors as counting
from organizing.errors import WrongState
from organizing.petitions import ending
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition, State
from organizing.petitions.presenting import epoch_words


@dataclass(frozen=True, slots=True)
class Gate:
    """What opens a petition, and whether it is there: yes or no, never how many.

    `reached` never goes back, and is for all; `enough` is as of the last batch, and for organizers, who see counts.
    `looks` says how often, and `looks_next` when, that is looked at: by the clock alone, whatever was sent.
    """

    needed: int
    independent_only: bool
    opens_itself: bool
    reached: bool
    enough: bool
    looks: str
    looks_next: datetime | None


def gate(petition: Petition) -> Gate:
    """The gate of a petition as of the last batch: one read, whatever there is to count."""
    enough = is_reached(petition)
    return Gate(
        petition.first_signers,
        petition.first_independent or not petition.mailbox,
        petition.opens_itself,
        petition.was_reached or enough,
        enough,
        epoch_words(petition.epoch_seconds),
        counting.next_due(petition, timezone.now()),
    )


def is_reached(petition: Petition) -> bool:
    """Whether enough have signed, as of the last batch."""
    return counting.reaches(
        petition, petition.first_signers, independent_only=petition.first_independent
    )


@transaction.atomic
def set_gate(
    *,
    petition: Petition,
    number: int,
    independent_only: bool,
    opens_itself: bool,
    for_later: bool = False,
) -> None:
    """Sets what opens a petition, until it is frozen; `for_later`: for petitions of the campaign still to come, too.

    Raises WrongState.
    """
    petitions.set_first_signers(
        petition_id=petition.id,
        number=number,
        independent_only=independent_only,
        opens_itself=opens_itself,
    )
    if for_later:
        accounts.set_first_signers(
            campaign=petition.campaign,
            number=number,
            independent_only=independent_only,
            opens_itself=opens_itself,
        )


@transaction.atomic
def open_if_reached(*, petition_id: UUID, today: date) -> None:
    """frozen → open. Raises WrongState while too few have signed."""
    petition = petitions.locked(petition_id, State.FROZEN)
    if not is_reached(petition):
        raise WrongState
    ending.open_petition(petition_id=petition_id, today=today)


def open_due(*, today: date) -> None:
    """Keeps which gates are reached, and opens the petitions that are to open by themselves then.

    One that fails keeps no other one waiting: its error is raised at the end.
    """
    with ExitStack() as every:
        for petition in Petition.objects.filter(state=State.FROZEN).order_by("id"):
            every.callback(_look_at, petition, today)


def _look_at(petition: Petition, today: date) -> None:
    if not is_reached(petition):
        return
    Petition.objects.filter(id=petition.id, was_reached=False).update(was_reached=True)
    if petition.opens_itself:
        # An organizer, or another worker, may have been faster.
        with suppress(WrongState):
            open_if_reached(petition_id=petition.id, today=today)
