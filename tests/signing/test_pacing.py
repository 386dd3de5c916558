"""Every look and every change is answered at a multiple of one time, whatever it took."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from organizing.signing import pacing
from tests import stage
from tests.factories import Wanted
from tests.privacy.planted import PLACES, Planted, Sent

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = bytes([7]) * 32


class Clock:
    """Stands in for `time`. What is done takes as long as the test says."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, list[float]()

    def monotonic(self) -> float:
        """Seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """At once."""
        assert not connection.in_atomic_block
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, no_pace: None) -> Clock:
    found = Clock()
    monkeypatch.setattr(pacing, "CHANGE", 0.2)
    monkeypatch.setattr(pacing, "LOOK", 0.02)
    monkeypatch.setattr(pacing, "time", found)
    return found


@pytest.mark.parametrize(("takes", "until"), [(0.01, 0.2), (0.19, 0.2), (0.25, 0.4), (5.05, 5.2)])
def test_it_ends_at_a_multiple(clock: Clock, takes: float, until: float) -> None:
    with pacing.evenly(pacing.CHANGE):
        clock.now += takes
    assert clock.now == pytest.approx(1000 + until)


def test_an_error_is_no_faster(clock: Clock) -> None:
    with pytest.raises(ValueError, match="x"), pacing.evenly(pacing.CHANGE):
        raise ValueError("x")
    assert clock.slept == [pytest.approx(0.2)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("change", ["send", "withdraw"])
def test_a_change_is_paced_wherever_the_signature_is(clock: Clock, place: str, change: str) -> None:
    here = stage.opened(Wanted(k=3))
    planted = Planted(here)
    asked: list[tuple[int, Callable[[], tuple[int, bytes]]]] = [
        (200, lambda: planted.said("send", planted.send(Sent()))),
        (200, lambda: planted.said("status", planted.status())),
        (403, lambda: planted.said("send", planted.send(Sent(version=2, randomness=OTHER)))),
        (409, lambda: planted.said("withdraw", planted.withdraw(1))),
    ]
    for _again in range(2):
        assert [ask()[0] for _status, ask in asked] == [status for status, _ask in asked]
        PLACES[place](here, 1)
    # All but the first of them, which was new.
    assert clock.slept == [pytest.approx(0.02)] * (2 * len(asked) - 1)
    clock.slept.clear()
    body = planted.send(Sent(version=2)) if change == "send" else planted.withdraw(2)
    assert planted.said(change, body)[0] == 200
    assert clock.slept == [pytest.approx(0.02), pytest.approx(0.2)]
