"""Structure tests, signatures on paper, target lines, and the figures that were released. Days, never a time of day."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What people did."""

    PETITION = "petition", _("petition")
    CARD = "card", _("membership or authorization card")
    PLEDGE = "pledge", _("public pledge")
    OTHER = "other", _("something else that can be counted")


class SealedRow(models.Model):
    """A row with what somebody typed, as JSON sealed with the application's key and bound to the row's own id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        abstract = True

    def context(self) -> bytes:
        """What the sealed bytes are bound to."""
        return f"roundrobin/v1/tracking/{type(self).__name__}/{self.id}".encode()


class Act(SealedRow):
    """A structure test: a dated, countable act. Sealed: its name; one with a petition may have none of its own."""

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    petition = models.OneToOneField(
        "organizing.Petition", models.CASCADE, null=True, related_name="act"
    )


class PaperEntry(models.Model):
    """Signatures on paper of one unit, as one person counted them. They count once another has counted the same.

    `week`: the Monday of the week in which that was. `tries`: how often another has counted something else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.ForeignKey(Act, models.CASCADE, related_name="paper")
    unit = models.ForeignKey("organizing.Unit", models.RESTRICT, null=True, related_name="+")
    count = models.PositiveIntegerField()
    day = models.DateField()
    typed_by = models.ForeignKey("organizing.User", models.SET_NULL, null=True, related_name="+")
    confirmed_by = models.ForeignKey(
        "organizing.User", models.SET_NULL, null=True, related_name="+"
    )
    week = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(typed_by=models.F("confirmed_by")),
                name="two_people_count_paper",
            ),
        )
        indexes = (models.Index(fields=("act", "week"), name="paper_by_week"),)


class TargetLine(SealedRow):
    """A share of the head-count that means something. Sealed: what, and who says so.

    `preset`: the name of one that comes with the site; its words are translated, and nothing is sealed.
    """

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="lines")
    share = models.PositiveSmallIntegerField()
    preset = models.CharField(max_length=20, blank=True)
    source_day = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(share__gte=1, share__lte=100), name="share_in_per_cent"
            ),
        )


class Released(models.Model):
    """What was released of one act; only ever added to (docs/suppression.md).

    `through`: the Monday of the last week that is in it. `tree`: the parent of each unit, by key in hexadecimal; a unit
    keeps the parent that it had when it was first seen. `signed` and `paper`: blocks by unit. `fallen`: units of which
    nothing is shown for the time being.
    """

    act = models.OneToOneField(Act, models.CASCADE, primary_key=True, related_name="released")
    k = models.PositiveSmallIntegerField()
    first = models.DateField(null=True)
    through = models.DateField(null=True)
    tree = models.JSONField(default=dict)
    signed = models.JSONField(default=dict)
    paper = models.JSONField(default=dict)
    fallen = models.JSONField(default=dict)
