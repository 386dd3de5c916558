"""The whole site as it runs in earnest: web server, worker, beat and mail, each a process of its own.

`embedded` is SQLite and a broker in files; `real` is PostgreSQL and Redis, with two web processes.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from organizing import keyring
from organizing.petitions.selectors import REMEMBERED_SECONDS
from tests import services
from tests.journeys.mailbox import Mailbox, open_mailbox
from tools.run import end_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(sys.executable).parent
FOLDERS = ("keys", "mail", "tmp", "logs", "broker/queue", "broker/control")
GRACE = 15.0
# An idle worker takes five seconds to end in good order, which nobody looks at here.
_GRACE_OF_ALL = 1.0
_TROUBLE = (" ERROR", "CRITICAL", "Traceback")
_CELERY = ("celery", "--app", "config", "--quiet")
_LONELY = ("--without-gossip", "--without-mingle", "--without-heartbeat")


@dataclass
class Stack:
    """A running site. `ask` speaks to a process inside it."""

    name: str
    origin: str
    folder: Path
    environment: dict[str, str]
    mailbox: Mailbox
    inside: subprocess.Popen[str]
    petitions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(self, command: str, **arguments: Any) -> Any:
        """Runs one of the commands of tests/journeys/inside.py."""
        try:
            return _converse(self.inside, json.dumps([command, arguments]))
        except EOFError as error:
            raise AssertionError(self.logged()) from error

    def change(self, command: str, petition: str) -> None:
        """Changes a petition's state for all web processes."""
        self.ask(command, petition=petition)
        self.settle()

    def settle(self) -> None:
        """Waits until no web process remembers what a petition was like."""
        time.sleep(REMEMBERED_SECONDS + 0.2)

    def count(self, petition: str) -> dict[str, int]:
        """Waits for the end of the epoch, has the worker look for a batch, and reads the totals."""
        self.ask("flush", petition=petition)
        found: dict[str, int] = self.ask("totals", petition=petition)
        return found

    def logged(self) -> str:
        """Everything that the processes have written so far."""
        files = sorted((self.folder / "logs").iterdir())
        return "".join(f"{f.name}: {f.read_text()}" for f in files if f.stat().st_size)

    def troubles(self) -> list[str]:
        """Every line about an error among it."""
        lines = self.logged().splitlines()
        return [line for line in lines if any(word in line for word in _TROUBLE)]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the site's own, such as `manage.py …`, to its end."""
        arguments = [sys.executable, *command]
        return subprocess.run(
            arguments, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )


def _converse(process: subprocess.Popen[str], line: str | None) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    if line is not None:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        raise EOFError
    return json.loads(answer)


def _environment(folder: Path, port: int, own: Mapping[str, str]) -> dict[str, str]:
    """What every process gets. What the shell or the test settings name for a site is not passed on."""
    foreign = {"DATA_DIR", "KEY_DIR", "DATABASE_URL", "REDIS_URL", "EPOCH_KEYS_URL", "SITE_ORIGIN"}
    foreign |= {"DEBUG", "EMAIL_URL", "ALLOWED_HOSTS", "ISSUING_ORIGIN", "SENDING_ORIGIN"}
    foreign |= {"MAIL_FROM", "TRUSTED_PROXIES", "WEB_PROCESSES", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    place = {"DATA_DIR": str(folder), "PORT": str(port), "TMPDIR": str(folder / "tmp")}
    path = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**kept, **place, **own, "PATH": path, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


@contextlib.contextmanager
def database_of_our_own(url: str) -> Iterator[str]:
    """A new database on this PostgreSQL, gone at the end."""
    # A random name: the id of a process is another one's, too, where several machines share a server.
    name = f"roundrobin_journeys_{secrets.token_hex(8)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _start(
    name: str, command: tuple[str, ...], environment: dict[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    """One process in a session of its own."""
    with (folder / "logs" / name).open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            # A run that is killed leaves no server behind.
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one system call
        )


def _end_all(processes: list[subprocess.Popen[bytes]]) -> None:
    """Asks each to end, by its id, and ends the group of whichever does not do so soon."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _GRACE_OF_ALL
    for process in processes:
        try:
            process.wait(max(0.01, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(GRACE)


@contextlib.contextmanager
def _inside(environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    with (folder / "logs" / "inside").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.inside"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one system call
        )
        try:
            assert _converse(process, None) == "ready"
            yield process
        finally:
            process.terminate()
            process.wait(GRACE)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/p/none/manifest")
        return connection.getresponse().status == 404
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _commands(port: int, processes: str) -> dict[str, tuple[str, ...]]:
    """As `make run` starts them."""
    granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port))
    sizes = ("--workers", processes, "--blocking-threads", "8")
    quiet = ("--no-ws", "--no-access-log", "--log-level", "warning")
    level = ("--loglevel", "WARNING")
    return {
        "web": (*granian, *sizes, *quiet, "config.wsgi:application"),
        "worker": (*_CELERY, "worker", "--concurrency", "1", *_LONELY, *level),
        "beat": (*_CELERY, "beat", *level, "--pidfile="),
    }


@contextlib.contextmanager
def run_stack(name: str, folder: Path, **own: str) -> Iterator[Stack]:
    """Starts a site in this folder with these settings, and ends all of it."""
    for part in FOLDERS:
        (folder / part).mkdir(mode=0o700, parents=True)
    keyring.make_key_files(folder / "keys")
    port = services.free_port()
    with contextlib.ExitStack() as ends:
        mailbox, mail_url = ends.enter_context(open_mailbox())
        environment = _environment(folder, port, {"EMAIL_URL": mail_url, **own})
        inside = ends.enter_context(_inside(environment, folder))
        processes: list[subprocess.Popen[bytes]] = []
        ends.callback(_end_all, processes)
        for part, command in _commands(port, own.get("WEB_PROCESSES", "1")).items():
            processes.append(_start(part, command, environment, folder))
        stack = Stack(name, f"http://127.0.0.1:{port}", folder, environment, mailbox, inside)
        _wait_until_it_answers(stack, port, processes)
        yield stack


def _wait_until_it_answers(
    stack: Stack, port: int, processes: list[subprocess.Popen[bytes]]
) -> None:
    """Raises AssertionError with all logs when one process has ended, or none answers in time."""
    try:
        services.wait_until(lambda: _answers(port) or _fallen(processes), "the web server")
    except TimeoutError as error:
        raise AssertionError(stack.logged()) from error
    assert not _fallen(processes), stack.logged()


def _fallen(processes: list[subprocess.Popen[bytes]]) -> bool:
    return any(process.poll() is not None for process in processes)
