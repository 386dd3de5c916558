"""A signer from end to end: ask, issue, finish, send, look, change, withdraw."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.reference_client import envelope, messages
from tests.reference_client.manifest import CLASS_OF_METHOD, Manifest
from tests.reference_client.messages import NO_UNIT, Content
from tests.reference_client.secret import Signer
from tests.reference_client.site import Site
from tests.reference_client.wire import b64u, require, sha256, unb64u


@dataclass(frozen=True)
class Credential:
    """What issuing gives: a class, a token, and an attestation."""

    class_letter: str
    token: bytes
    attestation: bytes


@dataclass(frozen=True)
class Person:
    """What a signer types for an audience that is to know them."""

    name: str
    job_title: str = ""
    site: str = ""
    language: str = "en"


@dataclass
class Client:
    """One signer of one petition. `sent` keeps the last bytes, to repeat them after a lost answer."""

    site: Site
    manifest: Manifest
    signer: Signer
    sent: list[bytes] = field(default_factory=list)

    def ask_for_code(self, address: str, language: str = "en") -> dict[str, Any]:
        body = messages.code_request(self.manifest.mh, language, address)
        return self.site.post(self.manifest, "code", body)

    def issue(self, method: int, proof: bytes) -> Credential:
        """Sections 7 and 8."""
        require(method in self.manifest.content["methods"], "this proof is not taken here")
        letter = CLASS_OF_METHOD[method]
        modulus = self.manifest.modulus(letter)
        body = messages.issue_request(self.signer, method, proof, modulus)
        answer = self.site.post(self.manifest, "issue", body)
        attestation = unb64u(answer["attestation"], 386)
        said = messages.read_attestation(attestation, self.manifest.attestation_key)
        require((said.mh, said.method) == (self.manifest.mh, method), "of another petition")
        require(said.commitment == self.signer.commitment, "of somebody else")
        token = self.signer.token(modulus, unb64u(answer["blind_signature"], 384))
        return Credential(letter, token, attestation)

    def named(self, person: Person, credential: Credential, audience: str) -> envelope.Named:
        """The JSON of a slot (section 9)."""
        text = self.site.text(self.manifest, person.language)
        optional = {"job_title": person.job_title, "site": person.site}
        return {
            "name": person.name,
            **{key: value for key, value in optional.items() if value},
            "language": person.language,
            "text": b64u(self.manifest.text_hash(person.language)),
            "day": datetime.now(UTC).strftime("%Y-%m-%d"),
            "consent": b64u(sha256(text["consent"][audience].encode())),
            "attestation": b64u(credential.attestation),
            "opening": b64u(self.signer.rc),
        }

    def send_bytes(
        self,
        credential: Credential,
        version: int = 1,
        unit: bytes = NO_UNIT,
        people: dict[str, Person] | None = None,
    ) -> bytes:
        """A send request; HPKE makes it another one each time, so that a repeat needs these bytes."""
        chosen = {
            audience: self.named(person, credential, audience)
            for audience, person in (people or {}).items()
        }
        sealed = envelope.seal(self.manifest, self.signer.pk_w, chosen)
        content = Content(credential.class_letter, version, credential.token, unit, sealed)
        return messages.send_request(self.signer, content)

    def send(self, body: bytes) -> dict[str, Any]:
        self.sent.append(body)
        return self.site.post(self.manifest, "send", body)

    def status(self) -> dict[str, Any]:
        return self.site.post(self.manifest, "status", messages.status_request(self.signer))

    def withdraw(self, version: int) -> dict[str, Any]:
        body = messages.withdraw_request(self.signer, version)
        return self.site.post(self.manifest, "withdraw", body)


def start(site: Site, secret: bytes, expected_hash: bytes | None = None) -> Client:
    """Reads the manifest; with the hash from the link, only that one."""
    manifest = site.manifest()
    if expected_hash is not None:
        require(manifest.mh == expected_hash, "not the manifest that the link names")
    return Client(site, manifest, Signer(secret, manifest))
