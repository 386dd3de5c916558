"""PostgreSQL and Redis for tests: those named in the environment, else those that run here, else new ones.

What the protocol asks of PostgreSQL (docs/protocol.md section 16) is set on each connection, since a server that
happens to run here is set otherwise; a server started here is set so itself.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from tools.run import end_with_parent

QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
CLAIM = "roundrobin-test"
PATIENCE = 30.0


@dataclass(frozen=True)
class Service:
    """A running server: where it answers, and where its files are if it was started here."""

    url: str
    folder: Path | None = None


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def program(name: str) -> str | None:
    """Path of an installed program; Debian keeps PostgreSQL's own off the path."""
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return found or (str(versions[0]) if versions else None)


def quiet_url(base: str) -> str:
    """The address with the settings of QUIET on each connection."""
    options = " ".join(f"-c {name}={value}" for name, value in QUIET.items())
    return f"{base}{'&' if '?' in base else '?'}options={quote(options)}"


def is_superuser(url: str) -> bool:
    """Whether this address answers, to a user who may set what QUIET sets."""
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute("SELECT current_setting('is_superuser')").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] == "on"


def redis_answers(url: str) -> bool:
    """Whether a Redis answers at this address."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def claim_database(url: str) -> str:
    """The address of an empty database of this Redis, claimed for this process and emptied at its end.

    Nothing that somebody keeps in a Redis of their own is ever touched; what a killed run left is.
    """
    for number in range(15, 0, -1):
        address = f"{url.rstrip('/')}/{number}"
        client = redis.Redis.from_url(address, decode_responses=True)
        owner = client.get(CLAIM)
        if isinstance(owner, str) and not Path(f"/proc/{owner}").exists():
            client.flushdb()
        if client.dbsize() == 0 and client.set(CLAIM, os.getpid(), nx=True):
            atexit.register(client.flushdb)
            return address
    raise RuntimeError(f"No empty database in the Redis at {url}: name another in TEST_REDIS_URL.")


def wait_until(is_ready: Callable[[], bool], what: str) -> None:
    """Poll until ready; TimeoutError names what never came up."""
    deadline = time.monotonic() + PATIENCE
    while not is_ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not start within {PATIENCE:.0f} s")
        time.sleep(0.1)


@contextlib.contextmanager
def running(command: list[str], user: str | None = None) -> Iterator[None]:
    """Keep one server running, as another user if named, and stop it at the end."""
    process = subprocess.Popen(
        command,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A run that is killed leaves no server behind.
        preexec_fn=end_with_parent,  # noqa: PLW1509 - one system call
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as, or None for ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextlib.contextmanager
def start_postgres(**settings: str) -> Iterator[Service | None]:
    """A PostgreSQL of our own with these settings on top; None where it is not installed."""
    initdb, postgres = program("initdb"), program("postgres")
    if initdb is None or postgres is None:
        yield None
        return
    user, port = unprivileged(), free_port()
    with tempfile.TemporaryDirectory(prefix="roundrobin-pg-") as folder:
        data = Path(folder) / "data"
        if user is not None:
            shutil.chown(folder, user)
        making = [initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run(making, user=user, check=True, capture_output=True, cwd=folder)
        wanted = {**QUIET, **FAST, "listen_addresses": "127.0.0.1", **settings}
        options = [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]
        command = [postgres, "-D", str(data), "-p", str(port), "-k", folder, *options]
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        with running(command, user):
            wait_until(lambda: is_superuser(url), "PostgreSQL")
            yield Service(url, data)


@contextlib.contextmanager
def start_redis(*wanted: str, durable: bool = False) -> Iterator[Service | None]:
    """A Redis of our own, durable as epoch keys need it or not, with these arguments on top; None where it is
    not installed.
    """
    server = program("redis-server")
    if server is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="roundrobin-redis-") as folder:
        append = ["--appendonly", "yes", "--appendfsync", "always"] if durable else []
        command = [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", *append]
        url = f"redis://127.0.0.1:{port}"
        with running([*command, "--dir", folder, *wanted]):
            wait_until(lambda: redis_answers(url), "Redis")
            yield Service(url, Path(folder))


@contextlib.contextmanager
def find_postgres() -> Iterator[Service | None]:
    """The PostgreSQL for the suite, by the order at the head of this module."""
    named = os.environ.get("TEST_DATABASE_URL")
    local = [f"postgres://{user}@127.0.0.1:5432/postgres" for user in ("postgres", _whoami())]
    if named:
        yield Service(
            quiet_url(named) if is_superuser(named) and "options=" not in named else named
        )
    elif here := next((url for url in local if is_superuser(url)), None):
        yield Service(quiet_url(here))
    else:
        with start_postgres() as own:
            yield own


@contextlib.contextmanager
def find_redis() -> Iterator[Service | None]:
    """The Redis for the suite, by the order at the head of this module."""
    named = os.environ.get("TEST_REDIS_URL")
    local = "redis://127.0.0.1:6379"
    if named:
        yield Service(named)
    elif redis_answers(local):
        yield Service(local)
    else:
        with start_redis() as own:
            yield own


def _whoami() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
