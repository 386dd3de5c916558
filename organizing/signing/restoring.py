"""After a restored backup: epochs whose key was destroyed since the backup was made."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from organizing import keyring
from organizing.signing import epochs
from organizing.signing.models import Epoch, PendingRecord, Tally


@dataclass(frozen=True, slots=True)
class LostEpoch:
    """An epoch that can never be opened, and how many records wait in it."""

    id: UUID
    petition_id: UUID
    proof_class: int
    records: int


def lost_epochs() -> list[LostEpoch]:
    """Open and closing epochs whose key no longer exists."""
    waiting = Epoch.objects.exclude(state=Epoch.State.FLUSHED).order_by("id")
    return [_describe(row) for row in waiting if not _has_key(row)]


def _has_key(row: Epoch) -> bool:
    try:
        keyring.epoch_key(row.key_name)
    except keyring.KeyGone:
        return False
    return True


def _describe(row: Epoch) -> LostEpoch:
    count = PendingRecord.objects.filter(epoch=row).count()
    return LostEpoch(row.id, row.petition_id, row.proof_class, count)


@transaction.atomic
def discard(lost: list[LostEpoch]) -> None:
    """Removes them, and opens a new epoch where the open one was lost."""
    for epoch in lost:
        PendingRecord.objects.filter(epoch_id=epoch.id).delete()
        Epoch.objects.filter(id=epoch.id).delete()
        final = Tally.objects.filter(
            petition_id=epoch.petition_id, proof_class=epoch.proof_class, final=True
        ).exists()
        if not final:
            epochs.add_open(petition_id=epoch.petition_id, proof_class=epoch.proof_class)
