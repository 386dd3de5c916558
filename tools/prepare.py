"""Bring database and static files to this version, in one start of Python: each costs a second or more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent


def refuse(lines: Iterable[str]) -> None:
    """End with one line where there is any."""
    if found := list(lines):
        raise ImproperlyConfigured("Roundrobin does not start. " + " ".join(found))


def prepare() -> None:
    """Raises ImproperlyConfigured for what is unsafe; with another key no table is touched."""
    django.setup()
    from organizing import checks

    refuse(str(message.msg) for message in checks.check_settings(None))
    refuse(checks.complaints_about_key())
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    checks.refuse_if_unsafe()


def main() -> None:
    """Migrate, collect, check."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.path.insert(0, str(ROOT))
    try:
        prepare()
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
