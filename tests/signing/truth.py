"""What the tallies must say, counted from the rows themselves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from organizing.crypto import derivation, messages
from organizing.petitions.models import Petition
from organizing.signing import selectors
from organizing.signing.models import Batch, Epoch, PendingRecord, Signature
from tests.factories import UNIT


def check(petition_id: UUID, units: dict[bytes, bytes]) -> int:
    """Compares totals and units with the counted rows; returns the total.

    `units` has the opening of each signer's commitment by nullifier.
    """
    rows = list(Signature.objects.filter(petition_id=petition_id))
    counted = Counter(row.proof_class for row in rows if row.counted)
    totals = {t.proof_class: t.total for t in selectors.totals(petition_id)}
    assert {c: n for c, n in totals.items() if n} == dict(counted)
    k = Petition.objects.get(id=petition_id).k
    by_unit = Counter(_unit(row, units) for row in rows if row.counted and row.record)
    stated = selectors.unit_totals(petition_id)
    assert {unit: n for unit, n in stated.items() if n} == dict(by_unit)
    steps: Counter[bytes] = Counter()
    for changes in selectors.unit_steps(petition_id, date.max).values():
        steps.update(changes)
    if min((total for total in totals.values() if total), default=k) >= k:
        assert {unit: n for unit, n in steps.items() if n} == dict(by_unit)
    assert all(n <= by_unit[unit] for unit, n in steps.items())
    for proof_class, total in totals.items():
        last = _batches(petition_id, proof_class).last()
        assert last is None or last.total == total
    return sum(counted.values())


def _batches(petition_id: UUID, proof_class: int) -> QuerySet[Batch]:
    rows = Batch.objects.filter(petition_id=petition_id, proof_class=proof_class)
    return rows.order_by("number")


def _unit(row: Signature, units: dict[bytes, bytes]) -> bytes:
    randomness = units[bytes(row.nullifier)]
    committed = messages.unit_commitment(bytes(row.record or b""))
    for unit in (derivation.NO_UNIT, UNIT):
        if derivation.commit_unit(randomness, unit) == committed:
            return unit
    raise AssertionError("no unit opens this row")


def nothing_waits(petition_id: UUID) -> bool:
    """Whether every record has been moved, and every epoch but the open ones forgotten."""
    states = set(Epoch.objects.filter(petition_id=petition_id).values_list("state", flat=True))
    return not PendingRecord.objects.exists() and states <= {Epoch.State.OPEN}
