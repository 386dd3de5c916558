"""Makes and revokes tokens, and notes the week of their last use."""

import secrets
from datetime import date, timedelta

from django.db import transaction

from organizing.accounts.models import Membership
from organizing.api.access import TOKEN_BYTES, Holder, digest, spelled
from organizing.api.models import ApiToken, Scope
from organizing.errors import WrongState

MOST_TOKENS = 5


@transaction.atomic
def make_token(*, membership: Membership, scopes: frozenset[Scope], days: int, today: date) -> str:
    """A token, returned for the only time. Raises WrongState where a member has five already."""
    Membership.objects.select_for_update().get(id=membership.id)
    if ApiToken.objects.filter(membership=membership, expires_on__gte=today).count() >= MOST_TOKENS:
        raise WrongState
    secret = secrets.token_bytes(TOKEN_BYTES)
    ApiToken.objects.create(
        membership=membership,
        token_hash=digest(secret),
        scopes=sorted(scope.value for scope in scopes),
        made_on=today,
        expires_on=today + timedelta(days=days),
    )
    return spelled(secret)


@transaction.atomic
def revoke_token(*, token: ApiToken) -> None:
    """Makes a token worthless, at once."""
    ApiToken.objects.filter(id=token.id).delete()


def revoke_all(*, user_id: int) -> None:
    """Makes every token of an account worthless, in whatever campaign."""
    ApiToken.objects.filter(membership__user_id=user_id).delete()


def note_use(*, holder: Holder, today: date) -> None:
    """Keeps the week in which a token was last used; writes once a week."""
    monday = today - timedelta(days=today.weekday())
    if holder.last_week != monday:
        ApiToken.objects.filter(id=holder.token_id).update(last_week=monday)
