"""Workers who sign over HTTP: thousands of them, so by the site's own arithmetic and not by the reference client."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from organizing.crypto import derivation, envelopes, messages, tokens
from organizing.crypto.encoding import b64u, unb64u
from organizing.crypto.manifests import CLASS_OF_METHOD, MAILBOX, PAPER, Manifest
from tests.privacy.wire import Answer, Device

AUDIENCE = "organizers"
_NO_TOKEN = tokens.Token(b"")


class NotTaken(AssertionError):
    """The site refused what a worker had every right to."""


def taken(answer: Answer) -> Answer:
    """The answer, if it is no error. Raises NotTaken."""
    if answer.status >= 300:
        raise NotTaken(f"{answer.status} {answer.body.strip()!r}")
    return answer


@dataclass
class Worker:
    """One signer of one petition, with all that the device would know."""

    manifest: Manifest
    pid: str
    code: str = ""
    address: str = ""
    name: str = ""
    unit: bytes = derivation.NO_UNIT
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    version: int = 0
    token: tokens.Token = field(default=_NO_TOKEN)
    attestation: bytes = b""
    issue_body: bytes = b""
    send_body: bytes = b""

    @cached_property
    def signer(self) -> derivation.Signer:
        """What the secret gives."""
        return derivation.signer_of(self.secret, self.manifest.hash)

    @property
    def method(self) -> int:
        """PAPER or MAILBOX."""
        return MAILBOX if self.address else PAPER

    @property
    def proof_class(self) -> int:
        """A or B, as a number."""
        return CLASS_OF_METHOD[self.method]

    @property
    def nullifier(self) -> bytes:
        """By which the site knows the signature."""
        return derivation.nullifier(self.manifest.hash, self.signer.pk_w)

    def path(self, operation: str) -> str:
        """Where a request goes."""
        return f"/p/{self.pid}/{operation}"

    def ask_for_code(self, device: Device) -> Answer:
        """Asks for a code by mail."""
        body = messages.build_code_request(self.manifest.hash, "en", self.address)
        return taken(device.post(self.path("code"), body))

    def build_issue(self) -> bytes:
        """The request that spends the proof."""
        n = self.manifest.issuers[self.proof_class]
        code = self.code.replace("-", "").encode()
        proof = self.address.encode() + b"\0" + code if self.address else code
        return messages.build_issue_request(
            messages.IssueRequest(
                self.manifest.hash,
                self.method,
                proof,
                self.signer.commitment,
                self.signer.blinded(n),
            )
        )

    def issue(self, device: Device) -> None:
        """Spends the proof, and finishes the token."""
        self.issue_body = self.build_issue()
        given = taken(device.post(self.path("issue"), self.issue_body)).json
        n = self.manifest.issuers[self.proof_class]
        blind = tokens.BlindSignature(unb64u(given["blind_signature"], 384))
        factor = self.signer.blinding_factor(n)
        self.token = tokens.finalize(n, self.signer.prepared, blind, factor)
        self.attestation = unb64u(given["attestation"], 386)

    def build_send(self) -> bytes:
        """A signature one version higher."""
        chosen = {AUDIENCE: self._fields()} if self.name else {}
        envelope = envelopes.seal_envelope(self.manifest, self.signer.pk_w, chosen)
        content = messages.SendContent(
            self.proof_class, self.version + 1, self.token, self.unit, envelope
        )
        return messages.build_send_request(self.signer, content, self.manifest.send_bytes)

    def _fields(self) -> dict[str, str]:
        return {
            "name": self.name,
            "language": "en",
            "text": b64u(self.manifest.texts["en"]),
            "day": datetime.now(UTC).strftime("%Y-%m-%d"),
            "consent": b64u(bytes(32)),
            "attestation": b64u(self.attestation),
            "opening": b64u(self.signer.commit_randomness),
        }

    def send(self, device: Device) -> None:
        """Signs, or signs again with a higher version."""
        self.send_body = self.build_send()
        taken(device.post(self.path("send"), self.send_body))
        self.version += 1

    def resend(self, device: Device) -> None:
        """The same bytes again, as after a lost answer."""
        taken(device.post(self.path("send"), self.send_body))

    def withdraw(self, device: Device) -> None:
        """Takes the signature back."""
        body = messages.build_withdraw_request(
            self.signer, self.version + 1, self.manifest.send_bytes
        )
        taken(device.post(self.path("withdraw"), body))
        self.version += 1

    def status(self, device: Device) -> Answer:
        """What the site says that it holds."""
        body = messages.build_status_request(self.signer, self.manifest.send_bytes)
        return device.post(self.path("status"), body)
