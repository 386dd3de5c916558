"""Rows by COPY: what would take signers days."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
from django.db import connection
from django.utils import timezone

from organizing.crypto.derivation import NO_UNIT
from organizing.crypto.manifests import CLASS_A
from organizing.signing import epochs
from organizing.signing.epochs import SIGNATURE, Waiting
from organizing.signing.models import Batch, Tally
from tests.load.stage import Stage

_BATCHES = 30
_EPOCH_SECONDS = 86_400


def _copy(statement: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        raw: psycopg.Cursor[object] = cursor.cursor
        with raw.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
        # As months of batches leave it; else the server does it while something is being measured.
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def fill_counted(stage: Stage, count: int, record_bytes: int) -> None:
    """Counted signatures of random signers, with the tallies that their batches would have left."""
    record = secrets.token_bytes(record_bytes)
    nullifiers = sorted(secrets.token_bytes(32) for _ in range(count))
    _copy(
        "COPY organizing_signature (nullifier, petition_id, proof_class, version, counted, record) FROM STDIN",
        ((n, stage.petition_id, CLASS_A, 1, True, record) for n in nullifiers),
    )
    write_tallies(stage.petition_id, count)


def write_tallies(petition_id: UUID, count: int) -> None:
    """A month of batches."""
    now = timezone.now()
    for number in range(1, _BATCHES + 1):
        Batch.objects.create(
            petition_id=petition_id,
            proof_class=CLASS_A,
            number=number,
            due_at=now - timedelta(days=_BATCHES - number),
            added=count // _BATCHES,
            total=count * number // _BATCHES,
        )
    Tally.objects.filter(petition_id=petition_id, proof_class=CLASS_A).update(
        total=count,
        batches=_BATCHES,
        due_at=epochs.next_boundary(now, _EPOCH_SECONDS),
    )


def fill_waiting(stage: Stage, count: int) -> None:
    """Records that wait in the open epoch, sealed as the site seals them, in the order of arrival."""
    current = epochs.refresh(stage.petition_id, CLASS_A).open
    record = secrets.token_bytes(582 + stage.manifest.envelope_bytes)

    def rows() -> Iterator[tuple[object, ...]]:
        for _ in range(count):
            nullifier = secrets.token_bytes(32)
            waiting = Waiting(SIGNATURE, NO_UNIT, NO_UNIT, nullifier, 1, record)
            sealed = epochs.seal(current.key, waiting, len(record))
            yield epochs.locate(current.key, nullifier), current.id, sealed

    _copy("COPY organizing_pendingrecord (locator, epoch_id, sealed) FROM STDIN", rows())
