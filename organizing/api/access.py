"""The only doors to a token: by the token itself, and for whoever may revoke it."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.accounts.access import Campaign, Role, User, campaign_for
from organizing.api.models import ApiToken, Scope
from organizing.crypto.encoding import EncodingError, b64u, unb64u
from organizing.errors import Forbidden, NotFound, Refused
from organizing.oversight.access import COUNTERS
from organizing.tracking.access import act_for
from organizing.tracking.models import Act

TOKEN_BYTES = 32
_PREFIX = "rr_"


class MissingScope(Forbidden):
    """The token lacks a scope: `scope` is the one that is needed."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a token, and what it opens."""

    token_id: UUID
    user: User
    campaign: Campaign
    scopes: frozenset[Scope]
    expires_on: date
    last_week: date | None


def spelled(secret: bytes) -> str:
    """32 bytes as somebody copies them: `rr_` and 43 characters."""
    return _PREFIX + b64u(secret)


def digest(secret: bytes) -> bytes:
    """What is kept of a token. The secret is random: a slow hash would protect nothing more."""
    return hashlib.sha256(secret).digest()


def holder_of(text: str, today: date) -> Holder:
    """The holder of a token. Raises Refused for one that is unknown, expired or revoked, or whose member is out."""
    try:
        secret = unb64u(text.removeprefix(_PREFIX), TOKEN_BYTES)
    except EncodingError as error:
        raise Refused from error
    rows = ApiToken.objects.select_related("membership__user", "membership__campaign")
    row = rows.filter(token_hash=digest(secret), expires_on__gte=today).first()
    if row is None or not row.membership.user.is_active:
        raise Refused
    if row.membership.role not in COUNTERS:
        raise Refused
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    seat = row.membership
    return Holder(row.id, seat.user, seat.campaign, scopes, row.expires_on, row.last_week)


def act_of(holder: Holder, act_id: UUID, scope: Scope) -> Act:
    """An act of the holder's campaign. Raises MissingScope without the scope, NotFound for any other act."""
    if scope not in holder.scopes:
        raise MissingScope(scope)
    act = act_for(holder.user, act_id)
    if act.campaign_id != holder.campaign.id:
        # The holder may see it elsewhere, but this token is for one campaign.
        raise NotFound
    return act


def token_for(user: User, campaign_id: UUID, token_id: UUID) -> ApiToken:
    """A token that the user may revoke: their own, and for an organizer anybody's. Raises NotFound or Forbidden."""
    campaign = campaign_for(user, campaign_id, COUNTERS)
    rows = ApiToken.objects.filter(membership__campaign=campaign)
    found = rows.select_related("membership").filter(id=token_id).first()
    if found is None:
        raise NotFound
    if found.membership.user_id != user.pk and not _organizes(user, campaign):
        raise Forbidden
    return found


def _organizes(user: User, campaign: Campaign) -> bool:
    return user.memberships.filter(campaign=campaign, role=Role.ORGANIZER).exists()
