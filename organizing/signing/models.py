"""Sealed signatures. Nothing here knows an account or a proof, and no table tells an order."""

import uuid

from django.db import models


class Epoch(models.Model):
    """Pending records of one class that are flushed together, under a key outside the database."""

    class State(models.TextChoices):
        """open: takes records; closing: takes none; flushed: its key is still to be destroyed."""

        OPEN = "open"
        CLOSING = "closing"
        FLUSHED = "flushed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="epochs")
    proof_class = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    key_name = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "proof_class"),
                condition=models.Q(state="open"),
                name="one_open_epoch_per_class",
            ),
        )


class PendingRecord(models.Model):
    """A sent record of fixed size under the epoch key, found by HMAC(epoch key, nullifier)."""

    locator = models.BinaryField(primary_key=True, max_length=32)
    # The insert itself locks the epoch and looks whether it is open: a constraint would do it twice.
    epoch = models.ForeignKey(
        Epoch, models.PROTECT, related_name="records", db_constraint=False, db_index=False
    )
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("epoch", "locator"), name="pending_by_epoch"),)


class Signature(models.Model):
    """A signature that reached a batch: the record as sent, or none once withdrawn.

    `counted` says whether the total includes it: a withdrawal changes that only at the next batch.
    """

    nullifier = models.BinaryField(primary_key=True, max_length=32)
    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="+")
    proof_class = models.PositiveSmallIntegerField()
    version = models.BigIntegerField()
    counted = models.BooleanField()
    record = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=("petition", "nullifier"), name="signature_by_petition"),)


class Tally(models.Model):
    """The total of one class as of the last batch: read, never recounted."""

    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="tallies")
    proof_class = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(default=0)
    batches = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    final = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "proof_class"), name="one_tally_per_class"),
        )


class Batch(models.Model):
    """What one flush changed."""

    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="batches")
    proof_class = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    added = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "proof_class", "number"), name="one_batch_per_number"
            ),
        )


class UnitTally(models.Model):
    """The total of one class in one unit (16-byte id) as of the last batch."""

    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="unit_tallies")
    proof_class = models.PositiveSmallIntegerField()
    unit = models.BinaryField(max_length=16)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "proof_class", "unit"), name="one_tally_per_unit"
            ),
        )


class UnitStep(models.Model):
    """By how much one unit (16-byte id) changed in one week, both classes together; less than 0 where more left.

    `week` is a Monday in the campaign's time zone. Nothing per batch: several batches of a week are one number.
    """

    petition = models.ForeignKey("organizing.Petition", models.PROTECT, related_name="unit_steps")
    unit = models.BinaryField(max_length=16)
    week = models.DateField()
    change = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "week", "unit"), name="one_step_per_unit_and_week"
            ),
        )


class WeeksTaken(models.Model):
    """The last week of a petition that was taken into figures: no batch ever adds to it or to an earlier one."""

    petition = models.OneToOneField(
        "organizing.Petition", models.PROTECT, primary_key=True, related_name="weeks_taken"
    )
    through = models.DateField(null=True)
