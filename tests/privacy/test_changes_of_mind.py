"""Whoever changes or withdraws before the batch leaves no mark in the log that singles the first signature out."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from organizing.crypto import derivation, messages, tokens
from organizing.petitions.selectors import PublishedPetition
from organizing.signing import batches, epochs, selectors, services
from organizing.signing.models import PendingRecord, Signature, UnitTally
from tests import factories
from tests.privacy.signers import Worker
from tests.signing.conftest import no_pace  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pace")]
COVER = 4


def _petition() -> PublishedPetition:
    return factories.opened(factories.Wanted(k=COVER, epoch_seconds=120))


def _worker(petition: PublishedPetition) -> Worker:
    worker = Worker(petition.manifest, petition.pid)
    n, key = petition.manifest.issuers[1], factories.issuer_key(0)
    signed = tokens.blind_sign(key, worker.signer.blinded(n))
    factor = worker.signer.blinding_factor(n)
    worker.token = tokens.finalize(n, worker.signer.prepared, signed, factor)
    return worker


def _send(petition: PublishedPetition, worker: Worker) -> None:
    request = messages.read_send_request(worker.build_send(), petition.manifest)
    services.accept_signature(petition=petition, request=request, now=timezone.now())
    worker.version += 1


def _withdraw(petition: PublishedPetition, worker: Worker) -> None:
    signer, size = worker.signer, petition.manifest.send_bytes
    body = messages.build_withdraw_request(signer, worker.version + 1, size)
    request = messages.read_withdraw_request(body, size)
    services.withdraw_signature(petition=petition, request=request, now=timezone.now())
    worker.version += 1


def _waiting() -> dict[bytes, bytes]:
    return {bytes(row.locator): bytes(row.sealed) for row in PendingRecord.objects.all()}


def test_a_second_version_leaves_every_waiting_row_as_it_was() -> None:
    petition = _petition()
    workers = [_worker(petition) for _ in range(6)]
    for worker in workers:
        _send(petition, worker)
    before = _waiting()
    _send(petition, workers[2])
    after = _waiting()
    assert len(after) == len(before) + 1
    assert {place: after[place] for place in before} == before


@pytest.mark.parametrize("number", [0, 1, 6, 11])
def test_a_withdrawal_rewrites_a_ring_of_rows_and_leaves_no_envelope(number: int) -> None:
    petition = _petition()
    workers = [_worker(petition) for _ in range(12)]
    for worker in workers:
        _send(petition, worker)
    leaving = sorted(workers, key=lambda w: _place(petition, w))[number]
    before = _waiting()
    _withdraw(petition, leaving)
    after = _waiting()
    changed = {place for place in before if after[place] != before[place]}
    assert len(changed) == COVER
    assert _place(petition, leaving) in changed
    epoch = epochs.current(petition.id, 1).open
    assert [e.record for e in epochs.find_all(epoch, leaving.nullifier)] == [b"", b""]
    assert all(epochs.find_all(epoch, w.nullifier)[0].record for w in workers if w != leaving)


def _place(petition: PublishedPetition, worker: Worker) -> bytes:
    return epochs.locate(epochs.current(petition.id, 1).open.key, worker.nullifier)


def test_a_withdrawal_among_few_rewrites_them_all() -> None:
    petition = _petition()
    workers = [_worker(petition) for _ in range(3)]
    for worker in workers:
        _send(petition, worker)
    before = _waiting()
    _withdraw(petition, workers[1])
    assert all(_waiting()[place] != sealed for place, sealed in before.items())


def test_nobody_fills_the_table_with_versions_nor_learns_from_it_when_a_batch_is_made() -> None:
    """A refusal that ended with the batch would tell a planted signer that there were enough for one."""
    petition = _petition()
    workers = [_worker(petition) for _ in range(12)]
    for worker in workers:
        _send(petition, worker)
    changing = workers[0]
    for _version in range(epochs.MOST_WAITING - 1):
        _send(petition, changing)
    before = _waiting()
    _send(petition, changing)
    after = _waiting()
    changed = {place for place in before if after[place] != before[place]}
    assert before.keys() == after.keys()
    assert len(changed) == COVER
    epoch = epochs.current(petition.id, 1).open
    newest = epochs.find(epoch, changing.nullifier)
    assert newest
    assert newest.version == epochs.MOST_WAITING + 1
    for _again in range(3):
        _withdraw(petition, changing)
        _send(petition, changing)
    _withdraw(petition, changing)
    assert _waiting().keys() == before.keys()
    assert {e.record for e in epochs.find_all(epoch, changing.nullifier)} == {b""}


class Ledger:
    """What should be counted: the last word of each worker as of the last batch."""

    def __init__(self) -> None:
        self.now: dict[int, bytes | None] = {}
        self.counted: dict[int, bytes | None] = {}

    def flush(self, made: bool) -> None:
        if made:
            self.counted = dict(self.now)

    @property
    def units(self) -> Counter[bytes]:
        return Counter(unit for unit in self.counted.values() if unit is not None)


def _step(petition: PublishedPetition, worker: Worker, ledger: Ledger, number: int) -> None:
    if ledger.now.get(number) is not None and random.random() < 0.5:
        _withdraw(petition, worker)
        ledger.now[number] = None
        return
    worker.unit = random.choice([derivation.NO_UNIT, factories.UNIT])
    _send(petition, worker)
    ledger.now[number] = worker.unit


def _flush(petition: PublishedPetition, now: datetime) -> bool:
    return batches.flush(petition_id=petition.id, proof_class=1, now=now)


@pytest.mark.parametrize("most", [1, 2, epochs.MOST_WAITING])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_the_count_is_their_last_word(
    seed: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epochs, "MOST_WAITING", most)
    random.seed(seed)
    petition, ledger = _petition(), Ledger()
    workers = [_worker(petition) for _ in range(12)]
    now = timezone.now()
    for _round in range(4):
        for _move in range(20):
            number = random.randrange(len(workers))
            _step(petition, workers[number], ledger, number)
        now += timedelta(hours=1)
        ledger.flush(_flush(petition, now))
        assert selectors.totals(petition.id)[0].total == sum(ledger.units.values())
        tallies = {bytes(row.unit): row.total for row in UnitTally.objects.all() if row.total}
        assert tallies == dict(ledger.units)
    held = {bytes(r.nullifier): r.record is not None for r in Signature.objects.all()}
    gone = [worker for n, worker in enumerate(workers) if ledger.now.get(n) is None]
    assert not any(held.get(worker.nullifier) for worker in gone)
