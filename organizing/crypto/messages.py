"""Every message between client and site, byte for byte (docs/protocol.md sections 6 to 12).

`read_*` parse a request and raise EncodingError; `build_*` are the other side of the same layout.
"""

from dataclasses import dataclass

from organizing.crypto import derivation, ed25519
from organizing.crypto.encoding import EncodingError, Reader, pad, u16, u32
from organizing.crypto.manifests import CODE_BYTES, ISSUE_BYTES, Manifest

VERSION = 1
PROOF_BYTES = 318
SEND = b"roundrobin/v1/send"
STATUS = b"roundrobin/v1/status"
WITHDRAW = b"roundrobin/v1/withdraw"


def open_message(data: bytes, size: int) -> Reader:
    """A reader behind the version byte of a message of one size. Raises EncodingError."""
    if len(data) != size or data[0] != VERSION:
        raise EncodingError("wrong size or version")
    reader = Reader(data)
    reader.take(1)
    return reader


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Section 6. `address` as typed."""

    manifest_hash: bytes
    language: str
    address: str


def read_code_request(data: bytes) -> CodeRequest:
    """512 bytes."""
    reader = open_message(data, CODE_BYTES)
    manifest_hash, language = reader.take(32), reader.take(16).rstrip(b"\0")
    address = reader.field(254)
    reader.end()
    if not address:
        raise EncodingError("no address")
    try:
        return CodeRequest(manifest_hash, language.decode("ascii"), address.decode())
    except UnicodeDecodeError as error:
        raise EncodingError("not text") from error


def build_code_request(manifest_hash: bytes, language: str, address: str) -> bytes:
    """512 bytes."""
    name = address.encode()
    head = b"\x01" + manifest_hash + pad(language.encode("ascii"), 16)
    return pad(head + u16(len(name)) + pad(name, 254), CODE_BYTES)


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """Section 7. `proof` is 1 to 318 bytes, `commitment` C 32, `blinded` 384."""

    manifest_hash: bytes
    method: int
    proof: bytes
    commitment: bytes
    blinded: bytes


def read_issue_request(data: bytes) -> IssueRequest:
    """1024 bytes."""
    reader = open_message(data, ISSUE_BYTES)
    request = IssueRequest(
        manifest_hash=reader.take(32),
        method=reader.number(1),
        proof=reader.field(PROOF_BYTES),
        commitment=reader.take(32),
        blinded=reader.take(384),
    )
    reader.end()
    if not request.proof:
        raise EncodingError("no proof")
    return request


def build_issue_request(request: IssueRequest) -> bytes:
    """1024 bytes."""
    head = b"\x01" + request.manifest_hash + bytes([request.method])
    proof = u16(len(request.proof)) + pad(request.proof, PROOF_BYTES)
    return pad(head + proof + request.commitment + request.blinded, ISSUE_BYTES)


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Section 10. `record` is everything up to and including the Ed25519 signature."""

    manifest_hash: bytes
    class_: int
    version: int
    pk_w: bytes
    prefix: bytes
    token: bytes
    unit_commitment: bytes
    envelope: bytes
    signature: bytes
    unit: bytes
    unit_randomness: bytes
    record: bytes

    @property
    def nullifier(self) -> bytes:
        """32 bytes."""
        return derivation.nullifier(self.manifest_hash, self.pk_w)

    def signature_holds(self) -> bool:
        """Whether pk_w signed everything before the signature."""
        return ed25519.verify(self.pk_w, SEND + self.record[:-64], self.signature)


def read_send_request(data: bytes, manifest: Manifest) -> SendRequest:
    """`manifest.send_bytes` bytes."""
    reader = open_message(data, manifest.send_bytes)
    fields = _read_record(reader, manifest.envelope_bytes)
    record = data[: reader.at]
    unit, randomness = reader.take(16), reader.take(32)
    reader.end()
    return SendRequest(*fields, unit, randomness, record)


def read_record(record: bytes, envelope_bytes: int) -> SendRequest:
    """The first 582 + L bytes of a send request, as an export carries them; the unit is unknown."""
    reader = open_message(record, 582 + envelope_bytes)
    return SendRequest(*_read_record(reader, envelope_bytes), b"", b"", record)


def _read_record(
    reader: Reader, envelope_bytes: int
) -> tuple[bytes, int, int, bytes, bytes, bytes, bytes, bytes, bytes]:
    fields = (
        reader.take(32),
        reader.number(1),
        reader.number(4),
        reader.take(32),
        reader.take(32),
        reader.take(384),
        reader.take(32),
        reader.take(envelope_bytes),
        reader.take(64),
    )
    if fields[2] < 1:
        raise EncodingError("versions start at 1")
    return fields


def unit_commitment(record: bytes) -> bytes:
    """U (32 bytes) of a record."""
    return record[486:518]


@dataclass(frozen=True, slots=True)
class SendContent:
    """What a signer decides: class, version, token (384), unit (16) and all slots."""

    class_: int
    version: int
    token: bytes
    unit: bytes
    envelope: bytes


def build_send_request(signer: derivation.Signer, content: SendContent, size: int) -> bytes:
    """`size` bytes: `manifest.send_bytes`."""
    body = (
        b"\x01"
        + signer.manifest_hash
        + bytes([content.class_])
        + u32(content.version)
        + signer.pk_w
        + signer.prefix
        + content.token
        + derivation.commit_unit(signer.unit_randomness, content.unit)
        + content.envelope
    )
    signature = ed25519.sign(signer.seed, SEND + body)
    return pad(body + signature + content.unit + signer.unit_randomness, size)


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """Section 11."""

    manifest_hash: bytes
    pk_w: bytes
    signed: bool


def read_status_request(data: bytes, size: int) -> StatusRequest:
    """`size` bytes: `manifest.send_bytes`."""
    reader = open_message(data, size)
    manifest_hash, pk_w = reader.take(32), reader.take(32)
    signed = ed25519.verify(pk_w, STATUS + data[: reader.at], reader.take(64))
    reader.end()
    return StatusRequest(manifest_hash, pk_w, signed)


def build_status_request(signer: derivation.Signer, size: int) -> bytes:
    """`size` bytes: `manifest.send_bytes`."""
    body = b"\x01" + signer.manifest_hash + signer.pk_w
    return pad(body + ed25519.sign(signer.seed, STATUS + body), size)


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Section 12."""

    manifest_hash: bytes
    version: int
    pk_w: bytes
    signed: bool
    unit_randomness: bytes


def read_withdraw_request(data: bytes, size: int) -> WithdrawRequest:
    """`size` bytes: `manifest.send_bytes`."""
    reader = open_message(data, size)
    manifest_hash, version, pk_w = reader.take(32), reader.number(4), reader.take(32)
    signed = ed25519.verify(pk_w, WITHDRAW + data[: reader.at], reader.take(64))
    randomness = reader.take(32)
    reader.end()
    if version < 1:
        raise EncodingError("versions start at 1")
    return WithdrawRequest(manifest_hash, version, pk_w, signed, randomness)


def build_withdraw_request(signer: derivation.Signer, version: int, size: int) -> bytes:
    """`size` bytes: `manifest.send_bytes`."""
    body = b"\x01" + signer.manifest_hash + u32(version) + signer.pk_w
    signature = ed25519.sign(signer.seed, WITHDRAW + body)
    return pad(body + signature + signer.unit_randomness, size)
