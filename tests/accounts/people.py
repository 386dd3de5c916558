"""A small cast with accounts, and sessions as a sign-in leaves them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from organizing.accounts.models import Campaign, Membership, Role, User

PASSWORD = "nine lemon bicycles"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and with a second factor or none."""

    user: User
    factor: Authenticator | None


def make_person(name: str, *, factor: bool = True) -> Person:
    """An account with an authenticator app and recovery codes, or with a password alone."""
    user = User.objects.create_user(name, PASSWORD)
    if not factor:
        return Person(user, None)
    RecoveryCodes.activate(user)
    return Person(user, TOTP.activate(user, SECRET).instance)


def join(campaign: Campaign, person: Person, role: Role) -> Membership:
    """Lets somebody into a campaign."""
    return Membership.objects.create(campaign=campaign, user=person.user, role=role)


def member(campaign: Campaign, name: str, role: Role) -> Person:
    """Somebody with a second factor and a role."""
    person = make_person(name)
    join(campaign, person, role)
    return person


def enter(person: Person, *, used: bool = True) -> Client:
    """A browser in which somebody has signed in, with the second factor if there is one."""
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    records: list[dict[str, object]] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    if used and person.factor is not None:
        records.append({"method": "mfa", "at": time.time(), "id": person.factor.pk, "type": "totp"})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.user.pk)
    session.save()
    return client


def digits(secret: str = SECRET) -> str:
    """Six digits of now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def forget_used_digits(person: Person) -> None:
    """Another test's user had the same number, and may have used the same digits."""
    cache.delete(f"allauth.mfa.totp.used?user={person.user.pk}&code={digits()}")
