"""What one audience reads in an envelope (docs/protocol.md section 9). No Django: the opener works offline."""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from organizing.crypto import envelopes, sealing
from organizing.crypto.encoding import EncodingError, Reader, unb64u
from organizing.crypto.manifests import SLOT_PLAINTEXT_BYTES, Manifest

_FIELD_BYTES = 200


class RecordProblem(ValueError):
    """A record that is dropped, or a proof that does not hold. `code` says why; texts.py has the sentences."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A slot that was chosen. Hashes have 32 bytes, the attestation 386, the opening 32."""

    name: str
    job_title: str
    site: str
    language: str
    day: str
    text_hash: bytes
    consent_hash: bytes
    attestation: bytes
    opening: bytes


@dataclass(frozen=True, slots=True)
class SlotOpener:
    """Opens the slots of one audience."""

    manifest: Manifest
    audience: str
    private: MLKEM768X25519PrivateKey

    def open(self, envelope: bytes, pk_w: bytes) -> NamedSlot | None:
        """The slot of a signature, or None where it was not chosen. Raises RecordProblem."""
        info = envelopes.slot_info(self.manifest.hash, self.audience, pk_w)
        sealed = envelopes.slot_of(envelope, self.manifest, self.audience)
        try:
            plaintext = sealing.open_slot(self.private, sealed, info)
        except sealing.SealingError as error:
            raise RecordProblem("envelope-sealed") from error
        return read_slot(plaintext)


def read_slot(plaintext: bytes) -> NamedSlot | None:
    """Reads 1536 bytes: None where all are zero. Raises RecordProblem."""
    if not any(plaintext):
        return None
    reader = Reader(plaintext)
    try:
        if reader.number(1) != 1:
            raise RecordProblem("envelope-malformed")
        return _named_slot(_strict_json(reader.field(SLOT_PLAINTEXT_BYTES - 3).decode()))
    except (EncodingError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise RecordProblem("envelope-malformed") from error


def _strict_json(text: str) -> dict[str, Any]:
    content = json.loads(text, parse_constant=_refuse)
    if not isinstance(content, dict):
        raise EncodingError("not an object")
    return content


def _refuse(constant: str) -> None:
    raise EncodingError(constant)


def _named_slot(content: dict[str, Any]) -> NamedSlot:
    if not _text(content, "name"):
        raise EncodingError("no name")
    return NamedSlot(
        **{name: _text(content, name) for name in ("name", "job_title", "site", "language", "day")},
        text_hash=unb64u(content["text"], 32),
        consent_hash=unb64u(content["consent"], 32),
        attestation=unb64u(content["attestation"], 386),
        opening=unb64u(content["opening"], 32),
    )


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise EncodingError("not text")
    # Half a surrogate pair is valid JSON, and would stop whoever writes the list.
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if len(whole.encode()) > _FIELD_BYTES:
        raise EncodingError("too long")
    return whole
