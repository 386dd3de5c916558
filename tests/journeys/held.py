"""What the site holds of a petition, waiting or counted, opened with the organizers' key."""

from __future__ import annotations

from typing import Any

from organizing import keyring
from organizing.crypto import envelopes, manifests, messages, sealing
from organizing.crypto.encoding import unb64u
from organizing.petitions.models import Petition
from organizing.signing import epochs
from organizing.signing.models import Epoch, PendingRecord, Signature


def held(*, petition: str, seed: str) -> list[dict[str, Any]]:
    """The newest state of each signature: id, class, version, whether withdrawn, and names.

    A batch can come in between: then everything is read again.
    """
    while True:
        try:
            return _read(Petition.objects.get(id=petition), unb64u(seed, 32))
        except keyring.KeyGone:
            continue


def _read(petition: Petition, seed: bytes) -> list[dict[str, Any]]:
    found: dict[bytes, tuple[int, str, bytes]] = {}
    for epoch in list(Epoch.objects.filter(petition=petition)):
        for row in PendingRecord.objects.filter(epoch=epoch):
            waiting = epochs.unseal(keyring.epoch_key(epoch.key_name), bytes(row.sealed))
            letter = manifests.CLASS_LETTERS[epoch.proof_class]
            newest = (waiting.version, letter, waiting.record)
            found[waiting.nullifier] = max(found.get(waiting.nullifier, newest), newest)
    for counted in Signature.objects.filter(petition=petition):
        letter = manifests.CLASS_LETTERS[counted.proof_class]
        newest = (counted.version, letter, bytes(counted.record or b""))
        nullifier = bytes(counted.nullifier)
        found[nullifier] = max(found.get(nullifier, newest), newest)
    manifest = manifests.read(bytes(petition.manifest or b""))
    return [_describe(manifest, seed, nullifier, *state) for nullifier, state in found.items()]


def _describe(
    manifest: manifests.Manifest,
    seed: bytes,
    nullifier: bytes,
    version: int,
    letter: str,
    record: bytes,
) -> dict[str, Any]:
    state = {"id": nullifier.hex()[:32], "class": letter, "version": version}
    named = _open(manifest, seed, record) if record else None
    return {**state, "withdrawn": not record, "named": named}


def _open(manifest: manifests.Manifest, seed: bytes, record: bytes) -> dict[str, str] | None:
    sent = messages.read_record(record, manifest.envelope_bytes)
    slot = envelopes.slot_of(sent.envelope, manifest, "organizers")
    info = envelopes.slot_info(manifest.hash, "organizers", sent.pk_w)
    return envelopes.read_slot(sealing.open_slot(sealing.private_key(seed), slot, info))
