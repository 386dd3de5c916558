"""An audience's private key under a passphrase (docs/protocol.md section 18)."""

import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from organizing.crypto import sealing
from organizing.crypto.encoding import b64u, unb64u

FORMAT = "roundrobin-key/1"
CONTEXT = b"roundrobin/v1/key"
SALT_BYTES = 16
NONCE_BYTES = 12
# Fixed: a file that asks for less was not made here, and one that asks for more could stall a reader.
_COST = {"name": "scrypt", "n": 131072, "r": 8, "p": 1}
_AUDIENCE = re.compile(r"[a-z0-9-]{1,32}\Z")


class KeyFileError(ValueError):
    """A file that is no key file, or is damaged."""


class WrongPassphrase(KeyFileError):
    """The passphrase does not open the file."""


@dataclass(frozen=True, slots=True)
class AudienceKey:
    """The X-Wing key of one audience: a seed of 32 bytes, a public key of 1216."""

    audience: str
    seed: bytes
    public_key: bytes


def new_audience_key(audience: str) -> AudienceKey:
    """A fresh key. Organizers make theirs in the browser; this is for demos and tests."""
    seed = secrets.token_bytes(sealing.SEED_BYTES)
    return AudienceKey(audience, seed, sealing.public_key_bytes(seed))


def _passphrase_key(passphrase: str, salt: bytes) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return Scrypt(salt, 32, n=131072, r=8, p=1).derive(secret)


def write_key_file(key: AudienceKey, passphrase: str) -> str:
    """The text of a key file. Takes about half a second and 128 MiB, as scrypt is meant to."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_passphrase_key(passphrase, salt))
    content = {
        "format": FORMAT,
        "audience": key.audience,
        "public_key": b64u(key.public_key),
        "kdf": {**_COST, "salt": b64u(salt)},
        "cipher": {"name": "AES-256-GCM", "nonce": b64u(nonce)},
        "ciphertext": b64u(cipher.encrypt(nonce, key.seed, CONTEXT + key.public_key)),
    }
    return json.dumps(content, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class _Fields:
    audience: str
    public_key: bytes
    salt: bytes
    nonce: bytes
    ciphertext: bytes


def _fields(content: dict[str, Any]) -> _Fields:
    kdf, cipher = content["kdf"], content["cipher"]
    cost = {name: kdf[name] for name in _COST}
    if (content["format"], cost, cipher["name"]) != (FORMAT, _COST, "AES-256-GCM"):
        raise KeyFileError("not a key file of version 1")
    if not _AUDIENCE.match(content["audience"]):
        raise KeyFileError("not an audience")
    return _Fields(
        content["audience"],
        unb64u(content["public_key"], sealing.PUBLIC_KEY_BYTES),
        unb64u(kdf["salt"], SALT_BYTES),
        unb64u(cipher["nonce"], NONCE_BYTES),
        unb64u(content["ciphertext"], sealing.SEED_BYTES + 16),
    )


def _parse(data: bytes) -> _Fields:
    try:
        return _fields(json.loads(data))
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        raise KeyFileError("not a key file") from error


def read_key_file(data: bytes, passphrase: str) -> AudienceKey:
    """Opens a key file. Raises WrongPassphrase or KeyFileError."""
    found = _parse(data)
    cipher = AESGCM(_passphrase_key(passphrase, found.salt))
    try:
        seed = cipher.decrypt(found.nonce, found.ciphertext, CONTEXT + found.public_key)
    except InvalidTag as error:
        raise WrongPassphrase("the passphrase does not open this file") from error
    if sealing.public_key_bytes(seed) != found.public_key:
        raise KeyFileError("the file holds another key than it names")
    return AudienceKey(found.audience, seed, found.public_key)
