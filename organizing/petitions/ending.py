"""Takes a petition from frozen to open, and to its end."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from organizing.errors import WrongState
from organizing.petitions import selectors
from organizing.petitions.models import Petition, State
from organizing.petitions.services import SENDING_EXTRA, locked


@transaction.atomic
def open_petition(*, petition_id: UUID, today: date) -> None:
    """frozen → open. Raises WrongState. Only publishing.gate calls it, which has looked at the first signers."""
    petition = locked(petition_id, State.FROZEN)
    petition.state, petition.opened_on = State.OPEN, today
    petition.save(update_fields=["state", "opened_on"])
    transaction.on_commit(selectors.forget_published)


@transaction.atomic
def close_petition(*, petition_id: UUID, now: datetime) -> None:
    """open → closed: issuing ends now, sending seven days later. Raises WrongState."""
    _end(locked(petition_id, State.OPEN), State.CLOSED, now)


@transaction.atomic
def withdraw_petition(*, petition_id: UUID, now: datetime) -> None:
    """frozen → withdrawn: it never opens. Issuing and sending end as on closing. Raises WrongState."""
    _end(locked(petition_id, State.FROZEN), State.WITHDRAWN, now)


def _end(petition: Petition, state: State, now: datetime) -> None:
    ends = min(now, petition.issuing_ends_at or now)
    petition.state, petition.issuing_ends_at = state, ends
    petition.sending_ends_at = ends + SENDING_EXTRA
    petition.save(update_fields=["state", "issuing_ends_at", "sending_ends_at"])
    transaction.on_commit(selectors.forget_published)


@transaction.atomic
def archive_petition(*, petition_id: UUID, now: datetime) -> None:
    """closed → archived, once sending has ended: nothing about it changes any more. Raises WrongState."""
    petition = locked(petition_id, State.CLOSED)
    if petition.sending_ends_at is None or now < petition.sending_ends_at:
        raise WrongState
    petition.state, petition.archived_on = State.ARCHIVED, now.date()
    petition.save(update_fields=["state", "archived_on"])
    transaction.on_commit(selectors.forget_published)


def close_due(*, now: datetime) -> None:
    """Closes every open petition whose time is over, and withdraws every one that never opened.

    One that fails keeps no other one waiting: its error is raised at the end.
    """
    due = Petition.objects.filter(issuing_ends_at__lte=now)
    with ExitStack() as every:
        for state, end in ((State.OPEN, close_petition), (State.FROZEN, withdraw_petition)):
            for petition_id in list(due.filter(state=state).values_list("id", flat=True)):
                every.callback(_unless_somebody_was_faster, end, petition_id, now)


def _unless_somebody_was_faster(end: Callable[..., None], petition_id: UUID, now: datetime) -> None:
    with suppress(WrongState):
        end(petition_id=petition_id, now=now)
