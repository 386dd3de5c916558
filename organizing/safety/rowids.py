"""SQLite gives each row a number that tells the order of insertion. The signing tables have none.

Django cannot create a table WITHOUT ROWID, and its later migrations rebuild such tables with one, so the
tables are rebuilt after every `migrate`; a start-up check reads `sqlite_master`.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ORDERLESS_TABLES = (
    "organizing_papercode",
    "organizing_pendingrecord",
    "organizing_signature",
    "organizing_spentproof",
)
_SUFFIX = " WITHOUT ROWID"


def tables_with_rowid(connection: BaseDatabaseWrapper) -> list[str]:
    """Which of the signing tables still number their rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        found = dict(cursor.fetchall())
    return [
        table
        for table in ORDERLESS_TABLES
        if table in found and not found[table].upper().rstrip().endswith(_SUFFIX.strip())
    ]


def drop_rowids_after_migrate(using: str = "default", **_signal: Any) -> None:
    """Rebuilds whichever of the tables has row numbers."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    for table in tables_with_rowid(connection):
        with connection.constraint_checks_disabled(), transaction.atomic(using=using):
            _rebuild(connection, table)


def _rebuild(connection: BaseDatabaseWrapper, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table]
        )
        statements = cursor.fetchall()
        create = next(sql for kind, sql in statements if kind == "table")
        old = f'"{table}__numbered"'
        cursor.execute(f'ALTER TABLE "{table}" RENAME TO {old}')
        cursor.execute(create + _SUFFIX)
        cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {old}')  # noqa: S608  # fixed names
        cursor.execute(f"DROP TABLE {old}")
        for kind, sql in statements:
            if kind == "index":
                cursor.execute(sql)
