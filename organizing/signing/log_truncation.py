"""SQLite keeps old pages in its write-ahead log until the log is cut to nothing."""

import logging

from django.db import connection

_log = logging.getLogger(__name__)
# Now and then somebody is in the way; only who stays there is worth a line.
_PATIENCE = 6
_looks_in_vain = 0


def truncate_log() -> bool:
    """Cuts SQLite's log, so that nothing of a batch is left in it; other databases have nothing to do.

    Returns False where another connection was in the way for longer than the database's timeout: then the
    old pages are still there, and the next look by beat has to do it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        # One row: whether somebody was in the way, pages in the log, pages written back.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def truncate_at_every_look() -> None:
    """What beat does after each look for batches. A warning, once a reader has been in the way for several looks."""
    global _looks_in_vain  # noqa: PLW0603 - what this process has seen
    _looks_in_vain = 0 if truncate_log() else _looks_in_vain + 1
    if _looks_in_vain and _looks_in_vain % _PATIENCE == 0:
        _log.warning("SQLite's log is in use all the time, and so was not cut: see what reads it.")
