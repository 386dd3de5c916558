"""Writing together. What anybody wrote is sealed, with who wrote it and on which day; no column holds a time."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a co-drafter may do. Each part includes those below it."""

    EDIT = "edit", _("edit")
    SUGGEST = "suggest", _("suggest")
    COMMENT = "comment", _("comment")


class SealedRow(models.Model):
    """A row whose content is JSON, sealed with the application's key and bound to the row's own id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def context(self) -> bytes:
        """What the sealed bytes are bound to."""
        return f"roundrobin/v1/drafting/{type(self).__name__}/{self.id}".encode()


class CoDrafter(models.Model):
    """Somebody who writes at one petition without being a member of its campaign."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="co_drafters")
    user = models.ForeignKey("organizing.User", models.CASCADE, related_name="drafts")
    part = models.CharField(max_length=10, choices=Part.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "user"), name="one_part_per_petition"),
        )


class DraftInvitation(SealedRow):
    """A one-time link to a draft: only the SHA-256 of its token. Sealed: a note of whom it is for."""

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_on = models.DateField()


class WorkingCopy(SealedRow):
    """What somebody has typed on one page and not saved yet, and the version that they started from.

    `tab` is a random id of that page: what is typed in another tab is kept beside it, never over it.
    """

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    user = models.ForeignKey("organizing.User", models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)
    tab = models.CharField(max_length=22)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "user", "language", "tab"), name="one_working_copy_per_tab"
            ),
        )


class Suggestion(SealedRow):
    """A changed text against a version. Sealed: its changes, and what was decided about each."""

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)
    settled = models.BooleanField(default=False)


class Comment(SealedRow):
    """A remark about a passage. Sealed: the passage with its surroundings, the remark, the answers."""

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)
    resolved = models.BooleanField(default=False)


class LanguageCheck(SealedRow):
    """A co-drafter's word that a person has read a translation. Sealed: whose, and of which texts."""

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "language"), name="one_check_per_language"),
        )


class Verdict(SealedRow):
    """An organizer's approval or rejection. Sealed: whose, why, and of exactly which texts."""

    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")


class ReviewRule(models.Model):
    """How many organizers of a campaign must approve a text; one where there is no rule."""

    campaign = models.OneToOneField(
        "organizing.Campaign", models.CASCADE, primary_key=True, related_name="+"
    )
    approvals = models.PositiveSmallIntegerField(default=1)
