"""Celery: the same tasks over Redis or, on one machine, over files."""

import os
from typing import Any

from celery import Celery, signals
from django.core.exceptions import ImproperlyConfigured
from kombu.transport import TRANSPORT_ALIASES

from config import filebroker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

TRANSPORT_ALIASES["filesystem"] = filebroker.ALIAS

app = Celery("roundrobin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["organizing"])


@signals.beat_init.connect
@signals.worker_init.connect
def refuse_if_unsafe(**_signal: Any) -> None:
    """Ends a worker or beat that would start with unsafe settings."""
    from django.db import connections

    from organizing import checks

    try:
        checks.refuse_if_unsafe()
        connections.close_all()
    except ImproperlyConfigured as error:
        # Celery logs what a handler raises and goes on; an exit it lets through.
        raise SystemExit(str(error)) from error
