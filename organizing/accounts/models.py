"""People with accounts, and the campaigns that they work in. Signers are never here."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates users by pseudonym."""

    def create_user(self, username: str, password: str | None = None) -> "User":
        """A user with this pseudonym; without a password, one that cannot sign in by it."""
        user = self.model(username=username)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A pseudonym. No name, no time of the last visit, an e-mail address only if given."""

    # Django would write the time of every sign-in; nothing here needs it.
    last_login = None

    username = models.CharField(_("pseudonym"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"


class Campaign(models.Model):
    """One workplace's campaign; `k` is the smallest batch and the smallest count shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    employer_domains = models.JSONField(default=list)
    k = models.PositiveSmallIntegerField(default=10)
    epoch_seconds = models.PositiveIntegerField(default=86_400)
    demo = models.BooleanField(default=False)
    # What a new petition begins with; see petitions.models.Petition.
    first_signers = models.PositiveIntegerField(default=10)
    first_independent = models.BooleanField(default=True)
    opens_itself = models.BooleanField(default=False)
    # By its IANA name: weeks and the days of mails begin at midnight there.
    time_zone = models.CharField(max_length=64, default="UTC")


class Role(models.TextChoices):
    """What a member of a campaign may do."""

    DRAFTER = "drafter", _("drafter")
    ORGANIZER = "organizer", _("organizer")
    REPRESENTATIVE = "representative", _("union representative")
    LEAD = "lead", _("lead representative")


class Membership(models.Model):
    """A user's role in a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("campaign", "user"), name="one_role_per_campaign"),
        )


class Invitation(models.Model):
    """A one-time link into a campaign; only the SHA-256 of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_on = models.DateField()


class RecoveryVouch(models.Model):
    """One organizer vouching that another may set up a new second factor; the committee sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="vouches")
    for_user = models.ForeignKey(User, models.CASCADE, related_name="vouches_received")
    by_user = models.ForeignKey(User, models.CASCADE, related_name="vouches_given")
    token_hash = models.BinaryField(max_length=32, unique=True)
    day = models.DateField()
    used = models.BooleanField(default=False)
