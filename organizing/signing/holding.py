"""What the site holds of one signature: waiting in an epoch, in the counted table, or both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection

from organizing import keyring
from organizing.crypto import derivation
from organizing.crypto.messages import unit_commitment
from organizing.errors import Refused, Unavailable
from organizing.keyring import EpochKey
from organizing.petitions.selectors import PublishedPetition
from organizing.signing import epochs
from organizing.signing.epochs import EpochRef, Epochs, Waiting
from organizing.signing.models import Epoch, Signature

# A flush of many holds its lock for as long as it runs; a web thread has other people to answer.
PATIENCE = "5s"
# The open epoch of a class, and one that is closing while its batch is made.
_AT_ONCE = 2


class EpochGone(Exception):
    """The epoch was taken away between two statements."""


@dataclass(frozen=True, slots=True)
class Held:
    """The newest state of a nullifier: what waits, if anything does, and its row, if it has one.

    `proof_class` is 0 where nothing is held.
    """

    proof_class: int
    waiting: Waiting | None
    row: Signature | None

    @property
    def version(self) -> int:
        """The highest one; 0 where nothing is held."""
        return max(self.waiting.version if self.waiting else 0, self.row.version if self.row else 0)

    @property
    def record(self) -> bytes:
        """As it was sent; empty once it was withdrawn."""
        if self.waiting:
            return self.waiting.record
        return bytes(self.row.record or b"") if self.row else b""

    @property
    def withdrawn(self) -> bool:
        """Or nothing is held."""
        return not self.record


def _held(waiting: Mapping[int, Waiting], nullifier: bytes) -> Held:
    # The waiting ones were looked for first: a flush in between moves them to where we look now.
    row = Signature.objects.filter(nullifier=nullifier).first()
    # Of two that two classes took at the same moment, the same one stands whichever is counted first.
    proof_class = row.proof_class if row else min(waiting, default=0)
    newest = waiting.get(proof_class)
    if newest and row and row.version > newest.version:
        newest = None
    return Held(proof_class, newest, row)


def look(petition: PublishedPetition, nullifier: bytes) -> Held:
    """What is held of a nullifier in any class, without a lock: nobody waits for a flush.

    Raises keyring.KeyGone.
    """
    rows = {row.id: row for row in epochs.unflushed(petition.id)}
    at_least = _AT_ONCE * len(petition.manifest.issuers)
    found = epochs.find_each(_keys(rows.values()), nullifier, at_least)
    waiting: dict[int, Waiting] = {}
    for epoch, entry in found.items():
        known = waiting.get(rows[epoch].proof_class)
        if known is None or known.version < entry.version:
            waiting[rows[epoch].proof_class] = entry
    return _held(waiting, nullifier)


def _keys(rows: Iterable[Epoch]) -> dict[UUID, EpochKey]:
    found = {}
    for row in rows:
        try:
            found[row.id] = epochs.ref(row).key
        except keyring.KeyGone:
            # Flushed and destroyed since they were listed; else nobody can say what waits there.
            if Epoch.objects.filter(id=row.id).exclude(state=Epoch.State.FLUSHED).exists():
                raise
    return found


def lock_open(petition_id: UUID, proof_class: int) -> EpochRef:
    """Keeps the open epoch of a class open until the transaction is over, and every other change of it waiting.

    A flush of what is closing neither waits for that nor is waited for. Raises EpochGone or Unavailable.
    """
    _wait_no_longer_than(PATIENCE)
    opened = epochs.unflushed(petition_id, proof_class).filter(state=Epoch.State.OPEN)
    try:
        row = opened.select_for_update(no_key=True).first()
    except OperationalError as error:
        raise Unavailable from error
    if row is None:
        raise EpochGone
    return epochs.ref(row)


def lock(petition_id: UUID, proof_class: int) -> Epochs:
    """Keeps every flush of the class waiting until the transaction is over.

    Waits for one that runs, but no longer than PATIENCE: then it raises Unavailable, and the same
    request is sent again.
    """
    _wait_no_longer_than(PATIENCE)
    try:
        rows = list(epochs.unflushed(petition_id, proof_class).select_for_update(no_key=True))
    except OperationalError as error:
        raise Unavailable from error
    found = epochs.of_rows(rows)
    if found is None:
        raise EpochGone
    return found


def _wait_no_longer_than(limit: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Local: a pooler gives the connection to somebody else after this transaction.
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [limit])


def opened_unit(petition: PublishedPetition, held: Held, randomness: bytes) -> bytes:
    """The unit that will have been counted when the flush comes to what follows.

    No row keeps it: the signer's randomness opens the commitment. Raises Refused if it does not. What waits is asked
    for it like what is counted, and with the same work: whose own signature tells them apart learns of every batch.
    """
    if held.withdrawn:
        return derivation.NO_UNIT
    committed = unit_commitment(held.record)
    units = (derivation.NO_UNIT, *petition.manifest.units)
    fitting = [u for u in units if derivation.commit_unit(randomness, u) == committed]
    if not fitting:
        raise Refused
    return fitting[0]
