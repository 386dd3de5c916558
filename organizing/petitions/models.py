"""A petition from draft to close. No key points from here to a user."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizing.crypto.encoding import b64u


def random_id() -> str:
    """22 characters of base64url: 16 random bytes."""
    return b64u(secrets.token_bytes(16))


class State(models.TextChoices):
    """draft → approved → freezing → frozen → open → closed → archived, or frozen → withdrawn."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")
    FREEZING = "freezing", _("being frozen")
    FROZEN = "frozen", _("frozen")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Petition(models.Model):
    """`public_id` is where an open petition is reached, `private_id` where a frozen one is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("organizing.Campaign", models.PROTECT, related_name="petitions")
    public_id = models.CharField(max_length=22, unique=True, default=random_id)
    private_id = models.CharField(max_length=22, unique=True, default=random_id)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    languages = models.JSONField(default=list)
    mailbox = models.BooleanField(default=False)
    mail_domains = models.JSONField(default=list)
    units = models.JSONField(default=list)
    k = models.PositiveSmallIntegerField(default=10)
    epoch_seconds = models.PositiveIntegerField(default=86_400)
    opens_at = models.DateTimeField(null=True)
    issuing_ends_at = models.DateTimeField(null=True)
    sending_ends_at = models.DateTimeField(null=True)
    manifest = models.BinaryField(null=True)
    manifest_hash = models.BinaryField(max_length=32, null=True, unique=True)
    freeze_step = models.PositiveSmallIntegerField(default=0)
    demo = models.BooleanField(default=False)
    # It opens once so many have signed by the private link; of the independent class alone, or of both.
    first_signers = models.PositiveIntegerField(default=10)
    first_independent = models.BooleanField(default=True)
    opens_itself = models.BooleanField(default=False)
    # Kept once it was so, whoever takes a signature back: what writers are shown never changes twice.
    was_reached = models.BooleanField(default=False)
    # The version before this one. Nothing of its signatures is carried over.
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    opened_on = models.DateField(null=True)
    archived_on = models.DateField(null=True)


class PetitionText(models.Model):
    """One version of the text in one language, sealed with the application's key.

    `sealed_about` holds, sealed too, who saved it, on which day, and what it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=16)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    sealed_about = models.BinaryField(default=bytes)
    frozen = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "language", "version"), name="one_text_per_version"
            ),
        )


class PetitionKeys(models.Model):
    """Issuer, attestation, tag and code keys, wrapped by a key that is not in the database."""

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="keys")
    wrapping_key_name = models.CharField(max_length=64)
    sealed = models.BinaryField()


class Audience(models.Model):
    """Who may be given names, and the public key (1216 bytes) that an organizer's browser made."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="audiences")
    slug = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()
    public_key = models.BinaryField(max_length=1216, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "slug"), name="one_audience_per_slug"),
        )
