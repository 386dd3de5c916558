"""Exports made by hand for the opener: a petition that no site ever had, and whoever signed it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from organizing.crypto.keyfiles import AudienceKey, write_key_file
from tests.reference_client import blindrsa, envelope, messages
from tests.reference_client.manifest import Manifest, read_manifest
from tests.reference_client.messages import NO_UNIT, Content
from tests.reference_client.secret import Signer
from tests.reference_client.wire import b64u, padded, sha256, u8, u32
from tests.vectors import worked_example, worked_files
from tests.vectors.worked_example import Issuer

PASSPHRASE = "correct horse battery staple"
RECORD_BYTES = 583 + 2672
Envelope = dict[str, envelope.Named]


@lru_cache(maxsize=1)
def issuers() -> dict[str, Issuer]:
    return {letter: Issuer(letter) for letter in "AB"}


@lru_cache(maxsize=1)
def manifest() -> Manifest:
    return read_manifest(worked_example.manifest_bytes(issuers()))


@lru_cache(maxsize=2)
def private_key(letter: str) -> rsa.RSAPrivateKey:
    key = issuers()[letter]
    d = pow(blindrsa.E, -1, (key.p - 1) * (key.q - 1))
    crt = (d % (key.p - 1), d % (key.q - 1), pow(key.q, -1, key.p))
    public = rsa.RSAPublicNumbers(blindrsa.E, key.n)
    return rsa.RSAPrivateNumbers(key.p, key.q, d, *crt, public).private_key()


@lru_cache(maxsize=1)
def organizers_key() -> AudienceKey:
    seed = worked_example.audience_seed()
    return AudienceKey("organizers", seed, worked_files.public_key(seed))


@lru_cache(maxsize=1)
def _key_file_text() -> str:
    return write_key_file(organizers_key(), PASSPHRASE)


def key_file(folder: Path) -> Path:
    """The organizers' key under PASSPHRASE."""
    path = folder / "key.json"
    path.write_text(_key_file_text())
    return path


@dataclass
class Worker:
    """Somebody who signed, by paper code or, with an address, by mailbox."""

    name: str = ""
    address: str = ""
    job_title: str = ""
    site: str = ""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def signer(self) -> Signer:
        return Signer(self.secret, manifest())

    @property
    def letter(self) -> str:
        return "B" if self.address else "A"

    @property
    def token(self) -> bytes:
        """As the issuer would sign it blindly; by one plain signature, which is faster."""
        pss = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
        return private_key(self.letter).sign(self.signer.prepared, pss, hashes.SHA384())

    @property
    def attestation(self) -> bytes:
        method = 2 if self.address else 1
        commitment = self.signer.commitment
        return worked_example.attestation(manifest().mh, method, self.address.encode(), commitment)

    def named(self, **changes: str) -> envelope.Named:
        """The fields of the organizers' slot."""
        fields = {
            "name": self.name,
            "job_title": self.job_title,
            "site": self.site,
            "language": "en",
            "text": b64u(manifest().text_hash("en")),
            "day": "2026-11-24",
            "consent": b64u(sha256(worked_example.CONSENT.encode())),
            "attestation": b64u(self.attestation),
            "opening": b64u(self.signer.rc),
            **changes,
        }
        return {key: value for key, value in fields.items() if value}

    @property
    def record_id(self) -> str:
        return self.signer.nullifier.hex()[:32]

    def seal(self, fields: envelope.Named | None) -> bytes:
        chosen = {"organizers": fields} if fields else {}
        return envelope.seal(manifest(), self.signer.pk_w, chosen)

    def record(
        self, version: int = 1, sealed: bytes | None = None, letter: str = "", token: bytes = b""
    ) -> bytes:
        """R bytes. Named where there is a name, if `sealed` is not given."""
        if sealed is None:
            sealed = self.seal(self.named() if self.name else None)
        content = Content(letter or self.letter, version, token or self.token, NO_UNIT, sealed)
        return u8(1) + messages.send_request(self.signer, content)[: RECORD_BYTES - 1]

    def withdrawal(self, version: int) -> bytes:
        return padded(u8(2) + self.signer.nullifier + u32(version), RECORD_BYTES)


def nullifier_of(record: bytes) -> bytes:
    if record[0] == 2:
        return record[1:33]
    return sha256(u8(1) + manifest().mh + record[39:71])


def _order(record: bytes) -> str:
    return nullifier_of(record).hex()


def head() -> bytes:
    data = manifest().data
    return b"RREXPORT" + u32(1) + u32(len(data)) + data


def export(records: list[bytes], in_order: bool = True) -> bytes:
    """The file with its trailer."""
    ordered = sorted(records, key=_order) if in_order else records
    body = head() + b"".join(ordered)
    trailer = u8(255) + len(records).to_bytes(8, "big") + sha256(body)
    return body + padded(trailer, RECORD_BYTES)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
