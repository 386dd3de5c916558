"""What allauth would remember and does not here, and what it would ask twice."""

from datetime import UTC
from typing import Any

from allauth.account.signals import user_signed_up
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from organizing.accounts import second_factor
from organizing.accounts.models import User


@receiver(pre_save, sender=Authenticator)
def forget_times(instance: Authenticator, **_signal: Any) -> None:
    """No time of the last use, and no more than the day of the first."""
    instance.last_used_at = None
    day = instance.created_at.astimezone(UTC)
    instance.created_at = day.replace(hour=0, minute=0, second=0, microsecond=0)


@receiver(user_signed_up)
def trust_new_password(request: HttpRequest, user: User, **_signal: Any) -> None:
    """The password was chosen a moment ago: adding a passkey next does not ask for it again."""
    second_factor.remember_password(request, user)


@receiver(authenticator_added)
def remember_new_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
) -> None:
    """A factor that was just set up has been used."""
    if authenticator.type in second_factor.FACTORS:
        second_factor.remember_use(request, user, authenticator)
