"""Verifies what an export holds, with nothing but the manifest. No Django: the opener works offline."""

from dataclasses import dataclass

from organizing.crypto import attestations, codes, derivation, messages, tokens
from organizing.crypto.encoding import EncodingError
from organizing.crypto.manifests import CLASS_OF_METHOD, MAILBOX, Manifest
from organizing.disclosure.exportfile import NULLIFIER_BYTES, SIGNATURE, WITHDRAWN
from organizing.disclosure.slots import NamedSlot, RecordProblem


@dataclass(frozen=True, slots=True)
class VerifiedRecord:
    """A record that holds. `pk_w` and `envelope` are empty for a withdrawal."""

    kind: int
    nullifier: bytes
    version: int
    proof_class: int = 0
    pk_w: bytes = b""
    envelope: bytes = b""

    @property
    def record_id(self) -> str:
        """32 hexadecimal digits."""
        return self.nullifier.hex()[:NULLIFIER_BYTES]


def verify_record(manifest: Manifest, data: bytes) -> VerifiedRecord:
    """One record of R bytes: token, Ed25519 signature and form. Raises RecordProblem."""
    if data[0] == SIGNATURE:
        return _verify_signature(manifest, data[1:])
    if data[0] == WITHDRAWN:
        return _read_withdrawal(data)
    raise RecordProblem("record-kind")


def _verify_signature(manifest: Manifest, record: bytes) -> VerifiedRecord:
    if record[1:33] != manifest.hash and record[0] == messages.VERSION:
        raise RecordProblem("record-foreign")
    try:
        request = messages.read_record(record, manifest.envelope_bytes)
    except EncodingError as error:
        raise RecordProblem("record-malformed") from error
    n = manifest.issuers.get(request.class_)
    if n is None:
        raise RecordProblem("record-class")
    if not request.signature_holds():
        raise RecordProblem("record-signature")
    message = request.prefix + derivation.token_message(manifest.hash, request.pk_w)
    if not tokens.verify(n, message, request.token):
        raise RecordProblem("record-token")
    return VerifiedRecord(
        SIGNATURE,
        request.nullifier,
        request.version,
        request.class_,
        request.pk_w,
        request.envelope,
    )


def _read_withdrawal(data: bytes) -> VerifiedRecord:
    version = int.from_bytes(data[33:37], "big")
    if version < 1 or any(data[37:]):
        raise RecordProblem("record-malformed")
    return VerifiedRecord(WITHDRAWN, data[1:33], version)


def reported_id(manifest: Manifest, data: bytes) -> str:
    """The id by which a record is reported that failed; of unknown kind, as if it were a signature."""
    if data[0] == WITHDRAWN:
        return data[1:33].hex()[:NULLIFIER_BYTES]
    return derivation.nullifier(manifest.hash, data[39:71]).hex()[:NULLIFIER_BYTES]


def proven_address(manifest: Manifest, record: VerifiedRecord, slot: NamedSlot) -> str:
    """The address that stands behind a name, or "" where employment alone was proven.

    Raises RecordProblem where nothing was proven.
    """
    attestation = _read_attestation(manifest, slot.attestation)
    # Without this anybody could put a colleague's attestation into an envelope of their own.
    if derivation.commit(slot.opening, record.pk_w) != attestation.commitment:
        raise RecordProblem("attestation-foreign")
    if CLASS_OF_METHOD.get(attestation.method) != record.proof_class:
        raise RecordProblem("attestation-class")
    if manifest.texts.get(slot.language) != slot.text_hash:
        raise RecordProblem("text-foreign")
    return _subject(manifest, attestation)


def _read_attestation(manifest: Manifest, data: bytes) -> attestations.Attestation:
    try:
        attestation = attestations.read_attestation(data, manifest.attestation_key)
    except EncodingError as error:
        raise RecordProblem("attestation-signature") from error
    if attestation.manifest_hash != manifest.hash:
        raise RecordProblem("attestation-manifest")
    return attestation


def _subject(manifest: Manifest, attestation: attestations.Attestation) -> str:
    if attestation.method != MAILBOX:
        if attestation.subject:
            raise RecordProblem("attestation-malformed")
        return ""
    address = codes.read_address(attestation.subject.decode("ascii", errors="replace"))
    known = address is not None and address.rpartition("@")[2] in manifest.mail_domains
    if address is None or not known or address.encode() != attestation.subject:
        raise RecordProblem("attestation-malformed")
    return address
