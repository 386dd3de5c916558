"""Tokens, and requests that carry them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from organizing.accounts.models import Campaign, Membership, User
from organizing.api import services
from organizing.api.models import Scope

BOTH = frozenset(Scope)


def today() -> date:
    return timezone.now().date()


def token_of(
    user: User, campaign: Campaign, scopes: frozenset[Scope] = BOTH, days: int = 30
) -> str:
    """A token of a member."""
    seat = Membership.objects.get(user=user, campaign=campaign)
    return services.make_token(membership=seat, scopes=scopes, days=days, today=today())


def get(url: str, token: str = "", method: str = "GET") -> Any:
    """An answer to a request with a token, or with none."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().generic(method, url, headers=headers)
