"""Envelopes: one sealed slot for each audience, all of one size (docs/protocol.md section 9)."""

import json

from organizing.crypto import sealing
from organizing.crypto.encoding import EncodingError, Reader, pad, u16
from organizing.crypto.manifests import SLOT_BYTES, SLOT_PLAINTEXT_BYTES, Manifest

LABEL = b"roundrobin/v1/envelope"


def slot_info(manifest_hash: bytes, audience: str, pk_w: bytes) -> bytes:
    """The HPKE `info` that ties a slot to manifest, audience and signature."""
    name = audience.encode("ascii")
    return LABEL + manifest_hash + bytes([len(name)]) + name + pk_w


def seal_envelope(manifest: Manifest, pk_w: bytes, chosen: dict[str, dict[str, str]]) -> bytes:
    """All slots in manifest order; `chosen` maps audience id to the fields of section 9."""
    slots = []
    for audience, key in manifest.audiences:
        plaintext = slot_plaintext(chosen.get(audience))
        info = slot_info(manifest.hash, audience, pk_w)
        slots.append(sealing.seal_slot(sealing.load_public_key(key), plaintext, info))
    return b"".join(slots)


def slot_plaintext(fields: dict[str, str] | None) -> bytes:
    """1536 bytes: zeros for an audience not chosen. Raises EncodingError when the fields are too long."""
    if fields is None:
        return bytes(SLOT_PLAINTEXT_BYTES)
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return pad(b"\x01" + u16(len(text)) + text, SLOT_PLAINTEXT_BYTES)


def slot_of(envelope: bytes, manifest: Manifest, audience: str) -> bytes:
    """The 2672 bytes of one audience. Raises EncodingError for an audience not in the manifest."""
    for position, (name, _key) in enumerate(manifest.audiences):
        if name == audience:
            return envelope[position * SLOT_BYTES : (position + 1) * SLOT_BYTES]
    raise EncodingError("no such audience")


def read_slot(plaintext: bytes) -> dict[str, str] | None:
    """The fields of an opened slot, or None for one not chosen. Raises EncodingError."""
    if len(plaintext) != SLOT_PLAINTEXT_BYTES:
        raise EncodingError("wrong size")
    if not any(plaintext):
        return None
    reader = Reader(plaintext)
    if reader.number(1) != 1:
        raise EncodingError("unknown kind of slot")
    try:
        fields = json.loads(reader.field(SLOT_PLAINTEXT_BYTES - 3))
    except ValueError as error:
        raise EncodingError("not JSON") from error
    if not isinstance(fields, dict) or not all(isinstance(v, str) for v in fields.values()):
        raise EncodingError("not an object of strings")
    return fields
