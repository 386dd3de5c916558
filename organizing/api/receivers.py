"""When the tokens of a member end with something else: what gave an account back takes away what was made meanwhile."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete
from django.dispatch import receiver

from organizing.accounts import second_factor
from organizing.accounts.models import User
from organizing.api import services


@receiver([password_changed, password_reset])
def end_with_the_password(user: User, **_signal: Any) -> None:
    """Whoever had the old password may have made a token with it."""
    services.revoke_all(user_id=user.pk)


@receiver(post_delete, sender=Authenticator)
def end_with_a_factor(instance: Authenticator, **_signal: Any) -> None:
    """A passkey or an app that was lost, or taken away after somebody vouched: the same of whoever holds it."""
    if instance.type in second_factor.FACTORS:
        services.revoke_all(user_id=instance.user_id)
