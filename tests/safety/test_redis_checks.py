"""The Redis that all processes share may not write to disk who asked; real servers are asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from organizing import checks
from tests.conftest import missing
from tests.services import start_redis

pytestmark = pytest.mark.redis
REAL = "https://example.org"


@contextmanager
def shared(settings: Settings, *arguments: str, origin: str = REAL) -> Iterator[str]:
    """A Redis started with these arguments, as the one of REDIS_URL."""
    with start_redis(*arguments) as service:
        if service is None:
            missing("Redis (package redis-server)")
        settings.REDIS_URL, settings.SITE_ORIGIN = service.url, origin
        yield service.url


def only_message() -> CheckMessage:
    (message,) = checks.check_redis(None)
    assert "\n" not in message.msg
    return message


def test_a_redis_that_forgets_passes(settings: Settings) -> None:
    with shared(settings):
        assert checks.check_redis(None) == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("save", ("--save", "3600 1 300 100")), ("appendonly", ("--appendonly", "yes"))],
)
def test_a_redis_that_writes_to_disk_is_refused(
    settings: Settings, name: str, arguments: tuple[str, ...]
) -> None:
    with shared(settings, *arguments):
        message = only_message()
    assert message.is_serious()
    assert f"`{name} " in message.msg
    assert "delete the files" in message.msg


def test_a_redis_as_it_comes_is_refused(settings: Settings) -> None:
    with shared(settings, "--save", "3600 1 300 100 60 10000", "--appendonly", "yes"):
        assert len(checks.check_redis(None)) == 2


def test_on_a_trial_on_one_machine_it_is_only_said(settings: Settings) -> None:
    with shared(settings, "--save", "60 1", origin="http://127.0.0.1:8000"):
        assert not only_message().is_serious()


def test_a_redis_that_does_not_tell_is_doubtful(settings: Settings) -> None:
    with shared(settings, "--rename-command", "CONFIG", ""):
        message = only_message()
    assert not message.is_serious()
    assert "managed" in message.msg


def test_a_redis_whose_user_may_not_ask_is_doubtful(settings: Settings) -> None:
    with shared(settings) as url:
        with redis.Redis.from_url(url) as client:
            rights = {"categories": ["+@all"], "commands": ["-config"], "keys": ["*"]}
            client.acl_setuser("site", enabled=True, nopass=True, **rights)
        settings.REDIS_URL = url.replace("redis://", "redis://site:any@")
        message = only_message()
    assert not message.is_serious()
    assert "does not say" in message.msg


def test_a_redis_that_is_not_there_is_doubtful(settings: Settings) -> None:
    settings.REDIS_URL, settings.SITE_ORIGIN = "redis://127.0.0.1:1", REAL
    assert "does not answer" in only_message().msg


def test_without_a_redis_there_is_nothing_to_ask(settings: Settings) -> None:
    settings.REDIS_URL, settings.SITE_ORIGIN = "", REAL
    assert checks.check_redis(None) == []


@pytest.mark.django_db
def test_whatever_serves_is_stopped_by_it(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    with (
        shared(settings, "--save", "60 1"),
        pytest.raises(ImproperlyConfigured, match="writes to disk"),
    ):
        checks.refuse_if_unsafe()


@pytest.mark.django_db
def test_a_doubt_is_logged_and_stops_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.REDIS_URL, settings.SITE_ORIGIN = "redis://127.0.0.1:1", REAL
    with caplog.at_level(logging.WARNING):
        checks.refuse_if_unsafe()
    assert "make sure yourself" in caplog.text
