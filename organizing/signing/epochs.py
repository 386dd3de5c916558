"""Epochs: records that wait together, each a ciphertext of one size under a key outside the database."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, QuerySet

from organizing import keyring
from organizing.crypto import sealing
from organizing.crypto.encoding import Reader, u32
from organizing.errors import Closed, Unavailable
from organizing.keyring import EpochKey
from organizing.safety.remembering import Remembered
from organizing.signing.models import Epoch, PendingRecord, Tally

SIGNATURE, WITHDRAWN = 1, 2
MOST_WAITING = 32
_PAGE = 500
_CONTEXT = b"roundrobin/v1/pending"
_LOCATE = b"roundrobin/v1/locate"
# As long as a record for one audience, more or less; no key opens it.
_DECOY = secrets.token_bytes(2_500)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pending record, opened. `old_unit` is what an earlier batch counted it for.

    `kind` is SIGNATURE or WITHDRAWN; `record` is empty for the latter.
    """

    kind: int
    old_unit: bytes
    unit: bytes
    nullifier: bytes
    version: int
    record: bytes


@dataclass(frozen=True, slots=True)
class EpochRef:
    """An epoch and the name of its key."""

    id: UUID
    key_name: str

    @property
    def key(self) -> EpochKey:
        """Raises keyring.KeyGone."""
        return keyring.epoch_key(self.key_name)


@dataclass(frozen=True, slots=True)
class Epochs:
    """The open epoch of a class, and those that take no more records but are not flushed.

    `elsewhere` has the same of each other class of the petition.
    """

    open: EpochRef
    closing: tuple[EpochRef, ...]
    elsewhere: "tuple[Epochs, ...]" = ()


def locate(key: EpochKey, nullifier: bytes, number: int = 0) -> bytes:
    """Where a record of a nullifier waits: 32 bytes that mean nothing without the key.

    `number` counts the records of one nullifier in one epoch from 0.
    """
    counted = u32(number) if number else b""
    return hmac.digest(key, _LOCATE + nullifier + counted, hashlib.sha256)


def seal(key: EpochKey, waiting: Waiting, record_bytes: int) -> bytes:
    """A box whose size depends on `record_bytes` alone."""
    body = waiting.old_unit + waiting.unit + waiting.nullifier + u32(waiting.version)
    plaintext = bytes([waiting.kind]) + body + waiting.record.ljust(record_bytes, b"\0")
    return sealing.seal_box(key, plaintext, _CONTEXT)


def unseal(key: EpochKey, sealed: bytes) -> Waiting:
    """Inverse of `seal`. Raises SealingError."""
    reader = Reader(sealing.open_box(key, sealed, _CONTEXT))
    kind, old_unit, unit = reader.number(1), reader.take(16), reader.take(16)
    nullifier, version = reader.take(32), reader.number(4)
    record = reader.data[reader.at :] if kind == SIGNATURE else b""
    return Waiting(kind, old_unit, unit, nullifier, version, record)


_remembered = Remembered[tuple[UUID, int], Epochs]()


def current(petition_id: UUID, proof_class: int) -> Epochs:
    """The epochs of a class, remembered for a second. Raises Closed after the last flush."""
    return _remembered.get((petition_id, proof_class), lambda: _read(petition_id, proof_class))


def refresh(petition_id: UUID, proof_class: int) -> Epochs:
    """The same, read anew."""
    return _remembered.refresh((petition_id, proof_class), lambda: _read(petition_id, proof_class))


def _read(petition_id: UUID, proof_class: int) -> Epochs:
    by_class: dict[int, list[Epoch]] = {}
    for row in unflushed(petition_id):
        by_class.setdefault(row.proof_class, []).append(row)
    found = {number: of_rows(rows) for number, rows in sorted(by_class.items())}
    own = found.pop(proof_class, None)
    if own is None:
        raise Closed
    return replace(own, elsewhere=tuple(other for other in found.values() if other))


def of_rows(rows: Sequence[Epoch]) -> Epochs | None:
    """What the unflushed epochs of one class are; None where none of them is open."""
    opened = [ref(row) for row in rows if row.state == Epoch.State.OPEN]
    closing = tuple(ref(row) for row in rows if row.state == Epoch.State.CLOSING)
    return Epochs(opened[0], closing) if opened else None


def ref(row: Epoch) -> EpochRef:
    """The reference to a row."""
    return EpochRef(row.id, row.key_name)


def unflushed(petition_id: UUID, proof_class: int | None = None) -> QuerySet[Epoch]:
    """Open and closing epochs, of a class or of all, in a fixed order."""
    states = (Epoch.State.OPEN, Epoch.State.CLOSING)
    rows = Epoch.objects.filter(petition_id=petition_id, state__in=states).order_by("id")
    return rows if proof_class is None else rows.filter(proof_class=proof_class)


def open_first(*, petition_id: UUID, proof_class: int, seconds: int, now: datetime) -> None:
    """Makes the tally and the first epoch of a class."""
    Tally.objects.create(
        petition_id=petition_id, proof_class=proof_class, due_at=next_boundary(now, seconds)
    )
    add_open(petition_id=petition_id, proof_class=proof_class)


