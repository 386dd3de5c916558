"""The manifest: one frozen byte string that every signature binds to (docs/protocol.md section 3)."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from organizing.crypto.encoding import EncodingError, unb64u

FORMAT = "roundrobin-manifest/1"
CODE_BYTES = 512
ISSUE_BYTES = 1024
ANSWER_BYTES = 1536
SLOT_PLAINTEXT_BYTES = 1536
SLOT_BYTES = SLOT_PLAINTEXT_BYTES + 1120 + 16
PAPER, MAILBOX = 1, 2
CLASS_A, CLASS_B = 1, 2
CLASS_OF_METHOD = {PAPER: CLASS_A, MAILBOX: CLASS_B}
CLASS_LETTERS = {CLASS_A: "A", CLASS_B: "B"}


def send_bytes(audiences: int) -> int:
    """Size of every request to the sending side, for a number of audiences."""
    return -(-(630 + SLOT_BYTES * audiences) // 1024) * 1024


def sizes(audiences: int) -> dict[str, int]:
    """The `sizes` entry of a manifest."""
    return {
        "answer": ANSWER_BYTES,
        "code": CODE_BYTES,
        "issue": ISSUE_BYTES,
        "slot": SLOT_BYTES,
        "send": send_bytes(audiences),
    }


def encode(content: dict[str, Any]) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, no white space."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest, read. `issuers` maps class to modulus; `units` are 16-byte ids in order."""

    data: bytes
    hash: bytes
    petition: str
    texts: dict[str, bytes]
    issuers: dict[int, int]
    methods: frozenset[int]
    attestation_key: bytes
    audiences: tuple[tuple[str, bytes], ...]
    units: tuple[bytes, ...]
    mail_domains: frozenset[str]
    k: int
    epoch_seconds: int
    send_bytes: int
    content: dict[str, Any]

    @property
    def envelope_bytes(self) -> int:
        """Size of all slots together."""
        return SLOT_BYTES * len(self.audiences)


def read(data: bytes) -> Manifest:
    """Reads manifest bytes. Raises EncodingError when they do not have the form of section 3."""
    try:
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise EncodingError("not a manifest of version 1")
        return _read_content(data, content)
    except (KeyError, TypeError, ValueError) as error:
        raise EncodingError("not a manifest") from error


def _read_content(data: bytes, content: dict[str, Any]) -> Manifest:
    numbers = {letter: number for number, letter in CLASS_LETTERS.items()}
    audiences = tuple((a["id"], unb64u(a["key"], 1216)) for a in content["audiences"])
    return Manifest(
        data=data,
        hash=hashlib.sha256(data).digest(),
        petition=content["petition"],
        texts={t["language"]: unb64u(t["sha256"], 32) for t in content["texts"]},
        issuers={
            numbers[i["class"]]: int.from_bytes(unb64u(i["n"], 384), "big")
            for i in content["issuers"]
        },
        methods=frozenset(content["methods"]),
        attestation_key=unb64u(content["attestation_key"], 32),
        audiences=audiences,
        units=tuple(unb64u(u["id"], 16) for u in content["units"]),
        mail_domains=frozenset(content["mail_domains"]),
        k=content["k"],
        epoch_seconds=content["epoch_seconds"],
        send_bytes=send_bytes(len(audiences)),
        content=content,
    )
