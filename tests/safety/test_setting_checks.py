"""Unsafe settings are refused, each in one line that says the way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from pytest_django.fixtures import Settings

from organizing import checks, keyring
from organizing.safety import setting_checks
from tests.services import Service


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Path:
    """A key folder as tools/make_keys.py makes it."""
    folder = tmp_path / "keys"
    keyring.make_key_files(folder)
    settings.KEY_DIR = folder
    return folder


def only_line(lines: Iterator[str]) -> str:
    (line,) = lines
    assert "\n" not in line
    return line


def test_keys_as_they_are_made_pass(keys: Path) -> None:
    assert list(setting_checks.key_files()) == []


def test_a_missing_key_folder_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = tmp_path / "elsewhere"
    assert "tools/make_keys.py" in only_line(setting_checks.key_files())


def test_a_missing_key_is_refused(keys: Path) -> None:
    (keys / "application.key").unlink()
    assert "application.key is missing" in only_line(setting_checks.key_files())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(keys: Path, mode: int) -> None:
    (keys / "django.key").chmod(mode)
    assert "chmod 600" in only_line(setting_checks.key_files())


def test_a_key_folder_that_others_can_enter_is_refused(keys: Path) -> None:
    keys.chmod(0o755)
    assert "chmod 700" in only_line(setting_checks.key_files())


def test_several_processes_need_a_shared_cache(settings: Settings) -> None:
    settings.WEB_PROCESSES = 2
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert "REDIS_URL" in only_line(setting_checks.shared_cache())


@pytest.mark.parametrize(
    ("processes", "backend"), [(1, "locmem.LocMemCache"), (4, "redis.RedisCache")]
)
def test_one_process_or_a_shared_cache_pass(
    settings: Settings, processes: int, backend: str
) -> None:
    settings.WEB_PROCESSES = processes
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    assert list(setting_checks.shared_cache()) == []


@pytest.mark.parametrize("host", ["*", ".example.org"])
def test_a_host_that_is_not_named_is_refused(settings: Settings, host: str) -> None:
    settings.ALLOWED_HOSTS = ["example.org", host]
    assert "name each host" in only_line(setting_checks.hosts())


def test_no_host_at_all_is_refused(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = []
    assert "SITE_ORIGIN" in only_line(setting_checks.hosts())


def test_named_hosts_pass(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["example.org", "send.example.org"]
    assert list(setting_checks.hosts()) == []


@pytest.mark.parametrize("name", ["SITE_ORIGIN", "ISSUING_ORIGIN", "SENDING_ORIGIN"])
def test_an_origin_in_the_clear_is_refused(settings: Settings, name: str) -> None:
    setattr(settings, name, "http://petition.example.org")
    assert "https" in only_line(setting_checks.secure_origins())


@pytest.mark.parametrize(
    "origin", ["https://example.org", "http://127.0.0.1:8000", "http://localhost"]
)
def test_an_encrypted_or_local_origin_passes(settings: Settings, origin: str) -> None:
    settings.SITE_ORIGIN = origin
    assert list(setting_checks.secure_origins()) == []


def test_cookies_in_the_clear_are_refused_on_a_real_site(settings: Settings) -> None:
    settings.SITE_ORIGIN = "https://example.org"
    settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE = False, True
    assert "SESSION_COOKIE_SECURE" in only_line(setting_checks.secure_cookies())


def test_secure_cookies_pass(settings: Settings) -> None:
    settings.SITE_ORIGIN = "https://example.org"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    assert list(setting_checks.secure_cookies()) == []


def test_a_durable_redis_may_hold_epoch_keys(settings: Settings, durable_redis: Service) -> None:
    settings.EPOCH_KEYS_URL = durable_redis.url
    assert list(setting_checks.epoch_key_store()) == []


@pytest.mark.parametrize(
    ("name", "value", "right"), [("appendfsync", "everysec", "always"), ("save", "60 1", "")]
)
def test_a_redis_that_forgets_or_copies_is_refused(
    settings: Settings, durable_redis: Service, name: str, value: str, right: str
) -> None:
    settings.EPOCH_KEYS_URL = durable_redis.url
    with redis.Redis.from_url(durable_redis.url) as client:
        client.config_set(name, value)
        try:
            line = only_line(setting_checks.epoch_key_store())
        finally:
            client.config_set(name, right)
    assert name in line
    assert "redis.conf" in line


def test_a_redis_that_does_not_answer_is_refused(settings: Settings) -> None:
    settings.EPOCH_KEYS_URL = "redis://127.0.0.1:1"
    assert "does not answer" in only_line(setting_checks.epoch_key_store())


@pytest.mark.parametrize(
    ("origin", "relay", "warned"),
    [
        ("https://example.org", "", True),
        ("https://example.org", "smtp://relay", False),
        ("http://127.0.0.1:8000", "", False),
    ],
)
def test_mail_in_files_is_said_on_a_real_site(
    settings: Settings, origin: str, relay: str, warned: bool
) -> None:
    settings.SITE_ORIGIN, settings.EMAIL_URL = origin, relay
    (*found,) = checks.check_mail(None)
    assert bool(found) is warned
    assert not any(message.is_serious() for message in found)
