"""Makes a petition's keys and its manifest; can be killed and run again at any point."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from organizing import keyring
from organizing.crypto import issuing, manifests, tokens
from organizing.crypto.encoding import b64u
from organizing.petitions import selectors
from organizing.petitions.models import Audience, Petition, PetitionKeys, State
from organizing.petitions.signals import frozen

STEPS = 4


def freeze(*, petition_id: UUID) -> None:
    """freezing → frozen. Does nothing in any other state, so that it can be repeated."""
    petition = Petition.objects.get(id=petition_id)
    if petition.state != State.FREEZING:
        return
    keys = issuing.new_secrets(_make_issuers(petition))
    _show(petition, 3)
    wrapping = keyring.new_key("petition")
    sealed = issuing.wrap(keys, keyring.wrapping_key(wrapping))
    if not _finish(petition_id, keys, wrapping, sealed):
        keyring.destroy_key(wrapping)


def _make_issuers(petition: Petition) -> dict[int, tokens.IssuerKey]:
    issuers = {manifests.CLASS_A: tokens.generate_issuer_key()}
    _show(petition, 1)
    if petition.mailbox:
        issuers[manifests.CLASS_B] = tokens.generate_issuer_key()
    _show(petition, 2)
    return issuers


def _show(petition: Petition, step: int) -> None:
    Petition.objects.filter(id=petition.id, state=State.FREEZING).update(freeze_step=step)


@transaction.atomic
def _finish(petition_id: UUID, keys: issuing.IssuerSecrets, wrapping: str, sealed: bytes) -> bool:
    petition = Petition.objects.select_for_update().get(id=petition_id)
    if petition.state != State.FREEZING:
        # Another worker was faster.
        return False
    PetitionKeys.objects.create(petition=petition, wrapping_key_name=wrapping, sealed=sealed)
    petition.manifest = _manifest(petition, keys)
    petition.manifest_hash = hashlib.sha256(petition.manifest).digest()
    petition.state, petition.freeze_step = State.FROZEN, STEPS
    petition.save()
    frozen.send(Petition, petition=petition)
    return True


def _manifest(petition: Petition, keys: issuing.IssuerSecrets) -> bytes:
    audiences = list(Audience.objects.filter(petition=petition).order_by("position"))
    return manifests.encode(
        {
            "format": manifests.FORMAT,
            "petition": petition.public_id,
            "texts": _freeze_texts(petition),
            "issuers": [
                {"class": manifests.CLASS_LETTERS[c], "n": b64u(tokens.modulus_bytes(key.n))}
                for c, key in sorted(keys.issuers.items())
            ],
            "methods": [m for m, c in manifests.CLASS_OF_METHOD.items() if c in keys.issuers],
            "attestation_key": b64u(keys.attestation_key),
            "audiences": [
                {"id": a.slug, "key": b64u(bytes(a.public_key or b""))} for a in audiences
            ],
            "units": petition.units,
            "mail_domains": sorted(petition.mail_domains) if petition.mailbox else [],
            "k": petition.k,
            "epoch_seconds": petition.epoch_seconds,
            "opens": _time(petition.opens_at),
            "issuing_ends": _time(petition.issuing_ends_at),
            "sending_ends": _time(petition.sending_ends_at),
            "issuing_origin": settings.ISSUING_ORIGIN,
            "sending_origin": settings.SENDING_ORIGIN,
            "sizes": manifests.sizes(len(audiences)),
        }
    )


def _freeze_texts(petition: Petition) -> list[dict[str, str]]:
    entries = []
    for language, row in selectors.latest_texts(petition).items():
        data = selectors.open_text(row).data
        entries.append({"language": language, "sha256": b64u(hashlib.sha256(data).digest())})
        row.frozen = True
        row.save(update_fields=["frozen"])
    return sorted(entries, key=lambda entry: entry["language"])


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
