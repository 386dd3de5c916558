"""Section 3: the manifest, and the texts that it names."""

import json
from dataclasses import dataclass
from typing import Any

from tests.reference_client.wire import require, sha256, unb64u

CLASS_NUMBERS = {"A": 1, "B": 2}
CLASS_OF_METHOD = {1: "A", 2: "B"}
SLOT_BYTES = 2672


@dataclass(frozen=True)
class Manifest:
    """The bytes as received, their hash, and what they say."""

    data: bytes
    content: dict[str, Any]

    @property
    def mh(self) -> bytes:
        return sha256(self.data)

    def modulus(self, class_letter: str) -> bytes:
        """384 bytes."""
        found = [i["n"] for i in self.content["issuers"] if i["class"] == class_letter]
        require(len(found) == 1, "no issuer of this class")
        return unb64u(found[0], 384)

    @property
    def audiences(self) -> list[tuple[str, bytes]]:
        """Id and 1216-byte key, in slot order."""
        return [(a["id"], unb64u(a["key"], 1216)) for a in self.content["audiences"]]

    @property
    def envelope_bytes(self) -> int:
        return SLOT_BYTES * len(self.content["audiences"])

    @property
    def send_bytes(self) -> int:
        return int(self.content["sizes"]["send"])

    @property
    def attestation_key(self) -> bytes:
        return unb64u(self.content["attestation_key"], 32)

    @property
    def unit_ids(self) -> list[bytes]:
        return [unb64u(unit["id"], 16) for unit in self.content["units"]]

    def text_hash(self, language: str) -> bytes:
        found = [t["sha256"] for t in self.content["texts"] if t["language"] == language]
        require(len(found) == 1, "no text in this language")
        return unb64u(found[0], 32)


def read_manifest(data: bytes) -> Manifest:
    """Reads and checks what a client relies on; unknown keys are ignored."""
    manifest = Manifest(data, json.loads(data))
    sizes = manifest.content["sizes"]
    least = 630 + manifest.envelope_bytes
    require(manifest.content["format"] == "roundrobin-manifest/1", "another format")
    require(sizes["send"] == (least + 1023) // 1024 * 1024, "another size")
    require((sizes["answer"], sizes["code"], sizes["issue"]) == (1536, 512, 1024), "another size")
    require(sizes["slot"] == SLOT_BYTES, "another size")
    for issuer in manifest.content["issuers"]:
        require(manifest.modulus(issuer["class"])[0] >= 128, "not 3072 bits")
    return manifest


def read_text(manifest: Manifest, language: str, data: bytes) -> dict[str, Any]:
    """The text, if it is the one that the manifest names."""
    require(sha256(data) == manifest.text_hash(language), "not the text that was frozen")
    text: dict[str, Any] = json.loads(data)
    return text
