"""What petitions erase, and when."""

from datetime import datetime

from organizing import keyring
from organizing.petitions.models import PetitionKeys
from organizing.safety.retention import Rule, register


def _destroy_keys(now: datetime) -> None:
    for row in PetitionKeys.objects.filter(petition__sending_ends_at__lte=now):
        keyring.destroy_key(row.wrapping_key_name)
        row.delete()


register(
    Rule(
        "issuing keys",
        "Issuer, attestation, tag and code keys of a petition, once sending has ended.",
        _destroy_keys,
    )
)
