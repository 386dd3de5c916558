"""Units of a campaign, head-counts with their days, what was changed, and which units a representative was given."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def random_key() -> bytes:
    """16 random bytes: the id under which manifests and tallies know a unit."""
    return secrets.token_bytes(16)


class Kind(models.TextChoices):
    """What a unit is; it changes nothing but the word beside its name."""

    SITE = "site", _("site")
    DEPARTMENT = "department", _("department")
    SHIFT = "shift", _("shift")
    OTHER = "other", _("other")


class Unit(models.Model):
    """A part of the workplace, for ever: one that was merged or split stays, and says under which it counts now.

    `counted_under` of a unit that is gone: empty where nothing is left but the whole campaign.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    key = models.BinaryField(max_length=16, unique=True, default=random_key)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    position = models.PositiveIntegerField(default=0)
    gone = models.BooleanField(default=False)
    counted_under = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "code"),
                condition=models.Q(gone=False),
                name="one_unit_per_code",
            ),
        )
        indexes = (models.Index(fields=("campaign", "gone", "position"), name="units_in_order"),)


class UnitScope(models.Model):
    """A unit that a representative sees, with all under it. Goes with the membership.

    One that was merged or split away shows nothing: what took its place may be larger, and is given anew.
    """

    membership = models.ForeignKey("organizing.Membership", models.CASCADE, related_name="scopes")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("membership", "unit"), name="one_scope_per_unit"),
        )


class SealedRow(models.Model):
    """A row whose content is JSON, sealed with the application's key and bound to the row's own id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def context(self) -> bytes:
        """What the sealed bytes are bound to."""
        return f"roundrobin/v1/units/{type(self).__name__}/{self.id}".encode()


class Source(SealedRow):
    """Where head-counts come from, as somebody typed it. Many head-counts share one."""

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")


class HeadCount(models.Model):
    """How many people worked in a unit on a day; without unit, in the whole campaign. Never changed.

    A day is told by the newest that was known on it (`entered_on`): one that is entered later, even for an earlier
    day, leaves the past as it was shown. Of two for one day the one entered last holds.
    """

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="head_counts")
    as_of = models.DateField()
    entered_on = models.DateField()
    people = models.PositiveIntegerField()
    source = models.ForeignKey(Source, models.RESTRICT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("unit", "-as_of", "-id"), name="head_counts_newest_first"),
            models.Index(fields=("campaign", "unit"), name="head_counts_of_campaign"),
        )


class UnitChange(SealedRow):
    """A line of the history. Sealed: who, on which day, and what. `number` gives the order."""

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="one_change_per_number"),
        )
        indexes = (models.Index(fields=("unit", "-number"), name="changes_of_a_unit"),)


class ImportDraft(SealedRow):
    """A file that was read and not taken over yet. Sealed: its rows. Erased after a day."""

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    made_on = models.DateField()
