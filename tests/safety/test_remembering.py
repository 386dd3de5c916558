"""A rush of requests reads once; a failure is never remembered, and neither is what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from organizing.safety.remembering import SECONDS, Remembered


class Gone(Exception):
    pass


@pytest.fixture
def clock() -> Iterator[mock.Mock]:
    with mock.patch("organizing.safety.remembering.time.monotonic", return_value=100.0) as now:
        yield now


def gone() -> int:
    raise Gone


def test_a_value_is_read_once_a_second(clock: mock.Mock) -> None:
    kept, read = Remembered[str, int](), mock.Mock(side_effect=[1, 2])
    assert [kept.get("a", read) for _ in range(3)] == [1, 1, 1]
    clock.return_value += SECONDS
    assert kept.get("a", read) == 2


def test_who_comes_while_somebody_reads_goes_on_with_what_was_known(clock: mock.Mock) -> None:
    kept = Remembered[str, int]()
    kept.get("a", lambda: 1)
    clock.return_value += SECONDS
    assert kept.get("a", lambda: kept.get("a", gone) + 1) == 2


def test_a_failure_is_raised_and_drops_what_was_known(clock: mock.Mock) -> None:
    kept = Remembered[str, int]()
    kept.get("a", lambda: 1)
    clock.return_value += SECONDS
    for _ in range(2):
        with pytest.raises(Gone):
            kept.get("a", gone)


def test_forgetting_and_refreshing_read_at_once(clock: mock.Mock) -> None:
    kept = Remembered[str, int]()
    kept.get("a", lambda: 1)
    assert kept.refresh("a", lambda: 2) == 2
    kept.forget()
    assert kept.get("a", lambda: 3) == 3
