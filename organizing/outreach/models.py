"""Contacts to make, who wants mail, and the mails that are under way. What people typed is sealed."""

import uuid

from django.db import models


class SealedRow(models.Model):
    """A row whose content is JSON, sealed with the application's key and bound to the row's own id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def context(self) -> bytes:
        """What the sealed bytes are bound to."""
        return f"roundrobin/v1/outreach/{type(self).__name__}/{self.id}".encode()


class Contact(SealedRow):
    """Something to do at a unit, never about a person. Sealed: the words, and who wrote them."""

    campaign = models.ForeignKey("organizing.Campaign", models.CASCADE, related_name="+")
    unit = models.ForeignKey("organizing.Unit", models.CASCADE, related_name="+")
    assigned = models.ForeignKey(
        "organizing.Membership", models.SET_NULL, null=True, related_name="+"
    )
    made_on = models.DateField()
    done_on = models.DateField(null=True)


class MailWish(SealedRow):
    """What a member wants by mail. Sealed: the address, and the language. Goes with the membership."""

    membership = models.OneToOneField(
        "organizing.Membership", models.CASCADE, related_name="mail_wish"
    )
    digest = models.BooleanField(default=False)
    alerts = models.BooleanField(default=False)


class MailKind(models.TextChoices):
    """What a mail is about. The mail itself says hardly more."""

    DIGEST = "digest"
    ALERT = "alert"
    TEST = "test"


class Mailing(models.Model):
    """One mail to one member about one thing: a week, by its Monday, an alert, by its id, or a test, by any id.

    Whoever holds the lease sends it. The id of the message follows from the row's, under a key, so that a mail that
    goes out twice is the same mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey("organizing.Membership", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MailKind.choices)
    about = models.CharField(max_length=36)
    made_on = models.DateField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("membership", "kind", "about"), name="one_mail_about_a_thing"
            ),
        )
