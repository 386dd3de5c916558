"""Settings of the database server that would write down what the site forgets (docs/protocol.md section 16)."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from organizing.safety.commit_times import OLDEST_POSTGRES
from organizing.safety.rowids import tables_with_rowid

# What a setting must be, since anything else logs values or statements, or keeps the time of a commit for good.
MUST_BE = {
    "track_commit_timestamp": "off",
    "archive_mode": "off",
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_LOGGING_LIBRARIES = ("auto_explain", "pgaudit")


def database_server(connection: BaseDatabaseWrapper) -> list[str]:
    """What this database's server must not do; one line each, with the way out."""
    if connection.vendor == "postgresql":
        return list(_postgres(connection))
    return list(_sqlite(connection))


def _postgres(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings")
        found: dict[str, str] = dict(cursor.fetchall())
    if int(found["server_version_num"]) < OLDEST_POSTGRES:
        yield f"PostgreSQL {found['server_version']} is too old: use 15 or newer."
    for name, wanted in MUST_BE.items():
        if found.get(name, wanted) != wanted:
            yield f"PostgreSQL has {name} = {found[name]}: set `{name} = {wanted}` in postgresql.conf."
    if found["wal_level"] == "logical":
        yield "PostgreSQL has wal_level = logical: set `wal_level = replica` in postgresql.conf."
    for library in _LOGGING_LIBRARIES:
        if library in found.get("shared_preload_libraries", ""):
            yield f"PostgreSQL loads {library}, which logs statements: take it out of shared_preload_libraries."


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        row = cursor.fetchone()
    if row is None or int(row[0]) != 1:
        yield "SQLite has secure_delete off: leave the init_command of config/settings.py as it is."


def orderless_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables in which SQLite numbers the rows, and so tells in which order they came."""
    if connection.vendor != "sqlite":
        return []
    return [
        f"The table {table} numbers its rows: run `python manage.py migrate`, which rebuilds it."
        for table in tables_with_rowid(connection)
    ]
