"""`make run`: one command starts everything, seeds the demo once, and Ctrl-C stops all of it."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from organizing.keyring import FileKeyStore
from tests.services import free_port
from tools.demo_codes import code

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 150.0


def environment(**own: str) -> dict[str, str]:
    """Of a shell in which nothing of a site is set but what is named."""
    unset = ("DATA_DIR", "KEY_DIR", "PORT", "MAKEFLAGS", "MAKELEVEL")
    kept = {n: v for n, v in os.environ.items() if not n.endswith("_URL") and n not in unset}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **own}


@contextmanager
def running(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The site as `make run` starts it; interrupted at the end as by Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "tools/run.py"],
        cwd=ROOT,
        env=environment(DATA_DIR=str(data), PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=40)


def refused(data: Path) -> str:
    """The one line with which a start ends."""
    answer = subprocess.run(
        [sys.executable, "tools/run.py"],
        cwd=ROOT,
        env=environment(DATA_DIR=str(data), PORT=str(free_port())),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    (line,) = answer.stderr.splitlines()
    return line


def typed(command: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody copies it into another terminal."""
    return subprocess.run(
        shlex.split(command),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def read_until(process: subprocess.Popen[str], wanted: str) -> str:
    """What it printed up to a line; fails when it ends before."""
    assert process.stdout is not None
    deadline, lines = time.monotonic() + PATIENCE, []
    for line in process.stdout:
        lines.append(line)
        if wanted in line:
            return "".join(lines)
        assert time.monotonic() < deadline
    pytest.fail("It ended early:\n" + "".join(lines[-20:]))


def open_files_in(folder: Path) -> list[str]:
    """Processes that still work in this folder, by their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"DATA_DIR={folder}".encode() in entry.read_bytes().split(b"\0"):
                found.append(entry.parent.name)
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One first start, one command beside it, an end, and one second start."""
    data, port = tmp_path_factory.mktemp("site") / "data", free_port()
    with running(data, port) as first:
        told = read_until(first, "Ctrl-C stops it.")
        facts = json.loads((data / "demo.json").read_text(encoding="utf-8"))
        page = urllib.request.urlopen(facts["petition_url"].partition("#")[0]).read()
        hints = re.findall("`(make .*?)`", told)
        answers = {hint.split()[1]: typed(hint.replace("N=25", "N=3")) for hint in hints}
        beside = refused(data)
    assert first.stdout is not None
    farewell, left = first.stdout.read(), open_files_in(data)
    with running(data, port) as second:
        told_again = read_until(second, "Ctrl-C stops it.")
    return {
        "data": data,
        "facts": facts,
        "page": page,
        "told": told,
        "told_again": told_again,
        "code": first.returncode,
        "left": left,
        "answers": answers,
        "beside": beside,
        "farewell": farewell,
    }


def test_it_says_where_to_go(started: dict[str, Any]) -> None:
    facts, told = started["facts"], started["told"]
    assert facts["petition_url"] in told
    assert all(slip in told for slip in facts["paper_codes"])
    assert len(facts["paper_codes"]) == 3
    for role in ("organizer", "representative"):
        assert facts[role]["username"] in told
        assert facts[role]["password"] in told
        assert len(code(facts[role]["totp_secret"], time.time())) == 6
    assert facts["mail_dir"] in told
    assert facts["key_file"] in told


def test_the_petition_opens_at_the_address_that_carries_its_hash(started: dict[str, Any]) -> None:
    facts = started["facts"]
    assert facts["petition_url"].endswith(f"#m={facts['manifest_hash']}")
    assert b"End the recording of our work" in started["page"]


def test_what_it_writes_is_for_its_user_alone(started: dict[str, Any]) -> None:
    data = started["data"]
    written = [path for path in data.rglob("*") if path.is_file()]
    files = [path for path in written if path.relative_to(data).parts[0] != "static"]
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [p for p in files if p.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)] == []


def test_the_commands_that_it_names_work_as_they_are_printed(started: dict[str, Any]) -> None:
    answers = started["answers"]
    assert sorted(answers) == ["demo-codes", "simulate"]
    assert "3 signed" in answers["simulate"].stdout, answers["simulate"].stderr
    assert "robin" in answers["demo-codes"].stdout, answers["demo-codes"].stderr


def test_a_folder_that_is_served_is_not_served_twice(started: dict[str, Any]) -> None:
    assert f"{started['data']} is in use" in started["beside"]


def test_ctrl_c_stops_everything(started: dict[str, Any]) -> None:
    assert started["code"] == 0
    assert started["left"] == []
    assert started["farewell"].split() == ["Stopping", "…"]


@pytest.mark.parametrize("replaced", [False, True])
def test_without_its_key_it_does_not_start(started: dict[str, Any], replaced: bool) -> None:
    key = started["data"] / "keys" / "application.key"
    own = key.read_bytes()
    key.unlink()
    try:
        if replaced:
            FileKeyStore(key.parent).create("application", bytes(32))
        assert "application.key" in refused(started["data"])
        assert key.exists() == replaced
    finally:
        key.unlink(missing_ok=True)
        FileKeyStore(key.parent).create("application", own)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.touch()
    assert f"DATA_DIR is {file}" in refused(file)
    assert "DATA_DIR is /proc/nowhere" in refused(Path("/proc/nowhere"))


@pytest.mark.parametrize("target", ["simulate N=3", "demo-codes"])
def test_without_a_demo_the_way_to_one_is_said(target: str, tmp_path: Path) -> None:
    answer = typed(f"make {target} DATA_DIR={tmp_path}")
    assert answer.returncode != 0
    said = [line for line in answer.stderr.splitlines() if not line.startswith("make")]
    assert said == [answer.stderr.splitlines()[0]]
    assert f"No demo in {tmp_path}" in said[0]


def test_the_demo_is_seeded_once(started: dict[str, Any]) -> None:
    assert started["facts"]["petition_url"] in started["told_again"]
    assert "simulated co-workers sign" not in started["told_again"]


def test_the_code_is_the_one_that_an_authenticator_shows() -> None:
    # RFC 6238 appendix B, SHA-1, cut to six digits.
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109) == "081804"
