"""Statements that a connection to PostgreSQL keeps planned: planning is half of what a short one costs the server."""

import hashlib
import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq

# Then it is planned anew: a plan for a table that was empty reads the whole of one that a batch has filled.
SECONDS = 10.0
_UNKNOWN = b"26000"  # invalid_sql_statement_name


@dataclass(frozen=True, slots=True)
class _Made:
    name: bytes
    until: float


class Plans:
    """What one connection keeps; nothing, where a pooler gives each statement to another server connection."""

    def __init__(self, server: pq.abc.PGconn) -> None:
        self.server = server
        self.kept = True
        self._made: dict[bytes, _Made] = {}

    def run(self, statement: bytes, values: list[bytes]) -> pq.abc.PGresult:
        """Its result, whatever that says. Values are binary."""
        formats = [pq.Format.BINARY] * len(values)
        name = self._plan(statement) if self.kept else None
        if name is not None:
            result = self.server.exec_prepared(name, values, formats)
            if result.error_field(pq.DiagnosticField.SQLSTATE) != _UNKNOWN:
                return result
            self.kept = False
        return self.server.exec_params(statement, values, None, formats)

    def _plan(self, statement: bytes) -> bytes | None:
        """The name of a plan that is young enough, if the connection can keep one."""
        now, made = time.monotonic(), self._made.get(statement)
        if made is not None and now < made.until:
            return made.name
        name = _name_of(statement)
        done = made is None or _went_well(self.server.close_prepared(name))
        self.kept = done and _went_well(self.server.prepare(name, statement))
        self._made[statement] = _Made(name, now + SECONDS)
        return name if self.kept else None


def _name_of(statement: bytes) -> bytes:
    """By a pooler, the same name may be met on a connection that another process has used."""
    return b"signing-" + hashlib.sha256(statement).hexdigest()[:16].encode()


def _went_well(result: pq.abc.PGresult) -> bool:
    return result.status == pq.ExecStatus.COMMAND_OK


_plans: WeakKeyDictionary[psycopg.Connection[object], Plans] = WeakKeyDictionary()


def plans_of(connection: "psycopg.Connection[object]") -> Plans:
    """The plans of a connection, which go when it does."""
    found = _plans.get(connection)
    if found is None:
        # The connection itself would keep its own entry alive.
        found = _plans[connection] = Plans(connection.pgconn)
    return found
