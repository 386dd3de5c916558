"""Access tokens of members: only the SHA-256 of each, what it opens, and until when."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token opens. `value` is what stands in the description of the interface."""

    TOTAL = "figures:total", _("the figures of the whole campaign")
    UNITS = "figures:units", _("the figures of the units that you see")


class ApiToken(models.Model):
    """A token of one member. Goes with the membership; one that is revoked is deleted.

    `last_week`: the Monday of the week in which it was last used, never more exactly.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey("organizing.Membership", models.CASCADE, related_name="tokens")
    token_hash = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    made_on = models.DateField()
    expires_on = models.DateField()
    last_week = models.DateField(null=True)
