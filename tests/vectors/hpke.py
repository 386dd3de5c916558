"""RFC 9180 base mode and X-Wing written out, and the vectors that `cryptography_vectors` has of both."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

XWING, HKDF_SHA256, AES_256_GCM, CHACHA = 0x647A, 1, 2, 3
_XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")
_CIPHERS: dict[int, type[AESGCM] | type[ChaCha20Poly1305]] = {
    AES_256_GCM: AESGCM,
    CHACHA: ChaCha20Poly1305,
}


def published(file: str, **wanted: int) -> list[dict[str, Any]]:
    """Vectors of one of the two files, for these identifiers."""
    text = files("cryptography_vectors").joinpath("HPKE", file).read_text()
    return [v for v in json.loads(text) if all(v[name] == value for name, value in wanted.items())]


def xwing_decapsulate(seed: bytes, enc: bytes) -> bytes:
    """draft-connolly-cfrg-xwing-kem section 5.5: the shared secret, 32 bytes."""
    wide = hashlib.shake_256(seed).digest(96)
    curve = X25519PrivateKey.from_private_bytes(wide[64:])
    first = MLKEM768PrivateKey.from_seed_bytes(wide[:64]).decapsulate(enc[:1088])
    second = curve.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    public = curve.public_key().public_bytes_raw()
    return hashlib.sha3_256(first + second + enc[1088:] + public + _XWING_LABEL).digest()


@dataclass(frozen=True)
class Context:
    """What the key schedule gives."""

    aead: int
    key: bytes
    base_nonce: bytes
    exporter_secret: bytes

    def open(self, sealed: bytes, aad: bytes, sequence: int = 0) -> bytes:
        """ContextR.Open (section 5.2)."""
        number = int.from_bytes(self.base_nonce, "big") ^ sequence
        return _CIPHERS[self.aead](self.key).decrypt(number.to_bytes(12, "big"), sealed, aad)


def key_schedule(kem: int, aead: int, shared_secret: bytes, info: bytes) -> Context:
    """Section 5.1, base mode, HKDF-SHA256."""
    suite = b"HPKE" + b"".join(n.to_bytes(2, "big") for n in (kem, HKDF_SHA256, aead))

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt, b"HPKE-v1" + suite + label + ikm, "sha256")

    def expand(key: bytes, label: bytes, context: bytes, length: int) -> bytes:
        labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return hmac.digest(key, labeled + b"\x01", "sha256")[:length]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared_secret, b"secret", b"")
    return Context(
        aead,
        expand(secret, b"key", context, 32),
        expand(secret, b"base_nonce", context, 12),
        expand(secret, b"exp", context, 32),
    )
