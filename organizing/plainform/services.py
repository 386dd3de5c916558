"""Signs on behalf of a browser without JavaScript: proof and signature, in two transactions.

The server sees the words in passing, and never seals a name.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from organizing.crypto import codes, derivation, envelopes, messages, tokens, words
from organizing.crypto.manifests import CLASS_OF_METHOD, MAILBOX, PAPER
from organizing.eligibility.services import issue_credential
from organizing.errors import Refused, Stale
from organizing.petitions.selectors import PublishedPetition
from organizing.signing import services as signing
from organizing.signing.services import Status


@dataclass(frozen=True, slots=True)
class PlainProof:
    """What was typed: a code, and the address that it was mailed to, if it was."""

    code: str
    address: str = ""

    @property
    def method(self) -> int:
        """PAPER or MAILBOX."""
        return MAILBOX if self.address.strip() else PAPER

    @property
    def proof(self) -> bytes:
        """The bytes of docs/protocol.md section 5."""
        code = codes.read_code(self.code).encode("ascii", errors="replace")
        if self.method == PAPER:
            return code
        return (codes.read_address(self.address) or "").encode() + b"\0" + code


def draw_words() -> list[str]:
    """Twelve fresh words."""
    return words.words_of(secrets.token_bytes(words.SECRET_BYTES))


def sign_plainly(
    *,
    petition: PublishedPetition,
    secret: bytes,
    proof: PlainProof,
    now: datetime,
    unit: bytes = derivation.NO_UNIT,
) -> Status:
    """An anonymous signature of version 1. Sent again with the same words, it answers what is held.

    `unit`: 16 bytes, one of the manifest's or none. Raises what `issue_credential` and `accept_signature` raise.
    """
    signer = derivation.signer_of(secret, petition.manifest.hash)
    held = status_of(petition=petition, secret=secret, now=now)
    if held.status != "unknown":
        return held
    token = _obtain_token(petition, signer, proof, now)
    request = _build(petition, signer, CLASS_OF_METHOD[proof.method], token, unit)
    try:
        return signing.accept_signature(petition=petition, request=request, now=now)
    except Stale:
        # The same form, sent twice at once.
        return status_of(petition=petition, secret=secret, now=now)


def _obtain_token(
    petition: PublishedPetition, signer: derivation.Signer, proof: PlainProof, now: datetime
) -> tokens.Token:
    n = petition.manifest.issuers.get(CLASS_OF_METHOD[proof.method])
    # The protocol's proof field takes 318 bytes; no code or address comes near it.
    if n is None or len(proof.proof) > messages.PROOF_BYTES:
        raise Refused
    request = messages.IssueRequest(
        signer.manifest_hash, proof.method, proof.proof, signer.commitment, signer.blinded(n)
    )
    signed = issue_credential(petition=petition, request=request, now=now).blind_signature
    blind_signature = tokens.BlindSignature(signed)
    return tokens.finalize(n, signer.prepared, blind_signature, signer.blinding_factor(n))


def _build(
    petition: PublishedPetition,
    signer: derivation.Signer,
    class_: int,
    token: tokens.Token,
    unit: bytes,
) -> messages.SendRequest:
    manifest = petition.manifest
    envelope = envelopes.seal_envelope(manifest, signer.pk_w, {})
    content = messages.SendContent(class_, 1, token, unit, envelope)
    body = messages.build_send_request(signer, content, manifest.send_bytes)
    return messages.read_send_request(body, manifest)


def status_of(*, petition: PublishedPetition, secret: bytes, now: datetime) -> Status:
    """What the site holds for these words."""
    signer = derivation.signer_of(secret, petition.manifest.hash)
    request = messages.StatusRequest(signer.manifest_hash, signer.pk_w, signed=True)
    return signing.signature_status(petition=petition, request=request, now=now)


def withdraw_plainly(*, petition: PublishedPetition, secret: bytes, now: datetime) -> Status:
    """Withdraws what is held for these words. Raises what `withdraw_signature` raises."""
    held = status_of(petition=petition, secret=secret, now=now)
    if held.status != "held":
        return held
    signer = derivation.signer_of(secret, petition.manifest.hash)
    request = messages.WithdrawRequest(
        manifest_hash=signer.manifest_hash,
        version=held.version + 1,
        pk_w=signer.pk_w,
        signed=True,
        unit_randomness=signer.unit_randomness,
    )
    return signing.withdraw_signature(petition=petition, request=request, now=now)
