"""Section 9: the envelope. HPKE base mode with X-Wing from the `cryptography` package."""

import hashlib
import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from tests.reference_client.manifest import SLOT_BYTES, Manifest
from tests.reference_client.wire import ClientError, label, padded, require, u8, u16, zeros

PLAINTEXT_BYTES = 1536
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
Named = dict[str, str]


def public_key(data: bytes) -> MLKEM768X25519PublicKey:
    """ML-KEM-768 encapsulation key (1184), then the X25519 key (32)."""
    first = MLKEM768PublicKey.from_public_bytes(data[:1184])
    return MLKEM768X25519PublicKey(first, X25519PublicKey.from_public_bytes(data[1184:]))


def private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """SHAKE256 to 96 bytes: the ML-KEM-768 seed, then the X25519 private key."""
    wide = hashlib.shake_256(seed).digest(96)
    first = MLKEM768PrivateKey.from_seed_bytes(wide[:64])
    return MLKEM768X25519PrivateKey(first, X25519PrivateKey.from_private_bytes(wide[64:]))


def info(mh: bytes, audience: str, pk_w: bytes) -> bytes:
    name = audience.encode("ascii")
    return label("envelope") + mh + u8(len(name)) + name + pk_w


def plaintext(named: Named | None) -> bytes:
    """1536 bytes; zeros for an audience that was not chosen."""
    if named is None:
        return zeros(PLAINTEXT_BYTES)
    text = json.dumps(named, ensure_ascii=False).encode()
    require(len(text) <= 1533, "too long for a slot")
    return padded(u8(1) + u16(len(text)) + text, PLAINTEXT_BYTES)


def seal(manifest: Manifest, pk_w: bytes, chosen: dict[str, Named]) -> bytes:
    """One slot for each audience, always all of them, in manifest order."""
    require(set(chosen) <= {name for name, _key in manifest.audiences}, "no such audience")
    slots = [
        SUITE.encrypt(plaintext(chosen.get(name)), public_key(key), info(manifest.mh, name, pk_w))
        for name, key in manifest.audiences
    ]
    require(all(len(slot) == SLOT_BYTES for slot in slots), "wrong size of a slot")
    return b"".join(slots)


def open_slot(
    manifest: Manifest, pk_w: bytes, envelope: bytes, audience: str, seed: bytes
) -> Named | None:
    """What one audience reads; None where it was not chosen."""
    at = [name for name, _key in manifest.audiences].index(audience) * SLOT_BYTES
    try:
        sealed = envelope[at : at + SLOT_BYTES]
        content = SUITE.decrypt(sealed, private_key(seed), info(manifest.mh, audience, pk_w))
    except InvalidTag as error:
        raise ClientError("this key does not open this slot") from error
    if content == zeros(PLAINTEXT_BYTES):
        return None
    length = int.from_bytes(content[1:3], "big")
    require(content[0] == 1 and not any(content[3 + length :]), "not a slot")
    named: Named = json.loads(content[3 : 3 + length])
    return named
