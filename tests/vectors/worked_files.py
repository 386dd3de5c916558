"""The two files of the worked example: an export and a key file."""

from __future__ import annotations

import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tests.reference_client.manifest import Manifest
from tests.reference_client.wire import b64u, label, padded, sha256, u8, u32

PASSPHRASE = "correct horse battery staple"
SALT, NONCE = bytes(range(16)), bytes(range(12))
WITHDRAWN = b"\xff" * 32


def public_key(seed: bytes) -> bytes:
    """The X-Wing public key of a seed."""
    wide = hashlib.shake_256(seed).digest(96)
    first = MLKEM768PrivateKey.from_seed_bytes(wide[:64]).public_key().public_bytes_raw()
    return first + X25519PrivateKey.from_private_bytes(wide[64:]).public_key().public_bytes_raw()


def export(manifest: Manifest, send_request: bytes) -> bytes:
    """One signature, and one withdrawn that has the highest possible nullifier."""
    size = 583 + manifest.envelope_bytes
    head = b"RREXPORT" + u32(1) + u32(len(manifest.data)) + manifest.data
    signature = u8(1) + send_request[: size - 1]
    body = head + signature + padded(u8(2) + WITHDRAWN + u32(3), size)
    return body + padded(u8(255) + (2).to_bytes(8, "big") + sha256(body), size)


def key_file(seed: bytes) -> bytes:
    """Under a passphrase that everybody knows."""
    public = public_key(seed)
    key = Scrypt(SALT, 32, n=131072, r=8, p=1).derive(PASSPHRASE.encode())
    content = {
        "format": "roundrobin-key/1",
        "audience": "organizers",
        "public_key": b64u(public),
        "kdf": {"name": "scrypt", "n": 131072, "r": 8, "p": 1, "salt": b64u(SALT)},
        "cipher": {"name": "AES-256-GCM", "nonce": b64u(NONCE)},
        "ciphertext": b64u(AESGCM(key).encrypt(NONCE, seed, label("key") + public)),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def values(manifest: Manifest, send_request: bytes, seed: bytes) -> dict[str, bytes]:
    """Both files, by the names of the page."""
    return {"export": export(manifest, send_request), "key file": key_file(seed)}
