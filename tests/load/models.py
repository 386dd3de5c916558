"""The one table of the plain side."""

import uuid

from django.db import models


class PlainRow(models.Model):
    """A row as small as a row is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    text = models.CharField(max_length=40)

    class Meta:
        app_label = "load"
