"""A run that is ended from outside leaves no server behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stack import ROOT
from tests.services import wait_until

STARTS_ONE = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from tests.journeys import stack
folder = Path(sys.argv[1])
(folder / "logs").mkdir()
server = stack._start("web", ("sleep", "600"), dict(os.environ), folder)
print(server.pid, flush=True)
time.sleep(600)
"""
HAS_ONE = """
import time
from pathlib import Path
import pytest

@pytest.fixture(scope="session")
def server():
    yield
    Path("ended").touch()

def test_something_long(server):
    Path("begun").touch()
    time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """Neither gone nor dead and not yet fetched by whoever is its parent now."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has started a server as the journeys do."""
    command = [sys.executable, "-c", STARTS_ONE, str(tmp_path)]
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_servers_end_with_the_process_that_started_them(
    parent: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert parent.stdout is not None
    server = int(parent.stdout.readline())
    assert is_running(server)
    parent.send_signal(number)
    wait_until(lambda: not is_running(server), "the end of the server")


def test_a_run_that_is_asked_to_end_tidies_up(tmp_path: Path) -> None:
    (tmp_path / "test_long.py").write_text(HAS_ONE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:django"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path)],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
    ) as process:
        wait_until((tmp_path / "begun").exists, "the run")
        process.terminate()
    assert (tmp_path / "ended").exists()


def test_no_folder_has_running_sites_of_its_own() -> None:
    # A fixture that a folder imports from another is a second one, with servers of its own.
    own = re.compile(r"^def stacks\(|^from .* import .*\bstacks\b", re.M)
    files = (ROOT / "tests").rglob("conftest.py")
    assert [f for f in files if own.search(f.read_text(encoding="utf-8"))] == [
        ROOT / "tests" / "conftest.py"
    ]
