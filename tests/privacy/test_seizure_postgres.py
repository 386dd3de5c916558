"""The server is seized after four batches: PostgreSQL with its data files and log, Redis, and the site's folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import services
from tests.conftest import missing
from tests.journeys.stack import run_stack
from tests.privacy.seizure import postgres_files, redis_files
from tests.privacy.seizure.verdicts import Seized, Verdicts
from tests.privacy.story import Size, Telling, Watcher
from tests.privacy.wire import Device

# Writes down more than any server would: page images, hints, all of its log, and what it logs as text.
TALKATIVE = {
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_log_hints": "on",
    "wal_level": "replica",
    "max_wal_size": "4GB",
    "wal_keep_size": "4GB",
    "autovacuum_naptime": "1h",
    "logging_collector": "on",
}
COME_BACK = 10
TABLE = "counted table"
SIGNING_TABLES = ("signature", "pendingrecord", "spentproof", "papercode", "epoch")


@pytest.fixture(scope="module")
def cluster() -> Iterator[services.Service]:
    """A PostgreSQL whose files can be read."""
    with services.start_postgres(**TALKATIVE) as found:
        if found is None:
            missing("PostgreSQL (package postgresql)")
        if services.program("pg_waldump") is None:
            missing("pg_waldump (package postgresql)")
        yield found


@pytest.fixture(scope="module")
def cache() -> Iterator[services.Service]:
    """A Redis of our own, for cache and broker."""
    with services.start_redis() as found:
        if found is None:
            missing("Redis (package redis-server)")
        yield found


@pytest.fixture(scope="module")
def seized(
    cluster: services.Service, cache: services.Service, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Seized]:
    """A thousand workers later."""
    folder = tmp_path_factory.mktemp("seized")
    site, dumps = folder / "site", folder / "dumps"
    dumps.mkdir()
    redis_url = f"{cache.url}/0"
    with run_stack("seized", site, DATABASE_URL=cluster.url, REDIS_URL=redis_url) as stack:
        story = Telling(stack, Size(), Watcher(after_batch=lambda: _settle(cluster.url))).tell()
        for worker in story.rounds[1].signed[:COME_BACK]:
            assert worker.status(Device(stack.origin)).status == 200
        assert cluster.folder is not None
        assert cache.folder is not None
        _copy_table(cluster.url, cluster.folder, dumps / TABLE)
        evidence = postgres_files.collect(cluster.url, cluster.folder, site / "keys")
        _dump(cluster.url, dumps / "dump.sql")
        redis_files.carry_away(redis_url, dumps / "redis")
        folders = [site, cluster.folder, cache.folder, dumps]
        yield Seized("PostgreSQL", story, evidence, site, folders)


def _settle(url: str) -> None:
    """After a checkpoint the next change of each page writes an image of the whole page."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM organizing_pendingrecord")
        connection.execute("CHECKPOINT")


def _copy_table(url: str, cluster: Path, target: Path) -> None:
    """The counted table as it lies, before the attacker's own reading marks it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT pg_relation_filepath('organizing_signature')").fetchone()
    assert row is not None
    target.write_bytes((cluster / row[0]).read_bytes())


def _dump(url: str, target: Path) -> None:
    dump = services.program("pg_dump")
    assert dump is not None
    subprocess.run([dump, "--dbname", url, "--file", str(target)], check=True)


class TestPostgres(Verdicts):
    """All verdicts on PostgreSQL."""

    def test_nothing_that_signs_is_numbered(
        self, seized: Seized, cluster: services.Service
    ) -> None:
        with psycopg.connect(cluster.url) as connection:
            rows = connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
        names = [name for (name,) in rows]
        assert names
        assert [
            n for n in names if n.startswith(tuple(f"organizing_{t}" for t in SIGNING_TABLES))
        ] == []

    def test_the_servers_own_log_names_nobody_and_no_row(self, seized: Seized) -> None:
        written = b"".join(p.read_bytes() for f in seized.folders for p in f.glob("log/*"))
        shown = [row.nullifier.hex().encode() for row in seized.evidence.counted]
        shown += [row.tag.hex().encode() for row in seized.evidence.spent]
        assert [value for value in shown if value in written] == []

    def test_no_row_tells_that_its_signer_came_back_to_look(self, seized: Seized) -> None:
        data = (seized.folders[-1] / TABLE).read_bytes()
        # Those who withdrew have written to their row; whoever only looks must not.
        kept = {row.nullifier for row in seized.evidence.counted if row.record}
        marks = postgres_files.marked_as_read(data, kept)
        assert len(marks) == len(kept)
        assert sum(marks.values()) == len(kept)
