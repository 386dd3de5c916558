"""Throttles: exact where one process counts, shared between processes, and silent about nearly everybody."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from unittest import mock

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from organizing.errors import Busy, Unavailable
from organizing.safety import throttles
from organizing.safety.throttles import HOUR, Throttle

NOON = 1_000_000 * HOUR


@pytest.fixture(autouse=True)
def noon() -> Iterator[mock.Mock]:
    with mock.patch("organizing.safety.throttles.time.time", return_value=NOON + 60) as clock:
        start_process()
        cache.clear()
        yield clock
    start_process()


def start_process() -> None:
    """What this process knows is forgotten, as in one that has just started."""
    throttles._counts.clear()
    throttles._keys.clear()


@pytest.mark.parametrize("limit", [1, 3, 150, 1000])
def test_the_limit_is_exact_for_one_process(limit: int) -> None:
    throttle = Throttle("exact", limit)
    answers = [throttle.allows("192.0.2.1") for _ in range(limit + 3)]
    assert answers == [True] * limit + [False] * 3


def test_too_many_hits_are_told_when_to_come_back() -> None:
    with pytest.raises(Busy) as caught:
        Throttle("busy", 0).hit("192.0.2.1")
    assert caught.value.retry_after == HOUR - 60


def test_another_network_is_not_held_back() -> None:
    throttle = Throttle("others", 1)
    assert [throttle.allows("192.0.2.1") for _ in range(2)] == [True, False]
    assert throttle.allows("192.0.2.2")


def test_processes_share_what_they_counted() -> None:
    throttle = Throttle("shared", 1000)
    assert all(throttle.allows("192.0.2.1") for _ in range(990))
    start_process()
    answers = [throttle.allows("192.0.2.1") for _ in range(40)]
    assert answers[0]
    assert not answers[-1]


def test_a_network_far_below_the_limit_is_not_heard_of_outside_the_process() -> None:
    throttle = Throttle("silent", 1000)
    with mock.patch.object(throttles, "_tell") as told:
        for _ in range(9):
            throttle.allows("192.0.2.1")
        told.assert_not_called()


def test_the_next_hour_counts_anew(noon: mock.Mock) -> None:
    throttle = Throttle("hour", 1)
    assert [throttle.allows("192.0.2.1") for _ in range(2)] == [True, False]
    noon.return_value += HOUR
    assert throttle.allows("192.0.2.1")


def test_what_is_kept_names_no_network() -> None:
    throttle = Throttle("keyed", 1)
    throttle.allows("192.0.2.1")
    assert not [name for name in throttles._counts if "192.0.2.1" in name]
    assert not [name for name in vars(cache).get("_cache", {}) if "192.0.2.1" in name]


def test_whoever_takes_what_processes_share_cannot_try_addresses() -> None:
    Throttle("mail", 3).allows("worker@example.com")
    shared = cache.get(f"throttle-key:{NOON // HOUR}")
    tried = hmac.digest(shared, b"mail\0worker@example.com", "sha256").hex()
    assert cache.get(f"t:{tried}") is None
    assert cache.get(f"t:{throttles.keyed('mail', 'worker@example.com')}") == 1


def test_processes_with_one_secret_agree_and_others_do_not(settings: Settings) -> None:
    ours = throttles.keyed("mail", "worker@example.com")
    start_process()
    assert throttles.keyed("mail", "worker@example.com") == ours
    start_process()
    settings.SECRET_KEY = "of another site"
    assert throttles.keyed("mail", "worker@example.com") != ours


def test_memory_is_bounded() -> None:
    throttle = Throttle("bounded", 1000)
    with mock.patch.object(throttles, "_REMEMBERED", 10):
        for number in range(25):
            throttle.allows(f"192.0.2.{number}")
    assert len(throttles._counts) <= 10


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis is down, and this process has not begun to count."""

    def fails(*_arguments: object, **_options: object) -> None:
        raise redis.ConnectionError("refused")

    for name in ("add", "get", "get_or_set", "incr", "set"):
        monkeypatch.setattr(type(cache._connections["default"]), name, fails)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("no_redis")
def test_without_redis_the_same_request_can_be_sent_again_later() -> None:
    with pytest.raises(Unavailable):
        Throttle("down", 1000).hit("192.0.2.1")


@pytest.mark.django_db
@pytest.mark.usefixtures("no_redis")
def test_without_redis_nobody_meets_a_page_that_says_it_is_broken() -> None:
    site = Client(raise_request_exception=False)
    answer = site.post("/accounts/login/", {"login": "sam", "password": "x"})
    assert answer.status_code == 503


def test_a_cache_that_lets_a_count_go_is_no_failure() -> None:
    throttle = Throttle("gone", 1)
    with mock.patch.object(cache, "incr", side_effect=ValueError):
        assert throttle.allows("192.0.2.1")
