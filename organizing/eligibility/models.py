"""Proofs of employment. Nothing here knows a signature, a time or an order."""

import uuid

from django.db import models


class CodeBatch(models.Model):
    """Paper codes made together, so that they can be revoked together before use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="code_batches")
    label = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    made_on = models.DateField()
    revoked = models.BooleanField(default=False)


class PaperCode(models.Model):
    """An unspent code, under HMAC. Spending erases the row."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    batch = models.ForeignKey(CodeBatch, models.CASCADE, related_name="codes")


class SpentProof(models.Model):
    """Keyed tag of a proof (32 bytes) and of the request that it was used for (32 bytes).

    The petition is named by its id alone: no time, no order, no foreign key.
    """

    tag = models.BinaryField(primary_key=True, max_length=32)
    petition_ref = models.UUIDField(db_index=True)
    request_mac = models.BinaryField(max_length=32, db_index=True)


class RequestTally(models.Model):
    """Requests for mailbox codes by day; organizers see them in bands, once the day is over.

    Credentials are not counted here: what is given out shows as signatures, in batches, and not before.
    """

    petition = models.ForeignKey(
        "organizing.Petition", models.CASCADE, related_name="request_tallies"
    )
    day = models.DateField()
    requested = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "day"), name="one_request_tally_per_day"),
        )
