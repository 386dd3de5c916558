"""The attacker's tools see what there is to see: each is shown a leak that it must find, or no leak at all."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from tests.privacy.clocks import LIMIT, mann_whitney
from tests.privacy.seizure import chance
from tests.privacy.seizure.chance import Finding, bounds, rank_score, tail
from tests.privacy.seizure.postgres_files import values_of_32_bytes
from tests.privacy.seizure.postgres_log import Record, Replay
from tests.privacy.seizure.sqlite_pages import cells, free_pages, pages

HEAP, TOAST = 100, 200


@pytest.mark.parametrize(
    ("hits", "mean", "expected"), [(0, 3.0, 1.0), (1, 1.0, 0.632), (10, 4.0, 0.00813)]
)
def test_tails_are_those_of_the_tables(hits: int, mean: float, expected: float) -> None:
    assert tail(hits, mean) == pytest.approx(expected, rel=0.01)


def test_intervals_are_those_of_the_tables() -> None:
    assert bounds(10) == pytest.approx((4.795, 18.39), rel=0.01)
    assert bounds(0) == pytest.approx((0.0, 3.689), rel=0.01)


def test_ranks_of_equal_and_of_reversed_lists() -> None:
    ranks = list(range(101))
    assert rank_score(ranks, ranks) == pytest.approx(10.0)
    assert rank_score(ranks, ranks[::-1]) == pytest.approx(-10.0)


def test_blind_matching_gives_no_alarm_and_a_few_more_hits_do() -> None:
    assert not Finding("blind", 1000, 14, 8.0).is_alarm
    assert Finding("a leak of three in a hundred", 1000, 34, 8.0).is_alarm
    assert Finding("ranks alone", 1000, 8, 8.0, rank=5.5).is_alarm


def test_alarms_by_chance_are_rare() -> None:
    rng = random.Random(1)
    alarms = 0
    for _run in range(300):
        hits, score = 0, 0.0
        for _batch in range(8):
            order = rng.sample(range(60), 60)
            hits += sum(a == b for a, b in enumerate(order))
            score += rank_score(range(60), order)
        alarms += Finding("", 480, hits, 8.0, score / 8**0.5).is_alarm
    assert alarms == 0
    assert chance.ONCE_IN <= 1e-6


def _insert(lsn: int, relation: int, offset: int) -> Record:
    return Record(lsn, lsn, "INSERT", ((relation, 0),), offset, 0)


def test_a_replay_tells_in_which_order_rows_went_and_which_were_touched() -> None:
    replay = Replay(HEAP, TOAST)
    log = [_insert(10 * n, HEAP, n) for n in range(1, 6)]
    log.append(Record(60, 9, "HOT_UPDATE", ((HEAP, 0),), 2, 6))
    log += [
        Record(70 + n, 10, "DELETE", ((HEAP, 0),), at, 0) for n, at in enumerate((3, 6, 1, 5, 4))
    ]
    replay.run(iter(log))
    assert replay.removals["heap deletion"] == [30, 20, 10, 50, 40]
    assert replay.touched == {20}


def test_values_are_found_where_they_stand_first() -> None:
    value = bytes(range(32))
    data = b"abc" + b"\x43" + value + b"x" * 40 + b"\x43" + value
    assert values_of_32_bytes(data)[value] == 3


def test_pages_of_sqlite_are_read_as_sqlite_wrote_them(tmp_path: Path) -> None:
    path = tmp_path / "file"
    rows = [(random.randbytes(32), random.randbytes(size)) for size in (40, 900, 3400, 9000) * 30]
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID")
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    connection.close()
    found = {
        cell.columns[0]: cell.columns[1]
        for _number, page in pages(path.read_bytes())
        for cell in cells(page)
        if len(cell.columns) == 2
    }
    assert found.keys() == {key for key, _value in rows}
    assert all(dict(rows)[key].startswith(value) for key, value in found.items())
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM t")
        connection.commit()
        count = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    assert len(free_pages(path.read_bytes())) == count > 0


def test_the_clocks_statistic_finds_a_shift_and_no_more() -> None:
    rng = random.Random(2)
    left = [rng.gauss(1, 0.1) for _ in range(1000)]
    same = [rng.gauss(1, 0.1) for _ in range(1000)]
    later = [rng.gauss(1.03, 0.1) for _ in range(1000)]
    assert abs(mann_whitney(left, same)) < LIMIT
    assert mann_whitney(left, later) < -LIMIT
