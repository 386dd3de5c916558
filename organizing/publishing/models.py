"""What is told after opening: posts in versions, and bands that organizers released. No column holds a time."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a post is about."""

    UPDATE = "update", _("update")
    DELIVERY = "delivery", _("delivery")
    ANSWER = "answer", _("answer of the employer")


class Post(models.Model):
    """An update, a delivery, or an answer of the employer. Without a number nobody but its writers can read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("petition", "number"), name="one_post_per_number"),
        )


class PostVersion(models.Model):
    """What a post said once it was saved: JSON, sealed with the application's key, with who wrote it.

    `published_on` is the day on which this version became public; none while it is a draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    published_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "version"), name="one_version_per_post"),
        )

    def context(self) -> bytes:
        """What the sealed bytes are bound to."""
        return f"roundrobin/v1/publishing/post/{self.post_id}/{self.version}".encode()


class Counted(models.TextChoices):
    """Whose signatures a band is about."""

    ALL = "all", _("all signatures")
    INDEPENDENT = "independent", _("proofs that the employer can neither see nor fake")


class Milestone(models.Model):
    """A band that an organizer released: more than `bound` had signed. Never changed, never taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    petition = models.ForeignKey("organizing.Petition", models.CASCADE, related_name="+")
    counted = models.CharField(max_length=12, choices=Counted.choices)
    bound = models.PositiveIntegerField()
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("petition", "counted", "bound"), name="one_release_per_band"
            ),
            # Two at once would otherwise both find that today is free.
            models.UniqueConstraint(fields=("petition", "day"), name="one_release_per_day"),
        )
