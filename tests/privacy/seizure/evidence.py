"""What an attacker holds, in one form for both databases."""

from __future__ import annotations

import hashlib
import hmac
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from organizing.crypto import issuing
from tests.privacy.signers import Worker

Order = Mapping[Any, Any]


@dataclass(frozen=True)
class Counted:
    """A row of the counted table."""

    nullifier: bytes
    proof_class: int
    version: int
    record: bytes


@dataclass(frozen=True)
class Spent:
    """A row of the spent proofs."""

    tag: bytes
    request_mac: bytes


@dataclass
class Evidence:
    """Positions are places in the write-ahead log, in the order in which it was written.

    `first_seen` says where a value of 32 bytes appears for the first time; `removals` are the orders in which a
    batch removed pending rows, each row named by its position; `touched` are pending rows that something
    changed or locked while they waited.
    """

    counted: list[Counted]
    spent: list[Spent]
    keys: dict[str, bytes]
    secrets: issuing.IssuerSecrets
    first_seen: dict[bytes, int]
    signature_orders: dict[str, dict[bytes, Any]] = field(default_factory=dict)
    spent_orders: dict[str, dict[bytes, Any]] = field(default_factory=dict)
    removals: dict[str, list[int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


def keyed(key: bytes, label: bytes, data: bytes) -> bytes:
    """The one form in which the site keys anything."""
    return hmac.digest(key, b"roundrobin/v1/" + label + data, hashlib.sha256)


def tag_of(worker: Worker, tag_key: bytes) -> bytes:
    """The tag of a proof: who has the tag key and a list of addresses or codes finds it."""
    if worker.address:
        return keyed(tag_key, b"tag/mailbox", worker.address.encode())
    return keyed(tag_key, b"tag/paper", worker.code.replace("-", "").encode())


def all_keys(evidence: Evidence) -> dict[str, bytes]:
    """Every key that survives, by name."""
    secrets = evidence.secrets
    unwrapped = {
        "tag": secrets.tag_key,
        "code": secrets.code_key,
        "attestation": secrets.attestation_seed,
    }
    return evidence.keys | unwrapped


def read_keys(folder: Path) -> dict[str, bytes]:
    """The key folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@dataclass
class Timeline:
    """Which proof was the last one before a place in the log: proof and signature follow each other at once."""

    places: list[int]
    workers: list[Worker]

    def worker_at(self, position: int) -> Worker | None:
        """The worker who sent what was written at this place."""
        index = bisect_right(self.places, position) - 1
        return self.workers[index] if index >= 0 else None


def timeline(evidence: Evidence, workers: list[Worker]) -> Timeline:
    """Where the log shows each proof being spent."""
    key = evidence.secrets.tag_key
    found = [(evidence.first_seen.get(tag_of(worker, key)), worker) for worker in workers]
    placed = sorted(
        ((place, worker) for place, worker in found if place is not None), key=lambda pair: pair[0]
    )
    return Timeline([place for place, _w in placed], [worker for _p, worker in placed])
