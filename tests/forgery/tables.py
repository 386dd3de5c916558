"""Everything that the site keeps about proofs and signatures, to compare before and after."""

from __future__ import annotations

from django.db.models import Model

from organizing.eligibility.models import CodeBatch, PaperCode, RequestTally, SpentProof
from organizing.signing.models import (
    Batch,
    Epoch,
    PendingRecord,
    Signature,
    Tally,
    UnitTally,
)

Rows = dict[str, list[tuple[object, ...]]]
TABLES: tuple[type[Model], ...] = (
    *(CodeBatch, PaperCode, SpentProof, RequestTally),
    *(PendingRecord, Signature, Tally, UnitTally, Batch, Epoch),
)


def snapshot() -> Rows:
    """Rows of every table by its name."""
    return {model.__name__: _rows(model) for model in TABLES}


def _rows(model: type[Model]) -> list[tuple[object, ...]]:
    rows = model._default_manager.values_list()
    return sorted((tuple(map(_plain, row)) for row in rows), key=repr)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
