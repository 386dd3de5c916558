"""The same tests by Django's test client and over a live server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.core import mail

from organizing.eligibility import tasks
from organizing.signing import pacing
from tests import factories
from tests.reference_client.site import UrlTransport
from tests.stage import Stage

# A live server has threads of its own, so that what is written has to be committed.
WAYS = (
    pytest.param("test client", marks=pytest.mark.django_db),
    pytest.param("live server", marks=pytest.mark.django_db(transaction=True)),
)


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks and changes are answered when they are done."""
    monkeypatch.setattr(pacing, "CHANGE", 0)
    monkeypatch.setattr(pacing, "LOOK", 0)


@pytest.fixture(params=WAYS)
def stage(request: pytest.FixtureRequest) -> Stage:
    """An open petition with both classes of proof."""
    request.getfixturevalue("_django_db_helper")
    petition = factories.opened()
    if request.param == "test client":
        return Stage(petition)
    server = request.getfixturevalue("live_server")
    # The settings allow the address of this machine, not its name.
    return Stage(petition, UrlTransport(), server.url.replace("localhost", "127.0.0.1"))


@pytest.fixture
def worker() -> Iterator[list[str]]:
    """A worker that does at once what is queued; yields the names of what it did."""
    done: list[str] = []

    def work(name: str, kwargs: dict[str, Any]) -> None:
        assert name == "eligibility.mail_code"
        done.append(name)
        tasks.mail_code(**kwargs)

    def at_once(act: Callable[[], None]) -> None:
        act()

    # A test that is rolled back commits nothing that a job could wait for.
    waiting = mock.patch("organizing.jobs.transaction.on_commit", at_once)
    with mock.patch("organizing.jobs.current_app.send_task", work), waiting:
        yield done


def mailed_code() -> str:
    """The code in the last mail."""
    found = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", str(mail.outbox[-1].body))
    assert found
    return found[0]
