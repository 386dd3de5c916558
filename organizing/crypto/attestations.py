"""Attestations: what was proven, signed by the issuing side and bound to C (docs/protocol.md section 7)."""

from dataclasses import dataclass

from organizing.crypto import ed25519
from organizing.crypto.encoding import EncodingError, pad, u16
from organizing.crypto.messages import open_message

SUBJECT_BYTES = 254
ATTESTATION_BYTES = 386
ATTESTATION = b"roundrobin/v1/attestation"


@dataclass(frozen=True, slots=True)
class Attestation:
    """Section 7: what was proven, bound to C. `subject` is an address, or empty for paper."""

    manifest_hash: bytes
    method: int
    subject: bytes
    commitment: bytes


def build_attestation(seed: bytes, attestation: Attestation) -> bytes:
    """386 bytes, signed with the 32-byte seed of the attestation key."""
    body = (
        b"\x01"
        + attestation.manifest_hash
        + bytes([attestation.method])
        + u16(len(attestation.subject))
        + pad(attestation.subject, SUBJECT_BYTES)
        + attestation.commitment
    )
    return body + ed25519.sign(seed, ATTESTATION + body)


def read_attestation(data: bytes, public: bytes) -> Attestation:
    """386 bytes. Raises EncodingError when the form or the signature is wrong."""
    reader = open_message(data, ATTESTATION_BYTES)
    attestation = Attestation(
        manifest_hash=reader.take(32),
        method=reader.number(1),
        subject=reader.field(SUBJECT_BYTES),
        commitment=reader.take(32),
    )
    if not ed25519.verify(public, ATTESTATION + data[: reader.at], reader.take(64)):
        raise EncodingError("not signed by the attestation key")
    return attestation
