"""Simulated co-workers: they sign over HTTP as any client would, with the site's own reading of the protocol."""

import hashlib
import http.client
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from organizing.crypto import derivation, envelopes, manifests, messages, tokens
from organizing.crypto.encoding import b64u, unb64u

ORGANIZERS = "organizers"
TIMEOUT_SECONDS = 30
_BINARY = {"Content-Type": "application/octet-stream"}


class SimulationError(RuntimeError):
    """The site answered something that a signing client cannot go on with."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof as it goes into the request: method number and bytes (docs/protocol.md section 5)."""

    method: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Coworker:
    """Who signs: a proof, a language, and a name if that is given to the organizers."""

    proof: Proof
    language: str
    name: str = ""
    job_title: str = ""


class Site:
    """The signing addresses of one petition."""

    def __init__(self, origin: str, pid: str) -> None:
        self.address, self.pid = urlsplit(origin), pid
        self.manifest = manifests.read(self._get("manifest"))

    def text(self, language: str) -> dict[str, Any]:
        """The text in one language, checked against the manifest's hash."""
        data = self._get(f"{language}/text")
        if hashlib.sha256(data).digest() != self.manifest.texts[language]:
            raise SimulationError("The text is not the one of the manifest.")
        content: dict[str, Any] = json.loads(data)
        return content

    def post(self, action: str, body: bytes) -> dict[str, Any]:
        """One request of the protocol, on a connection of its own. Raises SimulationError."""
        status, data = self._exchange("POST", action, body)
        if status != http.client.OK:
            raise SimulationError(f"{action}: {status} {data.decode().strip()}")
        content: dict[str, Any] = json.loads(data)
        return content

    def _get(self, action: str) -> bytes:
        status, data = self._exchange("GET", action, None)
        if status != http.client.OK:
            raise SimulationError(f"{action}: {status}")
        return data

    def _exchange(self, method: str, action: str, body: bytes | None) -> tuple[int, bytes]:
        kind: type[http.client.HTTPConnection] = http.client.HTTPConnection
        if self.address.scheme == "https":
            kind = http.client.HTTPSConnection
        host, port = self.address.hostname or "", self.address.port
        connection = kind(host, port, timeout=TIMEOUT_SECONDS)
        try:
            path = f"/p/{self.pid}/{action}"
            connection.request(method, path, body, _BINARY if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def sign(site: Site, coworker: Coworker, unit: bytes | None = None) -> None:
    """Prove, blind, finish and send: one signature from beginning to end. `unit`: None for any of the manifest's.

    Raises SimulationError.
    """
    manifest = site.manifest
    signer = derivation.signer_of(secrets.token_bytes(16), manifest.hash)
    proof_class = manifests.CLASS_OF_METHOD[coworker.proof.method]
    n = manifest.issuers[proof_class]
    request = messages.IssueRequest(
        manifest_hash=manifest.hash,
        method=coworker.proof.method,
        proof=coworker.proof.data,
        commitment=signer.commitment,
        blinded=signer.blinded(n),
    )
    issued = site.post("issue", messages.build_issue_request(request))
    blind = tokens.BlindSignature(unb64u(issued["blind_signature"], tokens.MODULUS_BYTES))
    token = tokens.finalize(n, signer.prepared, blind, signer.blinding_factor(n))
    chosen = _named(site, signer, coworker, issued["attestation"]) if coworker.name else {}
    content = messages.SendContent(
        class_=proof_class,
        version=1,
        token=token,
        unit=secrets.choice([derivation.NO_UNIT, *manifest.units]) if unit is None else unit,
        envelope=envelopes.seal_envelope(manifest, signer.pk_w, chosen),
    )
    body = messages.build_send_request(signer, content, manifest.send_bytes)
    if site.post("send", body) != {"status": "held", "version": 1}:
        raise SimulationError("The site did not say that it holds the signature.")


def _named(
    site: Site, signer: derivation.Signer, coworker: Coworker, attestation: str
) -> dict[str, dict[str, str]]:
    consent = site.text(coworker.language)["consent"][ORGANIZERS]
    fields = {
        "name": coworker.name,
        "language": coworker.language,
        "text": b64u(site.manifest.texts[coworker.language]),
        "day": datetime.now(UTC).date().isoformat(),
        "consent": b64u(hashlib.sha256(consent.encode()).digest()),
        "attestation": attestation,
        "opening": b64u(signer.commit_randomness),
    }
    if coworker.job_title:
        fields["job_title"] = coworker.job_title
    return {ORGANIZERS: fields}


def sign_all(site: Site, coworkers: list[Coworker], progress: Callable[[int, int], None]) -> None:
    """Everybody in turn; `progress` is told how many of how many are done."""
    for done, coworker in enumerate(coworkers, start=1):
        sign(site, coworker)
        progress(done, len(coworkers))
