"""Reads signing tables. Only counting and disclosure ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from organizing.signing.models import Batch, Signature, Tally, UnitStep, UnitTally

_PAGE = 500


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """One class as of its last batch. `due_at` is when the next batch is looked at."""

    proof_class: int
    total: int
    batches: int
    due_at: datetime
    final: bool


def totals(petition_id: UUID) -> list[ClassTotal]:
    """The totals of a petition: read, never recounted."""
    rows = Tally.objects.filter(petition_id=petition_id).order_by("proof_class")
    return [ClassTotal(r.proof_class, r.total, r.batches, r.due_at, r.final) for r in rows]


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch of one class."""

    proof_class: int
    number: int
    at: datetime
    added: int
    total: int


def history(petition_id: UUID) -> list[BatchView]:
    """All batches of a petition in the order in which they came."""
    rows = Batch.objects.filter(petition_id=petition_id).order_by("due_at", "number", "proof_class")
    return [BatchView(r.proof_class, r.number, r.due_at, r.added, r.total) for r in rows]


def unit_totals(petition_id: UUID) -> dict[bytes, int]:
    """Signatures by unit, both classes together. Callers suppress what is small."""
    found: dict[bytes, int] = {}
    for row in UnitTally.objects.filter(petition_id=petition_id):
        unit = bytes(row.unit)
        found[unit] = found.get(unit, 0) + row.total
    return found


def unit_steps(petition_id: UUID, through: date) -> dict[date, dict[bytes, int]]:
    """By how much each unit changed in each week (its Monday) up to one. Callers suppress what is small."""
    rows = UnitStep.objects.filter(petition_id=petition_id, week__lte=through)
    found: dict[date, dict[bytes, int]] = {}
    for week, unit, change in rows.values_list("week", "unit", "change"):
        found.setdefault(week, {})[bytes(unit)] = change
    return found


@dataclass(frozen=True, slots=True)
class StoredSignature:
    """A counted or withdrawn signature; `record` is empty for the latter."""

    nullifier: bytes
    version: int
    record: bytes


def stored_signatures(petition_id: UUID) -> Iterator[StoredSignature]:
    """All of them by nullifier, in pages by key: constant memory, and no cursor held open."""
    after = b""
    rows = Signature.objects.filter(petition_id=petition_id).order_by("nullifier")
    while page := list(rows.filter(nullifier__gt=after)[:_PAGE]):
        for row in page:
            yield StoredSignature(bytes(row.nullifier), row.version, bytes(row.record or b""))
        after = bytes(page[-1].nullifier)
