"""PostgreSQL's write-ahead log has the moment of each commit, to the microsecond, whatever the settings: keep it short.

With a log of the network it would tell of a device that what it sent was a proof, a signature or a withdrawal. It
cannot be left out: a commit that waited for others, or that no log held, could be lost once it was acknowledged.
"""

from collections.abc import Iterator

from django.db import connection as default_connection
from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST_POSTGRES = 150_000
FOR_REPLICAS = "64MB"
# What lets a checkpoint remove the log before it, and keeps no removed file under a new name.
SHORT_LOG = {"wal_recycle": "off", "wal_keep_size": "0"}
GRANTS = "GRANT pg_checkpoint TO {0}; GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {0};"
_MAY = "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') AND pg_has_role('pg_checkpoint', 'USAGE')"


def forget(connection: BaseDatabaseWrapper = default_connection) -> bool:
    """Begins a new file of the log, and removes those before it. Returns False where the site may not.

    SQLite's log has no times, and is cut after each look for batches.
    """
    if connection.vendor != "postgresql":
        return True
    if not _may(connection):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")
        cursor.execute("CHECKPOINT")
    return True


def long_log(connection: BaseDatabaseWrapper) -> list[str]:
    """Why the log of this server reaches further back than it must; one line each, with the way out."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings")
        found: dict[str, str] = dict(cursor.fetchall())
    if int(found["server_version_num"]) < OLDEST_POSTGRES:
        return []
    return [*_kept(found), *_kept_for_others(connection, found), *_not_allowed(connection)]


def _kept(found: dict[str, str]) -> Iterator[str]:
    for name, wanted in SHORT_LOG.items():
        if found[name] != wanted:
            yield (
                f"PostgreSQL has {name} = {found[name]}, and so keeps the moment of each proof and signature for "
                f"longer than it must: set `{name} = {wanted}` in postgresql.conf."
            )


def _kept_for_others(connection: BaseDatabaseWrapper, found: dict[str, str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_replication_slots)")
        (replicas,) = cursor.fetchone()
    if replicas and found["max_slot_wal_keep_size"] == "-1":
        yield (
            "PostgreSQL keeps the moment of each proof and signature until every replica has read its log: set "
            f"`max_slot_wal_keep_size = {FOR_REPLICAS}` in postgresql.conf."
        )


def _not_allowed(connection: BaseDatabaseWrapper) -> Iterator[str]:
    if not _may(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_user)")
            (user,) = cursor.fetchone()
        yield (
            "The site may not shorten PostgreSQL's log, which has the moment of each proof and signature: run "
            f"`{GRANTS.format(user)}` in its database, as a superuser."
        )


def _may(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MAY)
        return bool(cursor.fetchone()[0])
