"""Every export leaves a line that the committee can see."""

import uuid

from django.db import models


class ExportLog(models.Model):
    """Who (by pseudonym) exported which petition, on which day. Written before the first byte."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="exports")
    pseudonym = models.CharField(max_length=60)
    day = models.DateField()
