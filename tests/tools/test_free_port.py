"""A port that is taken is noticed before anything is installed."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def make_run(port: str, python: str = "python3") -> subprocess.CompletedProcess[str]:
    command = ["make", "run", f"PORT={port}", f"PYTHON={python}"]
    # Under `make test` it would say which folder it enters.
    own = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        command, cwd=ROOT, env=own, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_taken_port_ends_the_start_before_the_set_up() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        began = time.monotonic()
        answer = make_run(port)
    assert answer.returncode != 0
    assert f"Port {port} is taken" in answer.stderr
    assert answer.stdout == ""
    assert time.monotonic() - began < 10


def test_the_command_that_it_names_keeps_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "/some/of mine")
    assert "`make run PORT=8001 DATA_DIR='/some/of mine'`" in make_run("0").stderr


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_what_is_no_port_is_named(port: str) -> None:
    assert f"“{port}” is no port" in make_run(port).stderr
