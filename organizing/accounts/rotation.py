"""Second factors keep their secrets as text in JSON, sealed with the application's key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from organizing import keyring, resealing
from organizing.accounts.adapter import FACTOR_CONTEXT
from organizing.crypto.encoding import b64u, unb64u

# A passkey has nothing secret here.
_SECRETS = {
    Authenticator.Type.TOTP: ("secret",),
    Authenticator.Type.RECOVERY_CODES: ("seed",),
}


def _keys() -> list[int]:
    rows = Authenticator.objects.filter(type__in=_SECRETS)
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def _reseal(key: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return False
    sealed = {name: row.data[name] for name in _SECRETS[row.type] if row.data.get(name)}
    renewed = {name: _renewed(value) for name, value in sealed.items()}
    if renewed == sealed:
        return False
    row.data = {**row.data, **renewed}
    row.save(update_fields=["data"])
    return True


def _renewed(value: str) -> str:
    box = unb64u(value)
    if keyring.is_sealed_with_newest(box, FACTOR_CONTEXT):
        return value
    return b64u(keyring.seal(keyring.unseal(box, FACTOR_CONTEXT), FACTOR_CONTEXT))


def _unseal(key: int) -> None:
    row = Authenticator.objects.filter(pk=key).first()
    for name in _SECRETS[row.type] if row else ():
        if value := row.data.get(name):
            keyring.unseal(unb64u(value), FACTOR_CONTEXT)


resealing.register(resealing.Place("Authenticator", _keys, _reseal, _unseal))
