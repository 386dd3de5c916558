"""What counts as a second factor here, and whether this session has used one."""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from organizing.accounts.models import User

# Recovery codes stand in for a factor that is lost; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_set_up(user: User) -> bool:
    """Whether the account has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def was_used(request: HttpRequest, user: User) -> bool:
    """Whether this session has used a factor that the account still has."""
    records = get_authentication_records(request, user)
    used = {record.get("id") for record in records if record.get("method") == "mfa"}
    return bool(used) and Authenticator.objects.filter(user=user, id__in=used).exists()


def require_recent_proof(request: HttpRequest) -> None:
    """Raises allauth's ReauthenticationRequired, which its middleware answers, after five minutes."""
    raise_if_reauthentication_required(request, app="allauth.mfa")


def where_to_use(user: User) -> str:
    """The address at which a signed-in user gives a code or touches a key."""
    methods = get_adapter().get_reauthentication_methods(user)
    return next(str(m["url"]) for m in methods if m["id"].startswith("mfa_reauthenticate"))


def remember_use(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Setting a factor up has just shown that it works: that counts as a use."""
    record_authentication(request, user, "mfa", id=authenticator.pk, type=str(authenticator.type))


def remember_password(request: HttpRequest, user: User) -> None:
    """The password was typed a moment ago: what follows does not ask for it again."""
    record_authentication(request, user, "password", reauthenticated=True)


def remove_all(user: User) -> None:
    """Forgets every factor and every recovery code of the account."""
    Authenticator.objects.filter(user=user).delete()
