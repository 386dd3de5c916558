"""Each attack guesses which signature belongs to which proof, inside one batch of one class."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.privacy.seizure.chance import Finding, rank_score
from tests.privacy.seizure.evidence import Evidence, Timeline, all_keys, tag_of, timeline
from tests.privacy.signers import Worker
from tests.privacy.story import K, Story

LOCATE = b"roundrobin/v1/locate"
# Parts of a counted record by which a list can be sorted: (from, to).
PARTS = {
    "key": (38, 70),
    "prefix": (70, 102),
    "token": (102, 486),
    "unit commitment": (486, 518),
    "envelope": (518, 550),
    "signature bytes": (-64, -32),
}


@dataclass(frozen=True)
class Pool:
    """One batch of one class. The attacker is given which proofs and which signatures are in it."""

    workers: tuple[Worker, ...]

    @property
    def nullifiers(self) -> list[bytes]:
        return sorted(worker.nullifier for worker in self.workers)


def pools(story: Story) -> list[Pool]:
    """Every batch, its workers in the order in which they proved."""
    return [
        Pool(tuple(w for w in told.signed if w.proof_class == proof_class))
        for told in story.rounds
        for proof_class in (1, 2)
    ]


WorkerOrder = Callable[[Worker], Any]


def match(
    name: str, everyone: list[Pool], by: WorkerOrder, signatures: dict[bytes, Any]
) -> Finding:
    """Sorts both sides of each batch and lays them beside each other."""
    tried, hits, score, used = 0, 0, 0.0, 0
    for pool in everyone:
        known = [w for w in pool.workers if by(w) is not None and w.nullifier in signatures]
        left = sorted(known, key=by)
        right = sorted((w.nullifier for w in known), key=lambda n: signatures[n])
        place = {nullifier: rank for rank, nullifier in enumerate(right)}
        truth = [place[worker.nullifier] for worker in left]
        tried += len(left)
        hits += sum(rank == at for rank, at in enumerate(truth))
        score += rank_score(range(len(left)), truth)
        used += bool(left)
    return Finding(name, tried, hits, float(used), score / max(1, used) ** 0.5)


def worker_orders(evidence: Evidence, times: Timeline, story: Story) -> dict[str, WorkerOrder]:
    """In which orders the proofs of a batch can be laid out."""
    key = evidence.secrets.tag_key
    number = {id(w): n for n, w in enumerate(w for told in story.rounds for w in told.signed)}
    orders: dict[str, WorkerOrder] = {"time of proof": lambda w: number[id(w)]}
    for name, known in evidence.spent_orders.items():
        orders[f"spent proofs by {name}"] = _by_tag(known, key)
    for name, removed in evidence.removals.items():
        rank = {
            id(worker): n
            for n, position in reversed(list(enumerate(removed)))
            if (worker := times.worker_at(position))
        }
        orders[f"removal of pending rows by {name}"] = _by_rank(rank)
    return orders


def _by_tag(known: dict[bytes, Any], key: bytes) -> WorkerOrder:
    return lambda worker: known.get(tag_of(worker, key))


def _by_rank(rank: dict[int, int]) -> WorkerOrder:
    return lambda worker: rank.get(id(worker))


def signature_orders(evidence: Evidence) -> dict[str, dict[bytes, Any]]:
    """In which orders the signatures of a batch can be laid out."""
    orders = {"nullifier": {row.nullifier: row.nullifier for row in evidence.counted}}
    for name, (start, end) in PARTS.items():
        orders[name] = {r.nullifier: r.record[start:end] for r in evidence.counted if r.record}
    seen = evidence.first_seen
    in_log = {r.nullifier: seen[r.nullifier] for r in evidence.counted if r.nullifier in seen}
    return orders | {"write-ahead log": in_log} | evidence.signature_orders


def by_order(evidence: Evidence, story: Story) -> Iterator[Finding]:
    """Every order of proofs against every order of signatures."""
    workers = [worker for told in story.rounds for worker in told.signed]
    times = timeline(evidence, workers)
    everyone = pools(story)
    for left, by in worker_orders(evidence, times, story).items():
        for right, order in signature_orders(evidence).items():
            yield match(f"{left} / {right}", everyone, by, order)


def locator(key: bytes, nullifier: bytes) -> bytes:
    """Where a record waits: HMAC(epoch key, nullifier)."""
    return hmac.digest(key, LOCATE + nullifier, hashlib.sha256)


def by_locator(evidence: Evidence, story: Story, kept: dict[str, bytes]) -> Finding:
    """Recomputes the place of each counted signature in the log with every key there is."""
    workers = [worker for told in story.rounds for worker in told.signed]
    times = timeline(evidence, workers)
    keys = [*all_keys(evidence).values(), *kept.values()]
    sizes = {
        worker.nullifier: len(pool.workers) for pool in pools(story) for worker in pool.workers
    }
    hits, luck = 0, 0.0
    for row in evidence.counted:
        places = (evidence.first_seen.get(locator(key, row.nullifier)) for key in keys)
        found = next((place for place in places if place is not None), None)
        guessed = times.worker_at(found) if found is not None else None
        hits += guessed is not None and guessed.nullifier == row.nullifier
        luck += 1 / sizes[row.nullifier] if guessed else 0.0
    return Finding("pending rows found again by their keyed place", len(workers), hits, luck)


def by_touch(evidence: Evidence, story: Story) -> Finding:
    """Rows changed while they waited, against signatures that have a second version or were withdrawn.

    A withdrawal must remove an envelope at once, so it rewrites `K` rows together: being one of those is luck.
    """
    times = timeline(evidence, [worker for told in story.rounds for worker in told.signed])
    suspects = {id(w) for position in evidence.touched if (w := times.worker_at(position))}
    versions = {row.nullifier: row.version for row in evidence.counted}
    tried, hits, luck = 0, 0, 0.0
    for pool in pools(story):
        changed = {n for n in pool.nullifiers if versions.get(n, 0) > 1}
        for worker in (w for w in pool.workers if id(w) in suspects):
            tried += 1
            hits += worker.nullifier in changed
            luck += 1 / K + len(changed) / len(pool.workers)
    return Finding("rows touched while they waited / second versions", tried, hits, luck)
