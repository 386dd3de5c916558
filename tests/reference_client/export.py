"""Sections 17 and 18: reads an export and a key file."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tests.reference_client import blindrsa, ed25519
from tests.reference_client.manifest import CLASS_NUMBERS, Manifest, read_manifest
from tests.reference_client.wire import ClientError, label, require, sha256, u8, u32, unb64u


@dataclass(frozen=True)
class Record:
    """A record that verified. `envelope` and `pk_w` are empty for a withdrawal."""

    nullifier: bytes
    version: int
    class_letter: str = ""
    pk_w: bytes = b""
    envelope: bytes = b""

    @property
    def record_id(self) -> str:
        return self.nullifier.hex()[:32]


@dataclass
class Export:
    """What a file says. `complete` is whether it ends with a trailer that fits."""

    manifest: Manifest
    records: dict[bytes, Record] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    complete: bool = False


def verify_record(manifest: Manifest, data: bytes) -> Record:
    """Everything between the kind and the end of a record."""
    request = data[1:]
    if data[0] == 2:
        version = int.from_bytes(data[33:37], "big")
        require(version > 0 and not any(data[37:]), "no version, or not zero after it")
        return Record(data[1:33], version)
    require(data[0] == 1 and request[0] == 1, "no kind of ours")
    require(request[1:33] == manifest.mh, "of another petition")
    letter = {number: letter for letter, number in CLASS_NUMBERS.items()}[request[33]]
    pk_w, prefix, token = request[38:70], request[70:102], request[102:486]
    message = u8(1) + manifest.mh + pk_w
    n = blindrsa.os2ip(manifest.modulus(letter))
    require(blindrsa.verify(n, prefix + message, token), "not a token of this petition")
    signed, signature = request[:-64], request[-64:]
    require(ed25519.verify(pk_w, label("send") + signed, signature), "not signed by its key")
    version = int.from_bytes(request[34:38], "big")
    require(version > 0, "no version")
    return Record(sha256(message), version, letter, pk_w, request[518:-64])


def read_export(source: BinaryIO) -> Export:
    """Keeps, of several records with one nullifier, the one with the highest version."""
    hashed = hashlib.sha256()

    def take(size: int) -> bytes:
        data = source.read(size)
        hashed.update(data)
        return data

    require(take(12) == b"RREXPORT" + u32(1), "not an export")
    export = Export(read_manifest(take(int.from_bytes(take(4), "big"))))
    for count, block in enumerate(_blocks(source, 583 + export.manifest.envelope_bytes)):
        if block[0] == 255:
            ending = count.to_bytes(8, "big") + hashed.digest()
            export.complete = block[1:41] == ending and not any(block[41:]) and not source.read(1)
            break
        hashed.update(block)
        _keep(export, block)
    return export


def _blocks(source: BinaryIO, size: int) -> Iterator[bytes]:
    while len(block := source.read(size)) == size:
        yield block


def _keep(export: Export, block: bytes) -> None:
    try:
        record = verify_record(export.manifest, block)
    except (ClientError, KeyError, ValueError) as error:
        nullifier = (
            block[1:33] if block[0] == 2 else sha256(u8(1) + export.manifest.mh + block[39:71])
        )
        export.problems.append(f"{nullifier.hex()[:32]}: {error}")
        return
    held = export.records.get(record.nullifier)
    withdraws = held is not None and record.version == held.version and not record.pk_w
    if held is None or record.version > held.version or withdraws:
        export.records[record.nullifier] = record


def read_key_file(data: bytes, passphrase: str) -> tuple[str, bytes]:
    """Audience id and the 32-byte seed."""
    content = json.loads(data)
    kdf, cipher = content["kdf"], content["cipher"]
    require(content["format"] == "roundrobin-key/1" and kdf["name"] == "scrypt", "not a key file")
    salt, nonce = unb64u(kdf["salt"], 16), unb64u(cipher["nonce"], 12)
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    key = Scrypt(salt, 32, kdf["n"], kdf["r"], kdf["p"]).derive(secret)
    public = unb64u(content["public_key"], 1216)
    sealed = unb64u(content["ciphertext"], 48)
    seed = AESGCM(key).decrypt(nonce, sealed, label("key") + public)
    return str(content["audience"]), seed
