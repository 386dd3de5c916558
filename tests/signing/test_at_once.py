"""Sends, changes, withdrawals and flushes at the same moment: nothing lost, nothing counted twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from organizing.petitions.models import Petition, State
from organizing.signing import batches, selectors
from organizing.signing.models import PendingRecord, Signature
from tests import stage
from tests.at_once import at_once
from tests.factories import UNIT, Wanted
from tests.reference_client.client import Client, Credential
from tests.reference_client.messages import NO_UNIT
from tests.reference_client.site import Refusal, Site
from tests.signing import truth
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db(transaction=True)
Signed = tuple[Client, Credential]
Said = dict[str, Any]


@pytest.fixture
def here() -> Stage:
    return stage.opened()


def beside(client: Client) -> Client:
    """The same signer on a connection of its own."""
    site = Site(InProcess(), client.site.origin, client.site.petition)
    return Client(site, client.manifest, client.signer)


def units(signers: list[Signed]) -> dict[bytes, bytes]:
    return {client.signer.nullifier: client.signer.ru for client, _credential in signers}


def sends(client: Client, body: bytes) -> Callable[[], Said]:
    return lambda: beside(client).send(body)


def test_the_same_bytes_at_once_are_held_once(here: Stage) -> None:
    client, credential = here.with_paper()
    body = client.send_bytes(credential)
    results = at_once([sends(client, body) for _ in range(4)])
    assert results == [{"status": "held", "version": 1}] * 4
    assert PendingRecord.objects.count() == 1


@pytest.mark.parametrize("counted", [False, True])
def test_several_versions_at_once_leave_the_highest_that_was_acknowledged(
    here: Stage, counted: bool
) -> None:
    signers = [here.signed() for _ in range(3)]
    client, credential = signers[0]
    now = here.flush() if counted else None
    bodies = [client.send_bytes(credential, version=v, unit=UNIT) for v in (2, 3, 4, 5)]
    results = at_once([sends(client, body) for body in bodies], Refusal)
    held = [r["version"] for r in results if isinstance(r, dict)]
    assert {r.code for r in results if isinstance(r, Refusal)} <= {"stale", "unavailable"}
    assert held
    assert client.status() == {"status": "held", "version": max(held)}
    signers += [here.signed() for _ in range(3)]
    here.flush(now)
    assert truth.check(here.petition.id, units(signers)) == 6
    assert truth.nothing_waits(here.petition.id)


def test_the_first_and_the_second_version_at_once(here: Stage) -> None:
    for _ in range(4):
        client, credential = here.with_paper()
        bodies = [client.send_bytes(credential, version=v) for v in (1, 2)]
        results = at_once([sends(client, body) for body in bodies], Refusal)
        held = max(r["version"] for r in results if isinstance(r, dict))
        assert client.status() == {"status": "held", "version": held}


@pytest.mark.parametrize("counted", [False, True])
def test_replacing_and_withdrawing_at_once(here: Stage, counted: bool) -> None:
    signers = [here.signed() for _ in range(3)]
    now = here.flush() if counted else None
    client, credential = signers[0]
    body = client.send_bytes(credential, version=2, unit=UNIT)
    results = at_once([sends(client, body), lambda: beside(client).withdraw(3)], Refusal)
    assert results[1] == {"status": "withdrawn", "version": 3}
    assert results[0] == {"status": "held", "version": 2} or isinstance(results[0], Refusal)
    assert client.status() == {"status": "withdrawn", "version": 3}
    signers += [here.signed() for _ in range(3)]
    here.flush(now)
    assert truth.check(here.petition.id, units(signers)) == 5


def test_two_flushes_at_once_make_one_batch(here: Stage) -> None:
    signers = [here.signed() for _ in range(4)]
    later = timezone.now() + timedelta(hours=1)
    at_once([lambda: batches.flush_due(now=later) for _ in range(3)])
    assert truth.check(here.petition.id, units(signers)) == 4
    assert [b.number for b in selectors.history(here.petition.id)] == [1]
    assert truth.nothing_waits(here.petition.id)


class Crowd:
    """Signers who send, change and withdraw in several threads, while flushes run in another."""

    def __init__(self, here: Stage, signers: list[Signed], seed: int) -> None:
        self.here, self.signers = here, signers
        self.chance = random.Random(seed)
        self.done = threading.Event()
        self.last: dict[bytes, Said] = {}

    def act(self, mine: list[Signed]) -> None:
        for client, credential in mine:
            own = beside(client)
            self._note(own, sends(client, own.send_bytes(credential)))
            for version in range(2, 2 + self.chance.randrange(4)):
                unit = self.chance.choice((UNIT, NO_UNIT))
                if self.chance.random() < 0.3:
                    self._note(own, partial(own.withdraw, version))
                else:
                    body = own.send_bytes(credential, version=version, unit=unit)
                    self._note(own, partial(own.send, body))

    def _note(self, client: Client, act: Callable[[], Said]) -> None:
        self.last[client.signer.nullifier] = act()

    def flush(self) -> None:
        now = timezone.now()
        while not self.done.is_set():
            now += timedelta(seconds=300)
            batches.flush_due(now=now)

    def run(self, threads: int) -> None:
        parts = [self.signers[i::threads] for i in range(threads)]
        left = threading.Semaphore(0)

        def work(part: list[Signed]) -> None:
            try:
                self.act(part)
            finally:
                left.release()

        def finish() -> None:
            for _ in parts:
                left.acquire()
            self.done.set()

        jobs: list[Callable[[], None]] = [partial(work, part) for part in parts]
        at_once([*jobs, finish, self.flush, self.flush])


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_signs_while_batches_are_made(seed: int) -> None:
    here = stage.opened(Wanted(k=2))
    signers = [here.with_paper() for _ in range(24)]
    crowd = Crowd(here, signers, seed)
    crowd.run(threads=3)
    standing = {n for n, said in crowd.last.items() if said["status"] == "held"}
    for client, _credential in signers:
        assert client.status() == crowd.last[client.signer.nullifier]
    close(here)
    assert truth.check(here.petition.id, units(signers)) == len(standing)
    assert truth.nothing_waits(here.petition.id)
    kept = Signature.objects.filter(counted=True).values_list("nullifier", flat=True)
    assert {bytes(nullifier) for nullifier in kept} == standing


def close(here: Stage) -> None:
    """The end: whatever waits is counted, however few."""
    past = timezone.now() - timedelta(days=1)
    Petition.objects.filter(id=here.petition.id).update(state=State.CLOSED, sending_ends_at=past)
    batches.flush_due(now=timezone.now() + timedelta(days=400))
