"""Whoever comes with an access token, a good one or another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from organizing.accounts.models import Campaign, Membership, Role
from organizing.accounts.services import remove_member
from organizing.api.access import spelled
from organizing.api.models import ApiToken, Scope
from tests import factories
from tests.accounts.people import member
from tests.api.cast import BOTH, today, token_of

LEAD_HOLDER, TOTAL_HOLDER, UNITS_HOLDER = "holder of both scopes", "of the total", "of the units"
HOLDERS = (LEAD_HOLDER, TOTAL_HOLDER, UNITS_HOLDER)
ELSEWHERE_HOLDER = "holder of both scopes elsewhere"
EXPIRED, REVOKED, REMOVED, DEMOTED = "expired", "revoked", "of one who is out", "of a drafter"
UNKNOWN, NONE = "a token that never was", "none"
OUTSIDERS = (EXPIRED, REVOKED, REMOVED, DEMOTED, UNKNOWN, NONE)


def _token(campaign: Campaign, scopes: frozenset[Scope] = BOTH) -> str:
    return token_of(member(campaign, "Holder", Role.LEAD).user, campaign, scopes)


def _expired(campaign: Campaign) -> str:
    token = _token(campaign)
    ApiToken.objects.filter(membership__user__username="Holder").update(
        expires_on=today() - timedelta(days=1)
    )
    return token


def _revoked(campaign: Campaign) -> str:
    token = _token(campaign)
    ApiToken.objects.filter(membership__user__username="Holder").delete()
    return token


def _removed(campaign: Campaign) -> str:
    token = _token(campaign)
    remove_member(membership=Membership.objects.get(user__username="Holder"))
    return token


def _demoted(campaign: Campaign) -> str:
    token = _token(campaign)
    Membership.objects.filter(user__username="Holder").update(role=Role.DRAFTER)
    return token


TOKENS: dict[str, Callable[[Campaign], str]] = {
    LEAD_HOLDER: _token,
    TOTAL_HOLDER: lambda campaign: _token(campaign, frozenset({Scope.TOTAL})),
    UNITS_HOLDER: lambda campaign: _token(campaign, frozenset({Scope.UNITS})),
    ELSEWHERE_HOLDER: lambda _campaign: _token(factories.campaign()),
    EXPIRED: _expired,
    REVOKED: _revoked,
    REMOVED: _removed,
    DEMOTED: _demoted,
    UNKNOWN: lambda _campaign: spelled(bytes(range(32))),
    NONE: lambda _campaign: "",
}
