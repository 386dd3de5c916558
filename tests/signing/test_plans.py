"""The plans that a connection to PostgreSQL keeps, and what happens where it can keep none."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import pq

from organizing.signing import plans
from organizing.signing.plans import Plans, plans_of
from tests import services
from tests.conftest import missing

pytestmark = pytest.mark.postgres
Server = psycopg.Connection[tuple[object, ...]]
ONE = b"INSERT INTO kept (text) VALUES ($1::text)"
TWO = b"INSERT INTO kept (text) VALUES ($1::text), ($1::text)"


@pytest.fixture
def server() -> Iterator[Server]:
    """A connection of its own, with a table that goes when it does."""
    with services.find_postgres() as found:
        if found is None:
            missing("postgres")
        with psycopg.connect(found.url, autocommit=True) as own:
            own.execute("CREATE TEMPORARY TABLE kept (text text)")
            yield own


def went_well(here: Plans, statement: bytes) -> bool:
    return here.run(statement, [b"x"]).status == pq.ExecStatus.COMMAND_OK


def count(server: Server, what: str) -> int:
    [[number]] = server.execute(what).fetchall()
    assert isinstance(number, int)
    return number


def rows(server: Server) -> int:
    return count(server, "SELECT count(*) FROM kept")


def kept_by(server: Server) -> int:
    return count(server, "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'signing-%'")


def test_a_connection_plans_each_statement_once(server: Server) -> None:
    here = plans_of(server)
    assert all(went_well(here, statement) for statement in (ONE, TWO, ONE, TWO, ONE))
    assert plans_of(server) is here
    assert (rows(server), kept_by(server)) == (7, 2)


def test_a_plan_is_made_anew_when_it_is_old(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, now = plans_of(server), [1000.0]
    monkeypatch.setattr("organizing.signing.plans.time.monotonic", lambda: now[0])
    made = "SELECT prepare_time::text FROM pg_prepared_statements WHERE name LIKE 'signing-%'"
    times = set()
    for later in (0.0, plans.SECONDS / 2, plans.SECONDS):
        now[0] = 1000.0 + later
        assert went_well(here, ONE)
        times.update(server.execute(made).fetchall())
    assert len(times) == 2
    assert (rows(server), kept_by(server)) == (3, 1)


def test_where_the_plan_is_gone_the_statement_goes_whole(server: Server) -> None:
    here = plans_of(server)
    went_well(here, ONE)
    # As behind a pooler, when the next statement meets another connection to the server.
    server.execute("DEALLOCATE ALL")
    assert went_well(here, ONE)
    assert not here.kept
    assert went_well(here, TWO)
    assert (rows(server), kept_by(server)) == (4, 0)


def test_where_another_has_left_a_plan_of_that_name_the_statement_goes_whole(
    server: Server,
) -> None:
    went_well(plans_of(server), ONE)
    newcomer = Plans(server.pgconn)
    assert went_well(newcomer, ONE)
    assert not newcomer.kept
    assert rows(server) == 2


def test_what_the_statement_itself_does_wrong_is_its_result(server: Server) -> None:
    here = plans_of(server)
    server.execute("CREATE UNIQUE INDEX ON kept (text)")
    went_well(here, ONE)
    result = here.run(ONE, [b"x"])
    assert result.error_field(pq.DiagnosticField.SQLSTATE) == b"23505"
    assert here.kept
