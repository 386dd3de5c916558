"""The health check of idle connections: no round trip while all is well, and a dead one is noticed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from unittest import mock

import dj_database_url
import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as Original
from django.db.utils import ConnectionHandler

from config.postgresql.base import DatabaseWrapper
from tests.services import Service

# The mark for a database lifts the ban on connections; the one used here is the server of this session.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def connection(own_postgres: Service) -> Iterator[DatabaseWrapper]:
    own = dj_database_url.parse(own_postgres.url, engine="config.postgresql")
    wrapper = ConnectionHandler({"default": own})["default"]
    assert isinstance(wrapper, DatabaseWrapper)
    wrapper.connect()
    yield wrapper
    wrapper.close()


def test_a_quiet_connection_is_usable_without_a_question(connection: DatabaseWrapper) -> None:
    with mock.patch.object(Original, "is_usable") as asked:
        assert connection.is_usable()
        asked.assert_not_called()


def test_a_connection_that_the_server_ended_is_not_usable(
    connection: DatabaseWrapper, own_postgres: Service
) -> None:
    with psycopg.connect(own_postgres.url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    time.sleep(0.2)
    assert not connection.is_usable()


def test_a_closed_connection_is_not_usable(connection: DatabaseWrapper) -> None:
    connection.connection.close()
    assert not connection.is_usable()
