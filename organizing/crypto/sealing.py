"""Sealed bytes: HPKE to an audience (RFC 9180), and AES-256-GCM boxes for the server's own storage."""

import hashlib
import secrets
from typing import NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SealedSlot = NewType("SealedSlot", bytes)

SEED_BYTES = 32
PUBLIC_KEY_BYTES = 1216
OVERHEAD_BYTES = 1120 + 16
BOX_OVERHEAD_BYTES = 12 + 16
_MLKEM_PUBLIC_BYTES = 1184
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class SealingError(ValueError):
    """A key that is not one, or sealed bytes that this key does not open."""


def private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The X-Wing private key of a 32-byte seed: SHAKE256 to 96 bytes, 64 for ML-KEM, 32 for X25519."""
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )


def public_key_bytes(seed: bytes) -> bytes:
    """The 1216-byte X-Wing public key of a 32-byte seed."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key().public_bytes_raw()
    curve = X25519PrivateKey.from_private_bytes(expanded[64:]).public_key().public_bytes_raw()
    return mlkem + curve


def load_public_key(data: bytes) -> MLKEM768X25519PublicKey:
    """The X-Wing public key in 1216 bytes. Raises SealingError."""
    if len(data) != PUBLIC_KEY_BYTES:
        raise SealingError("an X-Wing public key has 1216 bytes")
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(data[_MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError as error:
        raise SealingError("not an X-Wing public key") from error


def seal_slot(public: MLKEM768X25519PublicKey, plaintext: bytes, info: bytes) -> SealedSlot:
    """HPKE SealBase with empty AAD: enc (1120) and ciphertext with its tag (RFC 9180 section 6.1)."""
    return SealedSlot(_SUITE.encrypt(plaintext, public, info))


def open_slot(private: MLKEM768X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """HPKE OpenBase with empty AAD. Raises SealingError."""
    try:
        return _SUITE.decrypt(sealed, private, info)
    except (InvalidTag, ValueError) as error:
        raise SealingError("this key does not open these bytes") from error


def seal_box(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a 32-byte key: nonce (12), ciphertext, tag (16); `context` is authenticated."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def open_box(key: bytes, box: bytes, context: bytes) -> bytes:
    """Inverse of `seal_box`. Raises SealingError."""
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], context)
    except (InvalidTag, ValueError) as error:
        raise SealingError("this key does not open this box") from error
