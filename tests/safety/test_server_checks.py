"""A database server that would write down who signed is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper

from organizing.safety import rowids, server_checks
from tests.services import QUIET, Service, start_postgres

# Each connection is a Django one, if not to the suite's database.
pytestmark = pytest.mark.django_db
SAFE = {**QUIET, "log_parameter_max_length_on_error": "0"}
UNSAFE = {
    "log_statement": "mod",
    "log_duration": "on",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "100",
    "log_transaction_sample_rate": "0.5",
    "log_min_error_statement": "error",
    "log_error_verbosity": "default",
    "log_parameter_max_length_on_error": "64",
}


@contextmanager
def connected(url: str, **options: str) -> Iterator[DatabaseWrapper]:
    """A connection of Django's whose server settings are these."""
    wanted = " ".join(f"-c {name}={value}" for name, value in {**SAFE, **options}.items())
    defaults = {"TIME_ZONE": None, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}
    config = {**defaults, **dj_database_url.parse(url), "OPTIONS": {"options": wanted}}
    wrapper = DatabaseWrapper(config)
    try:
        yield wrapper
    finally:
        wrapper.close()


def test_a_quiet_postgres_passes(own_postgres: Service) -> None:
    with connected(own_postgres.url) as quiet:
        assert server_checks.database_server(quiet) == []


@pytest.mark.parametrize(("name", "value"), UNSAFE.items())
def test_a_postgres_that_logs_values_or_statements_is_refused(
    own_postgres: Service, name: str, value: str
) -> None:
    with connected(own_postgres.url, **{name: value}) as talkative:
        (line,) = server_checks.database_server(talkative)
    assert f"`{name} = " in line
    assert "\n" not in line


def test_a_postgres_that_keeps_times_or_rows_for_others_is_refused() -> None:
    started = start_postgres(
        track_commit_timestamp="on",
        archive_mode="on",
        wal_level="logical",
        shared_preload_libraries="auto_explain",
    )
    with started as service:
        if service is None:
            from tests.conftest import missing

            missing("PostgreSQL (package postgresql)")
        with connected(service.url) as talkative:
            lines = server_checks.database_server(talkative)
    assert [line.split(" = ")[0].split()[-1] for line in lines[:3]] == [
        "track_commit_timestamp",
        "archive_mode",
        "wal_level",
    ]
    assert "auto_explain" in lines[3]


def sqlite() -> SqliteWrapper:
    config: dict[str, Any] = {
        "NAME": ":memory:",
        "OPTIONS": {},
        "TIME_ZONE": None,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
    }
    return SqliteWrapper({**config, "CONN_HEALTH_CHECKS": False})


def test_sqlite_that_keeps_what_was_deleted_is_refused() -> None:
    careless = sqlite()
    careless.cursor().execute("PRAGMA secure_delete=OFF")
    (line,) = server_checks.database_server(careless)
    careless.close()
    assert "secure_delete" in line


def test_sqlite_that_overwrites_what_was_deleted_passes() -> None:
    careful = sqlite()
    careful.cursor().execute("PRAGMA secure_delete=ON")
    assert server_checks.database_server(careful) == []
    careful.close()


def test_a_table_that_numbers_its_rows_is_refused() -> None:
    numbered = sqlite()
    table = rowids.ORDERLESS_TABLES[0]
    numbered.cursor().execute(f'CREATE TABLE "{table}" (digest BLOB PRIMARY KEY)')
    (line,) = server_checks.orderless_tables(numbered)
    numbered.close()
    assert table in line
    assert "migrate" in line


def test_the_tables_as_migrated_number_no_rows() -> None:
    assert server_checks.orderless_tables(connection) == []


def test_the_database_of_these_tests_passes() -> None:
    assert server_checks.database_server(connection) == []