def add_open(*, petition_id: UUID, proof_class: int) -> None:
    """An open epoch where there is none. Its key is durable before the row exists."""
    name = keyring.new_key("epoch")
    row = Epoch(id=uuid4(), petition_id=petition_id, proof_class=proof_class, key_name=name)
    Epoch.objects.bulk_create([row], ignore_conflicts=True)
    if not Epoch.objects.filter(id=row.id).exists():
        # Another process opened one at the same moment.
        transaction.on_commit(lambda: keyring.destroy_key(name))


def next_boundary(now: datetime, seconds: int) -> datetime:
    """The next multiple of the epoch's length since 1970 UTC: the same for every petition."""
    elapsed = int(now.astimezone(UTC).timestamp())
    start = datetime.fromtimestamp(elapsed - elapsed % seconds, UTC)
    return start + timedelta(seconds=seconds)


def next_look(due: datetime, now: datetime, seconds: int) -> datetime:
    """When a class is looked at next, if not now."""
    boundary = next_boundary(now, seconds)
    # Two epochs away or more: it was set by a clock that ran ahead, and would stop every batch until then.
    wrong = due > boundary + timedelta(seconds=seconds)
    return boundary if now >= due or wrong else due


def waiting_in(epoch: EpochRef) -> Iterator[tuple[Waiting, bytes]]:
    """Every record of an epoch with its locator, in pages by key: constant memory, and no cursor held open."""
    key, after = epoch.key, b""
    rows = PendingRecord.objects.filter(epoch_id=epoch.id).order_by("locator")
    while page := list(rows.filter(locator__gt=after)[:_PAGE]):
        for row in page:
            yield unseal(key, bytes(row.sealed)), bytes(row.locator)
        after = bytes(page[-1].locator)


def find_all(epoch: EpochRef, nullifier: bytes) -> list[Waiting]:
    """The records of a nullifier in one epoch, in the order in which they came: MOST_WAITING at most."""
    key = epoch.key
    places = _places(key, nullifier)
    rows = PendingRecord.objects.in_bulk(places)
    sealed = {bytes(place): bytes(row.sealed) for place, row in rows.items()}
    return [unseal(key, sealed[place]) for place in places if place in sealed]


def _places(key: EpochKey, nullifier: bytes) -> list[bytes]:
    return [locate(key, nullifier, number) for number in range(MOST_WAITING)]


def count(epoch: EpochRef, nullifier: bytes) -> int:
    """How many records of a nullifier wait in one epoch: MOST_WAITING at most."""
    places = _places(epoch.key, nullifier)
    return PendingRecord.objects.filter(locator__in=places).count()


def find(epoch: EpochRef, nullifier: bytes) -> Waiting | None:
    """The last of them. Raises keyring.KeyGone."""
    return find_each({epoch.id: epoch.key}, nullifier, 1).get(epoch.id)


def find_each(
    keys: Mapping[UUID, EpochKey], nullifier: bytes, at_least: int
) -> dict[UUID, Waiting]:
    """The last record of a nullifier in each epoch where it has one.

    The same work whether there are many records, one or none, and where there are fewer epochs than `at_least`: by the
    clock, whoever asks for their own signature would learn when a batch has taken it, and anybody when one is made.
    """
    missing = range(len(keys), at_least)
    all_keys = {**keys, **{uuid4(): EpochKey(secrets.token_bytes(32)) for _ in missing}}
    places = {epoch: _places(key, nullifier) for epoch, key in all_keys.items()}
    waiting = PendingRecord.objects.filter(locator__in=list(chain.from_iterable(places.values())))
    known = dict(waiting.values_list("epoch_id").annotate(Count("locator")))
    last = {epoch: places[epoch][max(known.get(epoch, 0) - 1, 0)] for epoch in places}
    rows = PendingRecord.objects.filter(locator__in=list(last.values()))
    sealed = {bytes(place): bytes(box) for place, box in rows.values_list("locator", "sealed")}
    found = {epoch: _open(all_keys[epoch], sealed.get(last[epoch])) for epoch in places}
    return {epoch: entry for epoch, entry in found.items() if entry}


def _open(key: EpochKey, sealed: bytes | None) -> Waiting | None:
    try:
        return unseal(key, _DECOY if sealed is None else sealed)
    except sealing.SealingError:
        if sealed is not None:
            raise
        return None


def put(epoch: EpochRef, waiting: Waiting, record_bytes: int, number: int) -> None:
    """Adds a record to an epoch as the signer's `number`-th from 0, in a transaction that holds its lock.

    Never over an older one: the log would show which row had changed, and so who had sent a second version.
    Raises Unavailable.
    """
    locator = locate(epoch.key, waiting.nullifier, number)
    sealed = seal(epoch.key, waiting, record_bytes)
    row = PendingRecord(locator=locator, epoch_id=epoch.id, sealed=sealed)
    PendingRecord.objects.bulk_create([row], ignore_conflicts=True)
    if not PendingRecord.objects.filter(locator=locator, sealed=sealed).exists():
        # The same signer on another connection, a moment earlier.
        raise Unavailable
