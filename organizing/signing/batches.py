"""Batches: the order is shredded. Can be killed at any point, run twice at once, with any clock.

1. The open epoch stops taking records, and a new one opens.
2. In one transaction, records move to the counted table, sorted by nullifier; counts change there.
3. The key is destroyed. What a killed process left undone is done by the next run.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from organizing import keyring
from organizing.petitions.models import Petition
from organizing.petitions.selectors import OVER, READABLE
from organizing.signing import epochs
from organizing.signing.changes import Change
from organizing.signing.classes import waiting_before
from organizing.signing.epochs import SIGNATURE, EpochRef
from organizing.signing.log_truncation import truncate_log
from organizing.signing.models import Epoch, PendingRecord, Signature, Tally
from organizing.signing.settling import settle

_CHUNK = 500
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def flush_due(*, now: datetime) -> None:
    """Flushes every class whose epoch is over; the last time when sending has ended.

    One that cannot be flushed keeps no other one waiting: its error is raised at the end.
    """
    rows = Tally.objects.filter(petition__state__in=READABLE).select_related("petition")
    with ExitStack() as every:
        for tally in rows.defer("petition__manifest"):
            every.callback(_flush_if_there_is_a_key, tally, now)


def _flush_if_there_is_a_key(tally: Tally, now: datetime) -> None:
    petition = tally.petition
    final = petition.state in OVER and _over(petition, now)
    try:
        flush(petition_id=petition.id, proof_class=tally.proof_class, now=now, final=final)
    except keyring.KeyGone:
        # Nothing is thrown away here: the key folder may only be missing for a moment.
        _log.error("An epoch's key is missing: see docs/operating.md, Restoring a backup.")


def _over(petition: Petition, now: datetime) -> bool:
    return petition.sending_ends_at is not None and petition.sending_ends_at <= now


def flush(*, petition_id: UUID, proof_class: int, now: datetime, final: bool = False) -> bool:
    """Flushes one class if it is due and has `k` new signatures; at the end whatever there is.

    Returns whether a batch was made.
    """
    destroy_flushed(petition_id, proof_class)
    tally = Tally.objects.get(petition_id=petition_id, proof_class=proof_class)
    petition = Petition.objects.get(id=petition_id)
    if tally.final and not epochs.unflushed(petition_id, proof_class).exists():
        return False
    if tally.final or final:
        _rotate(petition, tally, final=True)
    elif now < tally.due_at or not _enough_waits(petition, tally):
        _postpone(petition, tally, now)
        return False
    else:
        _rotate(petition, tally, final=False)
    made = _move(petition, tally, now)
    destroy_flushed(petition_id, proof_class)
    return made


def _postpone(petition: Petition, tally: Tally, now: datetime) -> None:
    due = epochs.next_look(tally.due_at, now, petition.epoch_seconds)
    if due != tally.due_at:
        Tally.objects.filter(id=tally.id, due_at=tally.due_at).update(due_at=due)


def _enough_waits(petition: Petition, tally: Tally) -> bool:
    """Looked at before anything moves; the move itself looks again, under its lock."""
    fresh: set[bytes] = set()
    refs = [epochs.ref(row) for row in epochs.unflushed(petition.id, tally.proof_class)]
    for chunk in _chunks(chain.from_iterable(epochs.waiting_in(ref) for ref in refs)):
        fresh |= _new(tally, {w.nullifier for w, _where in chunk if w.kind == SIGNATURE})
        if len(fresh) >= petition.k:
            return True
    return False


def _new(tally: Tally, nullifiers: Collection[bytes]) -> set[bytes]:
    """Those that no batch has seen, and that count in this class: replacements do not."""
    rivals = waiting_before(tally.petition_id, tally.proof_class, nullifiers)
    known = Signature.objects.filter(nullifier__in=nullifiers).values_list("nullifier", flat=True)
    return {*nullifiers} - rivals - {bytes(nullifier) for nullifier in known}


def _rotate(petition: Petition, tally: Tally, *, final: bool) -> None:
    with transaction.atomic():
        made = Tally.objects.select_for_update().get(id=tally.id).batches - tally.batches
        if made and not final:
            return  # Another flush was faster: what is open now is not due.
        rows = epochs.unflushed(petition.id, tally.proof_class).filter(state=Epoch.State.OPEN)
        for row in list(rows.select_for_update()):
            row.state = Epoch.State.CLOSING
            row.save(update_fields=["state"])
            if not final:
                epochs.add_open(petition_id=petition.id, proof_class=tally.proof_class)
        if final:
            Tally.objects.filter(id=tally.id).update(final=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one waiting record is found again, in the order in which it is moved."""

    nullifier: bytes
    version: int
    locator: bytes
    ref: EpochRef


def _move(petition: Petition, tally: Tally, now: datetime) -> bool:
    with transaction.atomic():
        # The tally first: who rotates at the same moment does so before this, or not at all.
        tally = Tally.objects.select_for_update().get(id=tally.id)
        rows = epochs.unflushed(petition.id, tally.proof_class)
        # A weaker lock than rotating takes: who was about to insert need not wait to find it closed.
        closing = list(rows.filter(state=Epoch.State.CLOSING).select_for_update(no_key=True))
        refs = [epochs.ref(row) for row in closing]
        places, new = _survey(tally, refs)
        if not refs or (new < petition.k and not tally.final):
            return False
        change = Change(petition, tally)
        for chunk in _chunks(sorted(places, key=lambda p: (p.nullifier, p.version))):
            change.apply([(p.locator, p.ref) for p in chunk])
        # In one statement, in whatever order they lie: a row at a time would repeat ours.
        PendingRecord.objects.filter(epoch_id__in=[ref.id for ref in refs]).delete()
        Epoch.objects.filter(id__in=[ref.id for ref in refs]).update(state=Epoch.State.FLUSHED)
        change.finish(new, now)
    for chunk in _chunks(places):
        settle(place.nullifier for place in chunk)
    return bool(places)


def _survey(tally: Tally, refs: list[EpochRef]) -> tuple[list[_Place], int]:
    """Where everything waits, and how many new signatures there are among it."""
    places: list[_Place] = []
    newest: dict[bytes, tuple[int, int]] = {}
    for ref in refs:
        for waiting, locator in epochs.waiting_in(ref):
            places.append(_Place(waiting.nullifier, waiting.version, locator, ref))
            state = (waiting.version, waiting.kind)
            newest[waiting.nullifier] = max(newest.get(waiting.nullifier, (0, 0)), state)
    fresh = [nullifier for nullifier, (_v, kind) in newest.items() if kind == SIGNATURE]
    return places, sum(len(_new(tally, chunk)) for chunk in _chunks(fresh))


def destroy_flushed(petition_id: UUID, proof_class: int) -> None:
    """Destroys the keys of flushed epochs; only then are the epochs forgotten."""
    rows = Epoch.objects.filter(
        petition_id=petition_id, proof_class=proof_class, state=Epoch.State.FLUSHED
    )
    for row in list(rows):
        keyring.destroy_key(row.key_name)
        row.delete()
        truncate_log()
