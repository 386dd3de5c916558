"""Databases of the bench's own and web servers on them, stopped and dropped afterwards."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import services
from tools import serve

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2


@dataclass(frozen=True)
class Ground:
    """What every process of the bench stands on: a PostgreSQL, a Redis and a data folder."""

    postgres: str
    redis: str
    folder: Path

    def database_url(self, name: str) -> str:
        """The address of one of the bench's databases."""
        return urlsplit(self.postgres)._replace(path=f"/{name}").geturl()

    def environment(self, database: str) -> dict[str, str]:
        """What a process of the site gets, and nothing that the shell names for a real site."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "DATA_DIR": str(self.folder),
            "TMPDIR": str(self.folder),
            "DATABASE_URL": self.database_url(database),
            "REDIS_URL": self.redis,
            "WEB_PROCESSES": str(PROCESSES),
            "TRUSTED_PROXIES": "1",
            "PYTHONUTF8": "1",
            "PLAIN_PAGE": str(self.folder / "page.html"),
        }


@contextlib.contextmanager
def own_database(ground: Ground, name: str, template: str | None = None) -> Iterator[str]:
    """An empty database, or a copy of another that nobody uses at the moment."""
    with psycopg.connect(ground.postgres, autocommit=True) as connection:
        pattern = "CREATE DATABASE {} TEMPLATE {}"
        names = sql.Identifier(name), sql.Identifier(template or "template1")
        connection.execute(sql.SQL(pattern).format(*names))
    try:
        yield name
    finally:
        with psycopg.connect(ground.postgres, autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0])
            connection.execute(statement)


def run_python(ground: Ground, database: str, *command: str) -> str:
    """Runs one step to its end as a process of the site; its output."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=ground.environment(database),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


@dataclass(frozen=True)
class Server:
    """A web server that answers."""

    port: int


def command(port: int, application: str) -> list[str]:
    """How tools/serve.py starts the site, for either side."""
    program, *arguments = serve.commands()["web"][:-1]
    for name, value in (("--port", port), ("--workers", PROCESSES)):
        arguments[arguments.index(name) + 1] = str(value)
    return [str(serve.PROGRAMS / program), *arguments, application]


@contextlib.contextmanager
def serving(
    ground: Ground, database: str, application: str, settings: str, probe: str
) -> Iterator[Server]:
    """One web server with two processes, until it is no longer needed."""
    port = services.free_port()
    own = {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings}
    environment = {**ground.environment(database), **own}
    process = subprocess.Popen(
        command(port, application), cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        services.wait_until(lambda: _answers(port, probe), application)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(timeout=services.PATIENCE)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
