"""PostgreSQL's log, which has the moment of each commit, is kept short; where it is not, the start says so."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.db import connection as suite
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django.fixtures import Settings

from organizing import checks
from organizing.safety import commit_times
from tests.conftest import missing
from tests.privacy.seizure.postgres_log import raw_log, segments
from tests.services import Service, program, start_postgres

pytestmark = pytest.mark.django_db
MARK = b"what somebody sent at 15:10:12"
COMMIT = re.compile(r"COMMIT (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)")


@pytest.fixture(scope="module")
def server() -> Iterator[Service]:
    """A PostgreSQL as docs/operating.md has it, whose files can be read."""
    settings = {"wal_recycle": "off", "wal_keep_size": "0", "synchronous_commit": "on"}
    with start_postgres(**settings) as found:
        if found is None:
            missing("PostgreSQL (package postgresql)")
        with psycopg.connect(found.url, autocommit=True) as own:
            own.execute("CREATE TABLE sent (what bytea)")
            own.execute("CREATE ROLE site LOGIN")
        yield found


def moments(server: Service) -> list[str]:
    """The times of all commits that the log still has."""
    assert server.folder is not None
    dump = program("pg_waldump")
    if dump is None:
        missing("pg_waldump (package postgresql)")
    names = [path.name for path in segments(server.folder)]
    command = [dump, "-p", str(server.folder / "pg_wal"), names[0], names[-1]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return COMMIT.findall(done.stdout)


@contextmanager
def connected(url: str, user: str = "postgres") -> Iterator[DatabaseWrapper]:
    """A connection of Django's that sets nothing."""
    defaults: dict[str, Any] = {
        "TIME_ZONE": None,
        "AUTOCOMMIT": True,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {},
    }
    wrapper = DatabaseWrapper({**defaults, **dj_database_url.parse(url), "USER": user})
    try:
        yield wrapper
    finally:
        wrapper.close()


def test_what_was_committed_before_is_not_in_the_log_any_more(server: Service) -> None:
    assert server.folder is not None
    with psycopg.connect(server.url, autocommit=True) as own:
        own.execute("INSERT INTO sent VALUES (%s)", [MARK])
        # The mark is in the log, and no page of the table with it.
        before = moments(server)
        assert before
        assert MARK in raw_log(server.folder)
        with connected(server.url) as site:
            assert commit_times.forget(site)
        assert set(before) & set(moments(server)) == set()
        assert MARK not in raw_log(server.folder)


def test_a_server_set_up_so_raises_no_doubt(server: Service) -> None:
    with connected(server.url) as site:
        assert commit_times.long_log(site) == []


def test_a_user_who_may_not_shorten_the_log_is_told_what_to_run(server: Service) -> None:
    with connected(server.url, "site") as site:
        (line,) = commit_times.long_log(site)
        assert not commit_times.forget(site)
    command = re.search(r"`(.*)`", line)
    assert command
    with psycopg.connect(server.url, autocommit=True) as own:
        own.execute(command[1].encode())
    with connected(server.url, "site") as site:
        assert commit_times.long_log(site) == []
        assert commit_times.forget(site)


def test_a_log_that_is_kept_for_replicas_is_doubted_unless_it_has_a_bound(server: Service) -> None:
    with psycopg.connect(server.url, autocommit=True) as own:
        own.execute("SELECT pg_create_physical_replication_slot('away')")
        try:
            with connected(server.url) as site:
                (line,) = commit_times.long_log(site)
        finally:
            own.execute("SELECT pg_drop_replication_slot('away')")
    assert "`max_slot_wal_keep_size = 64MB`" in line


def test_a_default_postgres_starts_with_a_warning(
    own_postgres: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(own_postgres.url) as usual:
        monkeypatch.setattr(checks, "connections", {"default": usual})
        found = checks.check_database_server(None, databases=["default"])
    assert [message.is_serious() for message in found] == [False]
    assert "`wal_recycle = off`" in str(found[0].msg)


def test_beat_shortens_the_log_every_few_minutes(settings: Settings) -> None:
    tasks = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks["safety.forget_commits"] <= 300


def test_the_database_of_these_tests_can_be_asked() -> None:
    commit_times.long_log(suite)
    if suite.vendor == "sqlite":
        assert commit_times.forget()
