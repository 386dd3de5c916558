"""Reads tokens for the page on which they are made and revoked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.accounts.access import Campaign
from organizing.accounts.models import Membership
from organizing.api.models import ApiToken, Scope


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in a list. `mark`: four characters by which two can be told apart; they open nothing."""

    id: UUID
    mark: str
    owner: str
    scopes: tuple[Scope, ...]
    made_on: date
    expires_on: date
    last_week: date | None


def tokens(
    campaign: Campaign, seat: Membership, today: date, *, everybodys: bool
) -> list[TokenLine]:
    """Tokens that still open something: those of one seat, or of the whole campaign."""
    rows = ApiToken.objects.filter(membership__campaign=campaign, expires_on__gte=today)
    if not everybodys:
        rows = rows.filter(membership=seat)
    ordered = rows.select_related("membership__user").order_by(
        "membership__user__username", "made_on", "id"
    )
    return [_line(row) for row in ordered]


def _line(row: ApiToken) -> TokenLine:
    return TokenLine(
        id=row.id,
        mark=row.id.hex[:4],
        owner=row.membership.user.username,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        made_on=row.made_on,
        expires_on=row.expires_on,
        last_week=row.last_week,
    )
