"""The log of who read what, of how many units, and alerts. Days, never a time of day."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadLog(models.Model):
    """How often somebody read one report on one day, and how many units the largest showed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    user = models.ForeignKey("organizing.User", models.CASCADE, related_name="+")
    day = models.DateField()
    report = models.CharField(max_length=40)
    reads = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "user", "day", "report"), name="one_line_per_day_and_report"
            ),
        )


class ReadMark(models.Model):
    """That somebody was shown the figures of a unit, last in the week of this Monday.

    `mark`: 16 bytes in which only the application's key finds the unit again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    user = models.ForeignKey("organizing.User", models.CASCADE, related_name="+")
    mark = models.BinaryField(max_length=16)
    week = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "user", "mark"), name="one_mark_per_reader_and_unit"
            ),
        )


class AlertKind(models.TextChoices):
    """Why the committee should look."""

    BULK = "bulk", _("read much more than a person would")
    STOPPED = "stopped", _("was stopped: read more than anybody may")
    SLOW = "slow", _("read much over weeks")
    WIDE = "wide", _("was shown a large part of all units")
    FIRST = "first", _("took figures out for the first time")


class ReadAlert(models.Model):
    """Reading by one account that somebody should look at; `settled` once somebody on the committee has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    user = models.ForeignKey("organizing.User", models.CASCADE, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "user", "day", "kind"), name="one_alert_per_day"
            ),
        )
