"""Become one process of a real site: `serve.py web`, `serve.py worker` or `serve.py beat`. For systemd.

What makes the site unsafe is refused first, in one line.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PORT = os.environ.get("PORT", "8000")


def commands() -> dict[str, list[str]]:
    """What each process runs. None of them keeps a log of who asked for what."""
    processes = os.environ.get("WEB_PROCESSES", "1")
    # Without Redis each process has a cache of its own, and a cap counts what all of them see together.
    workers = "2" if os.environ.get("REDIS_URL") else "1"
    celery = ["celery", "--app", "config", "--quiet"]
    quiet = ["--loglevel", "WARNING"]
    lonely = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT),
            *("--workers", processes, "--blocking-threads", "4", "--no-ws", "--no-access-log"),
            *("--log-level", "error", "config.wsgi:application"),
        ],
        "worker": [*celery, "worker", "--concurrency", workers, *lonely, *quiet],
        "beat": [*celery, "beat", *quiet, "--pidfile="],
    }


def refuse_if_unsafe() -> None:
    """End with one line; otherwise nothing is left open."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    try:
        django.setup()
        from organizing import checks

        checks.refuse_if_unsafe()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    connections.close_all()


def main() -> None:
    """Replace this process by the one that was asked for."""
    if sys.argv[1:] not in [[name] for name in commands()]:
        sys.exit(f"Say which: {', '.join(commands())}.")
    refuse_if_unsafe()
    os.chdir(ROOT)
    program, *arguments = commands()[sys.argv[1]]
    os.execv(PROGRAMS / program, [program, *arguments])  # noqa: S606 - a list, no shell


if __name__ == "__main__":
    main()
