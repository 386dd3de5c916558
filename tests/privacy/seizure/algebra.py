"""Arithmetic on what is stored and on what went over the wire: does anything of a proof fit one signature only?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

import gmpy2

from organizing.crypto.manifests import CLASS_OF_METHOD
from tests.privacy.seizure.chance import Finding
from tests.privacy.seizure.evidence import Counted, Evidence, keyed, tag_of
from tests.privacy.seizure.linking import Pool, pools
from tests.privacy.signers import Worker
from tests.privacy.story import Story

EXPONENT = 65537
WINDOW = 16


def candidates(row: Counted, modulus: int) -> Iterator[bytes]:
    """What might have been the blinded message and the commitment, made from what is stored."""
    record = row.record
    token = int.from_bytes(record[102:486], "big")
    message = int(gmpy2.powmod(token, EXPONENT, modulus)).to_bytes(384, "big")
    for randomness in (record[70:102], record[486:518], row.nullifier, bytes(32)):
        commitment = hashlib.sha256(
            b"roundrobin/v1/commitment" + randomness + record[38:70]
        ).digest()
        for blinded in (record[102:486], message):
            yield blinded + commitment


def by_request_mac(evidence: Evidence, story: Story, workers_each: int = 40) -> Finding:
    """The stored MAC of each request against every signature of the batch, with the tag key in hand."""
    key = evidence.secrets.tag_key
    macs = {row.tag: row.request_mac for row in evidence.spent}
    rows = {row.nullifier: row for row in evidence.counted if row.record}
    tried, hits, luck = 0, 0, 0.0
    for pool in pools(story):
        known = _macs_of(pool, rows, key, story)
        for worker in islice(pool.workers, workers_each):
            guess = known.get(macs[tag_of(worker, key)])
            tried, hits = tried + 1, hits + (guess == worker.nullifier)
            luck += 1 / len(pool.workers)
    return Finding("request MACs recomputed from signatures", tried, hits, luck)


def _macs_of(
    pool: Pool, rows: dict[bytes, Counted], key: bytes, story: Story
) -> dict[bytes, bytes]:
    method = pool.workers[0].method
    modulus = story.manifest.issuers[CLASS_OF_METHOD[method]]
    return {
        keyed(key, b"request", data + bytes([method])): nullifier
        for nullifier in pool.nullifiers
        if nullifier in rows
        for data in candidates(rows[nullifier], modulus)
    }


def fitting_factors(evidence: Evidence, story: Story, worker: Worker, pool: Pool) -> list[int]:
    """With the issuer's private key and the blinded message from the wire: the factor r that would tie this proof
    to each signature of the batch. Every signature has one, so none of them says anything."""
    issuer = evidence.secrets.issuers[worker.proof_class]
    order = (issuer.p - 1) * (issuer.q - 1)
    private = int(gmpy2.invert(EXPONENT, order))
    blinded = int.from_bytes(worker.issue_body[386:770], "big")
    factors = []
    for row in (r for r in evidence.counted if r.nullifier in set(pool.nullifiers) and r.record):
        message = gmpy2.powmod(int.from_bytes(row.record[102:486], "big"), EXPONENT, issuer.n)
        quotient = blinded * int(gmpy2.invert(message, issuer.n)) % issuer.n
        factor = int(gmpy2.powmod(quotient, private, issuer.n))
        assert int(gmpy2.powmod(factor, EXPONENT, issuer.n)) == quotient
        factors.append(factor)
    return factors


def windows(data: bytes, step: int = 1) -> Iterator[bytes]:
    """Every stretch of WINDOW bytes."""
    for at in range(0, len(data) - WINDOW + 1, step):
        yield data[at : at + WINDOW]


def shared_stretches(evidence: Evidence, story: Story) -> list[str]:
    """Signers whose request for a credential shares WINDOW bytes with anything that is stored of a signature."""
    manifest = story.manifest.hash
    common = set(windows(manifest)) | {bytes(WINDOW)}
    workers = story.rounds[0].signed[:120]
    issuing: dict[bytes, str] = {}
    for worker in workers:
        proof_side = worker.issue_body[33:770] + worker.attestation[33:]
        issuing.update(dict.fromkeys(windows(proof_side), worker.address or worker.code))
    for row in evidence.spent:
        issuing.update(dict.fromkeys(windows(row.tag + row.request_mac), "a spent proof"))
    wanted = {worker.nullifier for worker in workers}
    return [
        f"{issuing[stretch]} shares {stretch.hex()}"
        for row in evidence.counted
        if row.nullifier in wanted
        for stretch in windows(row.nullifier + row.record)
        if stretch in issuing and stretch not in common
    ]


def repeated_stretches(evidence: Evidence) -> int:
    """How many aligned stretches two signatures have in common, beyond version and manifest hash."""
    seen: set[bytes] = set()
    repeated = 0
    for row in evidence.counted:
        own = set(windows(row.record[38:], WINDOW))
        repeated += len(own & seen)
        seen |= own
    return repeated
