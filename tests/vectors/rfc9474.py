"""Vectors of RFC 9474 appendix A, from the path in RFC9474_VECTORS."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "rfc9474.json"


@dataclass(frozen=True)
class Vector:
    """One variant: numbers, and byte strings."""

    name: str
    p: int
    q: int
    n: int
    d: int
    inv: int
    input_message: bytes
    prefix: bytes
    message: bytes
    salt: bytes
    encoded: bytes
    blinded: bytes
    blind_signature: bytes
    signature: bytes

    @property
    def factor(self) -> int:
        """r, of which the vectors give the inverse."""
        return pow(self.inv, -1, self.n)


def path() -> Path:
    """Where the vectors are."""
    return Path(os.environ.get("RFC9474_VECTORS", _BESIDE))


def _bytes(entry: dict[str, str], name: str) -> bytes:
    return bytes.fromhex(entry.get(name, "").removeprefix("0x"))


def _number(entry: dict[str, str], name: str) -> int:
    return int(entry[name].removeprefix("0x"), 16)


@lru_cache(maxsize=1)
def vectors() -> list[Vector]:
    """All four variants. Raises FileNotFoundError."""
    return [
        Vector(
            name=entry["name"],
            **{name: _number(entry, name) for name in ("p", "q", "n", "d", "inv")},
            input_message=_bytes(entry, "input_msg"),
            prefix=_bytes(entry, "msg_prefix"),
            message=_bytes(entry, "msg"),
            salt=_bytes(entry, "salt"),
            encoded=_bytes(entry, "encoded_msg"),
            blinded=_bytes(entry, "blinded_msg"),
            blind_signature=_bytes(entry, "blind_sig"),
            signature=_bytes(entry, "sig"),
        )
        for entry in json.loads(path().read_text())
    ]
