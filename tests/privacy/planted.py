"""A planted signer: a key of their own, tokens of both classes, and whatever they like to send."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from organizing.crypto import derivation, ed25519, messages, tokens
from organizing.crypto.derivation import NO_UNIT, Signer
from organizing.crypto.encoding import u32
from organizing.signing.epochs import add_open
from organizing.signing.models import Epoch
from tests import factories
from tests.factories import UNIT
from tests.reference_client.site import Answer
from tests.stage import Stage

CLASSES = (1, 2)
K = 3


@dataclass(frozen=True)
class Sent:
    """What a version says. `fits`: whether the commitment is what unit and randomness give."""

    proof_class: int = 1
    version: int = 1
    unit: bytes = NO_UNIT
    randomness: bytes = b""
    fits: bool = True


@dataclass
class Planted:
    """One key."""

    here: Stage
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    _tokens: dict[int, tokens.Token] = field(default_factory=dict)

    @property
    def signer(self) -> Signer:
        """What the secret gives."""
        return derivation.signer_of(self.secret, self.here.petition.manifest.hash)

    @property
    def size(self) -> int:
        """Of every request."""
        return self.here.petition.manifest.send_bytes

    def token(self, proof_class: int) -> tokens.Token:
        """What an issuer would have given for a proof."""
        if proof_class not in self._tokens:
            n = self.here.petition.manifest.issuers[proof_class]
            key = factories.issuer_key(proof_class - 1)
            signed = tokens.blind_sign(key, self.signer.blinded(n))
            factor = self.signer.blinding_factor(n)
            self._tokens[proof_class] = tokens.finalize(n, self.signer.prepared, signed, factor)
        return self._tokens[proof_class]

    def with_randomness(self, randomness: bytes) -> Signer:
        """The same key with another ru, where there is one."""
        return replace(self.signer, unit_randomness=randomness) if randomness else self.signer

    def send(self, what: Sent) -> bytes:
        """The same bytes for the same content."""
        envelope = bytes(self.here.petition.manifest.envelope_bytes)
        content = messages.SendContent(
            what.proof_class, what.version, self.token(what.proof_class), what.unit, envelope
        )
        signer = self.with_randomness(what.randomness)
        body = messages.build_send_request(signer, content, self.size)
        return body if what.fits else self._with_another_commitment(body)

    def _with_another_commitment(self, body: bytes) -> bytes:
        end = 518 + self.here.petition.manifest.envelope_bytes
        signed = body[:486] + bytes(range(32)) + body[518:end]
        signature = ed25519.sign(self.signer.seed, messages.SEND + signed)
        return signed + signature + body[end + 64 :]

    def withdraw(self, version: int, randomness: bytes = b"") -> bytes:
        """A withdrawal."""
        signer = self.with_randomness(randomness)
        return messages.build_withdraw_request(signer, version, self.size)

    def status(self) -> bytes:
        """A question."""
        return messages.build_status_request(self.signer, self.size)

    def post(self, operation: str, body: bytes) -> Answer:
        """The answer as it came."""
        address = f"{self.here.origin}/p/{self.here.site.petition}/{operation}"
        return self.here.transport.request("POST", address, body)

    def said(self, operation: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        answer = self.post(operation, body)
        return answer.status, answer.body.strip()


Place = Callable[[Stage, int], None]


def leave_open(here: Stage, proof_class: int) -> None:
    """What was sent waits in the open epoch."""


def close(here: Stage, proof_class: int) -> None:
    """What was sent waits in an epoch that takes no more, as while a batch is made."""
    mine = Epoch.objects.filter(petition_id=here.petition.id, proof_class=proof_class)
    mine.filter(state=Epoch.State.OPEN).update(state=Epoch.State.CLOSING)
    add_open(petition_id=here.petition.id, proof_class=proof_class)


def count(here: Stage, proof_class: int) -> None:
    """A batch counts what was sent, with as many others as it takes."""
    for _other in range(K):
        other = Planted(here)
        assert other.post("send", other.send(Sent(proof_class))).status == 200
    here.flush()


PLACES: dict[str, Place] = {
    "waits in the open epoch": leave_open,
    "waits in a closing epoch": close,
    "counted": count,
}


def bad_signature(body: bytes, at: int) -> bytes:
    """The last byte of a signature that begins at `at`, changed."""
    return body[: at + 63] + bytes([body[at + 63] ^ 1]) + body[at + 64 :]


def highest() -> int:
    """The last version that there is."""
    return int.from_bytes(u32(0xFFFFFFFF), "big")


__all__ = ["CLASSES", "PLACES", "UNIT", "Planted", "Sent", "bad_signature", "highest"]
