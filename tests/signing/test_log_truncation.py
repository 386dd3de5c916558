"""SQLite's log is cut after a batch, also when somebody was reading at the time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from organizing.signing import log_truncation, tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database() -> Iterator[Path]:
    """The file; where the suite runs on another database there is none."""
    if connection.vendor != "sqlite":
        pytest.skip("the log is SQLite's alone: PostgreSQL's is read in tests/privacy")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
        cursor.execute("PRAGMA user_version=1")
        yield Path(connection.settings_dict["NAME"])
        cursor.execute("PRAGMA busy_timeout=30000")


@pytest.fixture
def reader(database: Path) -> Iterator[sqlite3.Connection]:
    """Another process that reads for a long time."""
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM sqlite_master").fetchone()
    yield other
    other.close()


def write() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version=2")


def left_in_the_log(database: Path) -> int:
    return Path(f"{database}-wal").stat().st_size


def test_nothing_is_left_in_the_log(database: Path) -> None:
    write()
    assert log_truncation.truncate_log()
    assert left_in_the_log(database) == 0


def test_a_reader_in_the_way_is_noticed_and_the_next_look_cuts_the_log(
    database: Path, reader: sqlite3.Connection
) -> None:
    write()
    assert not log_truncation.truncate_log()
    assert left_in_the_log(database) > 0
    reader.execute("COMMIT")
    tasks.flush_due()
    assert left_in_the_log(database) == 0


def test_only_a_reader_who_stays_in_the_way_is_worth_a_line(
    database: Path, reader: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    lines = []
    for _look in range(12):
        write()
        log_truncation.truncate_at_every_look()
        lines.append(len(caplog.records))
    assert lines == [*[0] * 5, *[1] * 6, 2]
    reader.execute("COMMIT")
    log_truncation.truncate_at_every_look()
    assert log_truncation._looks_in_vain == 0
