"""Writes a new signature: one statement in one round trip, since nearly every request is one."""

from dataclasses import dataclass
from functools import lru_cache, partial
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import pq
from psycopg.errors import error_from_result

from organizing.crypto import derivation, messages
from organizing.signing import epochs
from organizing.signing.epochs import SIGNATURE, Epochs, Waiting
from organizing.signing.models import Epoch
from organizing.signing.plans import plans_of

_INSERT = """
INSERT INTO organizing_pendingrecord (locator, epoch_id, sealed)
SELECT {}, id, {} FROM organizing_epoch
WHERE id = {} AND state = 'open'
  AND NOT EXISTS (SELECT 1 FROM organizing_signature WHERE nullifier = {})
"""
_NOT_WAITING = " AND NOT EXISTS (SELECT 1 FROM organizing_pendingrecord WHERE locator = {})"
# Else something could wait in an epoch that this process has not heard of.
_STILL_OPEN = " AND EXISTS (SELECT 1 FROM organizing_epoch WHERE id = {} AND state = 'open')"
# It makes the statement wait for a flush that is taking the epoch away, and then find it gone.
_SHARE = " FOR KEY SHARE"
_NO_CONFLICT = " ON CONFLICT DO NOTHING"


def insert_new(current: Epochs, request: messages.SendRequest) -> bool:
    """Whether the nullifier was unknown and is now waiting in the open epoch. Raises keyring.KeyGone.

    Unknown in every class: one that is refused only once a batch has counted another would tell of that batch.
    """
    nullifier, key = request.nullifier, current.open.key
    waiting = Waiting(
        SIGNATURE, derivation.NO_UNIT, request.unit, nullifier, request.version, request.record
    )
    sealed = epochs.seal(key, waiting, len(request.record))
    others = current.elsewhere
    refs = [*current.closing, *(ref for other in others for ref in (other.open, *other.closing))]
    own = epochs.locate(key, nullifier)
    arrival = _Arrival(
        locator=own,
        sealed=sealed,
        epoch=current.open.id,
        nullifier=nullifier,
        # Its own place too: a conflict there would take a lock that the rest do not take, and a commit to the disk.
        places=[own, *(epochs.locate(ref.key, nullifier) for ref in refs)],
        open_elsewhere=[other.open.id for other in others],
    )
    if connection.vendor == "postgresql":
        return _insert_on_postgresql(arrival)
    return _insert_on_sqlite(arrival)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """`places`: where it would wait already. `open_elsewhere`: the open epochs of other classes."""

    locator: bytes
    sealed: bytes
    epoch: UUID
    nullifier: bytes
    places: list[bytes]
    open_elsewhere: list[UUID]

    @property
    def values(self) -> list[bytes | UUID]:
        """In the order of the statement."""
        first = (self.locator, self.sealed, self.epoch, self.nullifier)
        return [*first, *self.places, *self.open_elsewhere]

    @property
    def statement(self) -> str:
        """The same for all whose numbers of epochs are the same."""
        return _INSERT + _NOT_WAITING * len(self.places) + _STILL_OPEN * len(self.open_elsewhere)


def _insert_on_sqlite(arrival: _Arrival) -> bool:
    statement = arrival.statement.replace("{}", "%s") + _NO_CONFLICT
    name = partial(Epoch._meta.pk.get_db_prep_value, connection=connection)
    with connection.cursor() as cursor:
        values = [name(value) if isinstance(value, UUID) else value for value in arrival.values]
        cursor.execute(statement, values)
        return bool(cursor.rowcount)


def _insert_on_postgresql(arrival: _Arrival) -> bool:
    statement = _postgresql(len(arrival.places), len(arrival.open_elsewhere))
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if connection.in_atomic_block:
        # Only a cursor begins a transaction.
        with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
            cursor.execute(statement, arrival.values)
            return bool(cursor.rowcount)
    return _run(statement, [v.bytes if isinstance(v, UUID) else v for v in arrival.values])


@lru_cache(maxsize=16)
def _postgresql(places: int, elsewhere: int) -> bytes:
    types = ["bytea", "bytea", "uuid", "bytea", *["bytea"] * places, *["uuid"] * elsewhere]
    values = [f"${number}::{kind}" for number, kind in enumerate(types, 1)]
    statement = _INSERT + _NOT_WAITING * places + _STILL_OPEN * elsewhere
    return (statement.format(*values) + _SHARE + _NO_CONFLICT).encode()


def _run(statement: bytes, values: list[bytes]) -> bool:
    """Whether it changed a row.

    A cursor would write each byte as two digits and go through the event loop several times: for a record,
    that takes as long as all the rest of the request.
    """
    with connection.wrap_database_errors:
        plans = plans_of(connection.connection)
        result = plans.run(statement, values)
        if plans.server.status == pq.ConnStatus.BAD:
            raise psycopg.OperationalError("the connection was lost")
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise error_from_result(result)
        return bool(result.command_tuples)
