"""Whatever a planted signer sends, the answer is the same whether theirs waits, is being counted, or was counted."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction

from organizing.crypto.derivation import NO_UNIT
from organizing.petitions import selectors
from organizing.signing import epochs
from tests import stage
from tests.factories import UNIT, Wanted
from tests.privacy.planted import CLASSES, PLACES, Planted, Sent, bad_signature, highest
from tests.signing.conftest import no_pace  # noqa: F401 - a fixture
from tests.stage import InProcess, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_pace")]
OTHER = bytes([7]) * 32
FOREIGN_UNIT = bytes(range(16))
Said = list[tuple[int, bytes]]


class Past:
    """What a signer sent before, until `settle`, and since."""

    def __init__(self, proof_class: int, settle: Callable[[], None]) -> None:
        self.proof_class, self.settle = proof_class, settle
        self.planted: Planted | None = None
        self.last: Sent | None = None
        self.version = 0
        self.randomness = b""

    def of(self, planted: Planted) -> Past:
        self.planted = planted
        return self

    def send(self, unit: bytes = NO_UNIT, randomness: bytes = b"", version: int = 0) -> Past:
        assert self.planted
        self.version = version or self.version + 1
        self.last = Sent(self.proof_class, self.version, unit, randomness)
        self.randomness = randomness
        assert self.planted.post("send", self.planted.send(self.last)).status == 200
        return self

    def withdraw(self) -> Past:
        assert self.planted
        self.version += 1
        body = self.planted.withdraw(self.version, self.randomness)
        assert self.planted.post("withdraw", body).status == 200
        return self

    def settled(self) -> Past:
        self.settle()
        return self


def many(past: Past) -> Past:
    """As many as may wait, and two more."""
    for _version in range(epochs.MOST_WAITING + 2):
        past.send(UNIT)
    return past


PASTS: dict[str, Callable[[Past], Past]] = {
    "nothing": lambda past: past.settled(),
    "one version": lambda past: past.send().settled(),
    "one version with a unit and another randomness": lambda past: past.send(UNIT, OTHER).settled(),
    "a high version": lambda past: past.send(version=7).settled(),
    "the highest version": lambda past: past.send(version=highest()).settled(),
    "several versions": lambda past: past.send().send(UNIT).send(UNIT).settled(),
    "withdrawn": lambda past: past.send().withdraw().settled(),
    "withdrawn since": lambda past: past.send(UNIT).settled().withdraw(),
    "changed since": lambda past: past.send().settled().send(UNIT),
    "back with another randomness": lambda past: past.send().withdraw().send(UNIT, OTHER).settled(),
    "withdrawn, and back since": lambda past: past.send().withdraw().settled().send(UNIT, OTHER),
    "withdrawn and back since": lambda past: past.send(UNIT).settled().withdraw().send(UNIT, OTHER),
    "as many as may wait": many,
}


def asked(past: Past) -> dict[str, tuple[str, bytes]]:
    """One of each kind: the right ones, and all that can be wrong."""
    planted = past.planted
    assert planted
    found: dict[str, tuple[str, bytes]] = {}
    top = max(past.version, 1)
    versions = {"lower": max(1, top - 1), "same": top, "higher": min(top + 1, highest())}
    randomness = {"own": b"", "other": OTHER}
    for proof_class in CLASSES:
        for how, version in versions.items():
            for whose, ru in randomness.items():
                what = Sent(proof_class, version, UNIT, ru)
                found[f"send {proof_class}, {how}, {whose}"] = ("send", planted.send(what))
        wrong = Sent(proof_class, versions["higher"], UNIT, past.randomness, fits=False)
        found[f"send {proof_class}, no commitment"] = ("send", planted.send(wrong))
    if past.last:
        body = planted.send(past.last)
        end = 518 + planted.here.petition.manifest.envelope_bytes
        found["send, the same bytes"] = ("send", body)
        found["send, wrong signature"] = ("send", bad_signature(body, end))
        foreign = replace(past.last, version=versions["higher"], unit=FOREIGN_UNIT)
        found["send, unknown unit"] = ("send", planted.send(foreign))
    for how, version in versions.items():
        for whose, ru in randomness.items():
            found[f"withdraw, {how}, {whose}"] = ("withdraw", planted.withdraw(version, ru))
    found["withdraw, wrong signature"] = (
        "withdraw",
        bad_signature(planted.withdraw(versions["higher"]), 69),
    )
    found["status"] = ("status", planted.status())
    found["status, wrong signature"] = ("status", bad_signature(planted.status(), 65))
    return found


def everything_said(past: Past) -> dict[str, Said]:
    """Each answer, and what the status is afterwards. What was asked is undone."""
    planted = past.planted
    assert planted
    said: dict[str, Said] = {}
    for name, (operation, body) in asked(past).items():
        with transaction.atomic():
            said[name] = [
                planted.said(operation, body),
                planted.said(operation, body),
                planted.said("status", planted.status()),
            ]
            transaction.set_rollback(True)
    return said


def told(past: str, place: str, proof_class: int, secret: bytes) -> dict[str, Said]:
    here = stage.opened(Wanted(k=3))
    # More than any one network may ask.
    here.transport = InProcess(f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.9")
    # The same bytes at every petition that this compares: no answer depends on them.
    planted = Planted(here, secret)
    made = Past(proof_class, lambda: PLACES[place](here, proof_class)).of(planted)
    return everything_said(PASTS[past](made))


@pytest.mark.parametrize("proof_class", CLASSES)
@pytest.mark.parametrize("past", PASTS)
def test_every_answer_is_the_same_before_during_and_after_a_batch(
    past: str, proof_class: int
) -> None:
    secret = secrets.token_bytes(16)
    waiting, closing, counted = (told(past, place, proof_class, secret) for place in PLACES)
    assert waiting == closing
    assert waiting == counted


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def here() -> Stage:
    selectors.forget_published()
    return stage.opened(Wanted(k=3))


def test_another_randomness_is_refused_wherever_the_signature_is(here: Stage, place: str) -> None:
    planted = Planted(here)
    planted.post("send", planted.send(Sent()))
    PLACES[place](here, 1)
    changed = planted.send(Sent(version=2, randomness=OTHER))
    assert planted.said("send", changed) == (403, b'{"error":"refused"}')
    assert planted.said("withdraw", planted.withdraw(2, OTHER)) == (403, b'{"error":"refused"}')
    right = planted.send(Sent(version=2, unit=UNIT))
    assert planted.said("send", right) == (200, b'{"status":"held","version":2}')


@pytest.mark.parametrize("first", CLASSES)
def test_a_second_class_is_refused_at_once_and_for_ever(
    here: Stage, place: str, first: int
) -> None:
    planted, second = Planted(here), 3 - first
    planted.post("send", planted.send(Sent(first)))
    refused = (403, b'{"error":"refused"}')
    assert planted.said("send", planted.send(Sent(second, 9))) == refused
    PLACES[place](here, first)
    assert planted.said("send", planted.send(Sent(second, 9))) == refused
    planted.post("withdraw", planted.withdraw(2))
    assert planted.said("send", planted.send(Sent(second, 9))) == refused
    PLACES[place](here, first)
    assert planted.said("send", planted.send(Sent(second, 9))) == refused
    assert planted.said("send", planted.send(Sent(first, 9)))[0] == 200
