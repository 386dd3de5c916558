"""A proof of employment as it was read: what it stands for, the code that came with it, and its keyed tag."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from organizing.crypto import codes, issuing, messages
from organizing.crypto.manifests import MAILBOX, PAPER
from organizing.eligibility.models import PaperCode
from organizing.petitions.selectors import PublishedPetition

_SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as read: who or what it stands for, the code that came with it, and its keyed tag."""

    method: int
    subject: bytes
    code: str
    tag: bytes


def _keyed(key: bytes, purpose: bytes, data: bytes) -> bytes:
    return hmac.digest(key, b"roundrobin/v1/" + purpose + data, hashlib.sha256)


def paper_digest(key: bytes, code: str) -> bytes:
    """What is stored of an unspent paper code: 32 bytes under the petition's tag key."""
    return _keyed(key, b"paper", code.encode())


def request_mac(key: bytes, request: messages.IssueRequest) -> bytes:
    """32 bytes by which the same request is known again."""
    data = request.blinded + request.commitment + bytes([request.method])
    return _keyed(key, b"request", data)


def read_proof(secrets: issuing.IssuerSecrets, request: messages.IssueRequest) -> Proof:
    """What a request brings, right or wrong; the same work for both."""
    text = request.proof.decode("ascii", errors="replace")
    if request.method == PAPER:
        code = codes.read_code(text)
        tag = _keyed(secrets.tag_key, b"tag/paper", code.encode())
        return Proof(PAPER, b"", code, tag)
    typed, _separator, code = text.partition("\0")
    address = (codes.read_address(typed) or "").encode("ascii")
    tag = _keyed(secrets.tag_key, b"tag/mailbox", address)
    return Proof(MAILBOX, address, codes.read_code(code), tag)


def code_is_valid(
    petition: PublishedPetition, secrets: issuing.IssuerSecrets, proof: Proof, now: datetime
) -> bool:
    """Whether the code was given out and can still be spent. Nothing here depends on who signed."""
    if proof.method == PAPER:
        digest = paper_digest(secrets.tag_key, proof.code)
        return PaperCode.objects.filter(digest=digest, batch__petition_id=petition.id).exists()
    address, manifest_hash = proof.subject.decode("ascii"), petition.manifest.hash
    matches = [
        hmac.compare_digest(
            codes.mail_code(secrets.code_key, manifest_hash, address, day).encode(),
            proof.code.encode(),
        )
        for day in (day_of(now), day_of(now) - 1)
    ]
    return any(matches) and bool(address) and at_domain(petition, address)


def at_domain(petition: PublishedPetition, address: str) -> bool:
    """Whether the manifest takes mailboxes of this domain."""
    return address.rpartition("@")[2] in petition.manifest.mail_domains


def day_of(now: datetime) -> int:
    """Days since 1970-01-01 UTC."""
    return int(now.astimezone(UTC).timestamp()) // _SECONDS_PER_DAY
