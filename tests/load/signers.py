"""Requests to the site that are as good as a browser's, made beforehand on all cores."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.utils import timezone

from organizing.crypto import attestations, derivation, envelopes, messages, tokens
from organizing.crypto.encoding import b64u
from organizing.crypto.manifests import CLASS_A, PAPER
from organizing.eligibility.services import create_code_batch
from tests.load.stage import Stage

NAMED_EVERY = 5
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=tokens.SALT_BYTES)
_JOB = 100
_LANGUAGE = "en"


def http_request(method: str, path: str, number: int, body: bytes = b"", cookie: str = "") -> bytes:
    """A whole request; up to a million numbers give the same length, and each a network of its own."""
    high, middle, low = number // 10_000 % 100, number // 100 % 100, number % 100
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"X-Forwarded-For: 101.{100 + high}.{100 + middle}.{100 + low}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines += ["Content-Type: application/octet-stream", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def issue_requests(stage: Stage, count: int) -> Iterator[bytes]:
    """Requests for a credential, each with a paper code of its own."""
    today, modulus = timezone.now().date(), stage.manifest.issuers[CLASS_A]
    made = create_code_batch(petition_id=stage.petition_id, label="", size=count, today=today)
    for number, code in enumerate(made):
        # Any number below the modulus is a blinded message.
        blinded = secrets.randbelow(modulus).to_bytes(tokens.MODULUS_BYTES, "big")
        commitment = secrets.token_bytes(32)
        request = messages.IssueRequest(
            stage.manifest.hash, PAPER, code.encode(), commitment, blinded
        )
        body = messages.build_issue_request(request)
        yield http_request("POST", f"/p/{stage.pid}/issue", number, body)


def send_bodies(stage: Stage, count: int) -> Iterator[bytes]:
    """Bodies of the signatures of `count` workers, of whom every fifth is named."""
    jobs = [range(first, min(first + _JOB, count)) for first in range(0, count, _JOB)]
    # Not forked: a database connection of ours would be theirs too.
    context = get_context("spawn")
    with ProcessPoolExecutor(
        mp_context=context, initializer=Maker.set_up, initargs=(stage,)
    ) as pool:
        for made in pool.map(_make, jobs):
            yield from made


def _make(job: range) -> list[bytes]:
    return [Maker.here.body(number) for number in job]


class Maker:
    """Makes signatures with the issuer's private key: nobody has to ask for them over HTTP."""

    here: Maker

    def __init__(self, stage: Stage) -> None:
        key = stage.secrets.issuers[CLASS_A]
        exponent = pow(tokens.EXPONENT, -1, (key.p - 1) * (key.q - 1))
        public = rsa.RSAPublicNumbers(tokens.EXPONENT, key.n)
        self.manifest, self.seed = stage.manifest, stage.secrets.attestation_seed
        self.key = rsa.RSAPrivateNumbers(
            key.p, key.q, exponent, key.dp, key.dq, key.q_inverse, public
        ).private_key()
        self.audience = self.manifest.audiences[0][0]
        self.today = timezone.now().date().isoformat()

    @classmethod
    def set_up(cls, stage: Stage) -> None:
        cls.here = cls(stage)

    def body(self, number: int) -> bytes:
        """The signature of one worker: `manifest.send_bytes` bytes."""
        signer = derivation.signer_of(secrets.token_bytes(16), self.manifest.hash)
        chosen = {} if number % NAMED_EVERY else {self.audience: self._fields(number, signer)}
        content = messages.SendContent(
            class_=CLASS_A,
            version=1,
            token=self.key.sign(signer.prepared, _PSS, hashes.SHA384()),
            unit=derivation.NO_UNIT,
            envelope=envelopes.seal_envelope(self.manifest, signer.pk_w, chosen),
        )
        return messages.build_send_request(signer, content, self.manifest.send_bytes)

    def _fields(self, number: int, signer: derivation.Signer) -> dict[str, str]:
        """Section 9 of docs/protocol.md."""
        proven = attestations.Attestation(self.manifest.hash, PAPER, b"", signer.commitment)
        return {
            "name": f"Worker {number}",
            "language": _LANGUAGE,
            "text": b64u(self.manifest.texts[_LANGUAGE]),
            "day": self.today,
            "consent": b64u(hashlib.sha256(b"bench").digest()),
            "attestation": b64u(attestations.build_attestation(self.seed, proven)),
            "opening": b64u(signer.commit_randomness),
        }
