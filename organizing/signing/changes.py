"""What a batch does: records become counted signatures, and totals change. Inside the transaction of its flush."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from organizing.petitions.models import Petition
from organizing.signing import epochs, steps
from organizing.signing.classes import waiting_before
from organizing.signing.epochs import SIGNATURE, EpochRef, Waiting
from organizing.signing.models import Batch, PendingRecord, Signature, Tally, UnitTally


class Change:
    """What a batch does to the counted table and to the tallies."""

    def __init__(self, petition: Petition, tally: Tally) -> None:
        self.petition, self.tally = petition, tally
        self.total = 0
        self.units: Counter[bytes] = Counter()

    def apply(self, places: Sequence[tuple[bytes, EpochRef]]) -> None:
        """Moves some records, in the order of their places: locators, each with its epoch."""
        found = PendingRecord.objects.in_bulk([locator for locator, _epoch in places])
        sealed = {bytes(locator): bytes(row.sealed) for locator, row in found.items()}
        waiting = [epochs.unseal(epoch.key, sealed[locator]) for locator, epoch in places]
        nullifiers = {w.nullifier for w in waiting}
        rivals = waiting_before(self.petition.id, self.tally.proof_class, nullifiers)
        rows = Signature.objects.in_bulk(nullifiers)
        known = {bytes(nullifier): row for nullifier, row in rows.items()}
        made: dict[bytes, Signature] = {}
        for entry in waiting:
            row = known.get(entry.nullifier) or made.get(entry.nullifier)
            if row is None and entry.nullifier in rivals:
                continue
            if row is None:
                row = made[entry.nullifier] = self._new(entry)
            self._merge(row, entry)
        Signature.objects.bulk_create(made.values())
        for nullifier in sorted(nullifiers & known.keys()):
            known[nullifier].save()

    def _new(self, entry: Waiting) -> Signature:
        return Signature(
            nullifier=entry.nullifier,
            petition=self.petition,
            proof_class=self.tally.proof_class,
            version=0,
            counted=False,
        )

    def _merge(self, row: Signature, entry: Waiting) -> None:
        # A key that two issuers signed counts where it was counted first; a lower version is a replay.
        if row.proof_class != self.tally.proof_class or entry.version < row.version:
            return
        if row.counted:
            self.total -= 1
            self.units[entry.old_unit] -= 1
        row.counted = entry.kind == SIGNATURE
        row.version, row.record = entry.version, entry.record or None
        if row.counted:
            self.total += 1
            self.units[entry.unit] += 1

    def finish(self, new: int, now: datetime) -> None:
        """Writes the tallies and the batch."""
        tally, at = self.tally, self.tally.due_at
        tally.total += self.total
        tally.batches += 1
        tally.due_at = epochs.next_boundary(now, self.petition.epoch_seconds)
        tally.save()
        Batch.objects.create(
            petition=self.petition,
            proof_class=tally.proof_class,
            number=tally.batches,
            due_at=at,
            added=new,
            total=tally.total,
        )
        self._write_units()
        steps.record(
            petition_id=self.petition.id,
            changes=self._in_figures(),
            now=now,
            time_zone=self.petition.campaign.time_zone,
        )

    def _in_figures(self) -> dict[bytes, int]:
        """What goes into figures, where both classes are added up.

        Where a class has fewer than k, its total is shown nowhere: the sum, less the other class, would give it away.
        So those who came stay out; those who left are taken off all the same.
        """
        if self.tally.total >= self.petition.k:
            return dict(self.units)
        return {unit: min(0, change) for unit, change in self.units.items()}

    def _write_units(self) -> None:
        # By unit: neither rows nor their versions may lie in the order in which records were opened.
        for unit, change in sorted(self.units.items()):
            if not change:
                # Written all the same, it would say in which unit somebody came and somebody left.
                continue
            row, _made = UnitTally.objects.get_or_create(
                petition=self.petition, proof_class=self.tally.proof_class, unit=unit
            )
            row.total = max(0, row.total + change)
            row.save()
