"""Start-up checks: unsafe settings are refused, each in one line that says the way out.

Settings and the database's server are checked by Django's own framework, before every command. What the database
holds is checked when the web server, a worker or beat starts: `refuse_if_unsafe`.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from organizing import keyring, resealing
from organizing.safety import commit_times, redis_checks, server_checks, setting_checks

_log = logging.getLogger(__name__)


def _errors(lines: Iterable[str], identifier: str) -> list[checks.CheckMessage]:
    return [checks.Error(line, id=f"organizing.{identifier}") for line in lines]


@checks.register(checks.Tags.security)
def check_settings(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[checks.CheckMessage]:
    """Keys, cache, hosts, cookies and the store of epoch keys."""
    return [error for check in setting_checks.CHECKS for error in _errors(check(), check.__name__)]


@checks.register(checks.Tags.security)
def check_redis(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[checks.CheckMessage]:
    """Whether the Redis that all processes share writes to disk; a warning where it does not say."""
    return [
        (checks.Error if found.certain else checks.Warning)(
            found.line, id="organizing.shared_redis"
        )
        for found in redis_checks.shared_redis()
    ]


@checks.register(checks.Tags.security)
def check_mail(
    app_configs: Sequence[AppConfig] | None, **_options: Any
) -> list[checks.CheckMessage]:
    """A warning alone: a campaign that takes proofs on paper alone needs no relay."""
    lines = setting_checks.mail_on_disk()
    return [checks.Warning(line, id="organizing.mail_on_disk") for line in lines]


@checks.register(checks.Tags.database)
def check_database_server(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[checks.CheckMessage]:
    """What the database's server writes down besides the rows; a warning where it only keeps it too long."""
    asked = [connections[name] for name in databases or ()]
    wrong = [line for one in asked for line in server_checks.database_server(one)]
    doubts = [line for one in asked for line in commit_times.long_log(one)]
    return [
        *_errors(wrong, "database_server"),
        *(checks.Warning(line, id="organizing.long_log") for line in doubts),
    ]


def complaints_about_contents() -> list[str]:
    """What only the rows and tables themselves can tell."""
    from organizing.petitions.models import Petition

    lines = [*server_checks.orderless_tables(connections["default"]), *complaints_about_key()]
    if settings.DEBUG and Petition.objects.filter(demo=False).exists():
        lines.append("DEBUG is on, and there is a petition that is not a demo: set DEBUG=false.")
    return lines


def complaints_about_key() -> list[str]:
    """With another application key the site would answer, and break wherever something sealed is read."""
    try:
        shut = resealing.places_that_stay_shut()
    except keyring.KeyGone:
        # The check of the key folder says so.
        return []
    if not shut:
        return []
    return [
        f"application.key in {settings.KEY_DIR} is not the key of this database, and does not open what is "
        f"sealed there ({', '.join(shut)}): put the right one back, from where you keep a copy."
    ]


def refuse_if_unsafe() -> None:
    """Raises ImproperlyConfigured with the first lines, unless all is well; what is only doubtful is logged."""
    server = check_database_server(None, databases=["default"])
    found = [*check_settings(None), *check_redis(None), *check_mail(None), *server]
    for doubt in (message for message in found if not message.is_serious()):
        _log.warning("%s", doubt.msg)
    lines = [str(message.msg) for message in found if message.is_serious()]
    if lines := [*lines, *complaints_about_contents()]:
        raise ImproperlyConfigured("Roundrobin does not start. " + " ".join(lines))
