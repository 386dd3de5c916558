"""Sections 5 to 7 and 10 to 12: request bodies, and the attestation."""

from dataclasses import dataclass

from tests.reference_client import ed25519
from tests.reference_client.manifest import CLASS_NUMBERS
from tests.reference_client.secret import Signer
from tests.reference_client.wire import label, padded, require, u8, u16, u32, zeros

NO_UNIT = zeros(16)


def read_code(typed: str) -> str:
    """What a person typed, as it is sent."""
    plain = "".join(typed.replace("-", "").split()).upper()
    return plain.translate({ord("O"): "0", ord("I"): "1", ord("L"): "1"})


def read_address(typed: str) -> str:
    """Trimmed, lower-cased, without a tag."""
    local, domain = typed.strip().lower().split("@")
    return f"{local.split('+')[0]}@{domain}"


def paper_proof(typed: str) -> bytes:
    return read_code(typed).encode("ascii")


def mailbox_proof(address: str, typed: str) -> bytes:
    return read_address(address).encode("ascii") + u8(0) + read_code(typed).encode("ascii")


def code_request(mh: bytes, language: str, address: str) -> bytes:
    name = read_address(address).encode("ascii")
    fields = u8(1) + mh + padded(language.encode("ascii"), 16) + u16(len(name)) + padded(name, 254)
    return padded(fields, 512)


def issue_request(signer: Signer, method: int, proof: bytes, modulus: bytes) -> bytes:
    head = u8(1) + signer.manifest.mh + u8(method) + u16(len(proof)) + padded(proof, 318)
    return padded(head + signer.commitment + signer.blinded(modulus), 1024)


@dataclass(frozen=True)
class Content:
    """What a signature says: class, version, token, unit and envelope."""

    class_letter: str
    version: int
    token: bytes
    unit: bytes
    envelope: bytes


def send_request(signer: Signer, content: Content) -> bytes:
    signed = (
        u8(1)
        + signer.manifest.mh
        + u8(CLASS_NUMBERS[content.class_letter])
        + u32(content.version)
        + signer.pk_w
        + signer.prefix
        + content.token
        + signer.unit_commitment(content.unit)
        + content.envelope
    )
    require(len(signed) == 518 + signer.manifest.envelope_bytes, "wrong size of a field")
    signature = ed25519.sign(signer.seed, label("send") + signed)
    return padded(signed + signature + content.unit + signer.ru, signer.manifest.send_bytes)


def status_request(signer: Signer) -> bytes:
    signed = u8(1) + signer.manifest.mh + signer.pk_w
    signature = ed25519.sign(signer.seed, label("status") + signed)
    return padded(signed + signature, signer.manifest.send_bytes)


def withdraw_request(signer: Signer, version: int) -> bytes:
    signed = u8(1) + signer.manifest.mh + u32(version) + signer.pk_w
    signature = ed25519.sign(signer.seed, label("withdraw") + signed)
    return padded(signed + signature + signer.ru, signer.manifest.send_bytes)


@dataclass(frozen=True)
class Attestation:
    """What the site says was proven, bound to `C`."""

    mh: bytes
    method: int
    subject: str
    commitment: bytes


def read_attestation(data: bytes, key: bytes) -> Attestation:
    """386 bytes, signed by the attestation key of the manifest."""
    require(len(data) == 386 and data[0] == 1, "not an attestation")
    signed, length = data[:322], int.from_bytes(data[34:36], "big")
    require(
        ed25519.verify(key, label("attestation") + signed, data[322:]), "not signed by the site"
    )
    require(length <= 254 and not any(data[36 + length : 290]), "not an attestation")
    subject = data[36 : 36 + length].decode("ascii")
    return Attestation(data[1:33], data[33], subject, data[290:322])
