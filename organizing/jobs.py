"""Background work: ids only. A broker is never the record: beat finds lost work in the database."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from organizing.errors import Unavailable

_log = logging.getLogger(__name__)


def enqueue(name: str, **ids: str | int) -> None:
    """Sends the task `name` once the surrounding transaction is committed.

    A broker that is down is no error for the person: beat takes the work up again.
    """
    transaction.on_commit(lambda: _send_if_possible(name, ids))


def send_now(name: str, **content: str | int) -> None:
    """Sends a task that beat could not find again. Raises Unavailable when the broker is down."""
    try:
        _send(name, content)
    except (OperationalError, OSError) as error:
        raise Unavailable from error


def _send_if_possible(name: str, ids: dict[str, str | int]) -> None:
    try:
        _send(name, ids)
    except (OperationalError, OSError):
        _log.warning("The broker is down: beat will find the work again.")


def _send(name: str, content: dict[str, str | int]) -> None:
    current_app.send_task(name, kwargs=content)
