"""`make run`: the whole site on this machine without any service. Ctrl-C stops all of it.

PORT (8000) and DATA_DIR (var) can be set. Starts the web server, the Celery worker and beat, and seeds the demo once.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import serve  # noqa: E402 - the path comes first
from tools.free_port import PORT, refuse_taken_port  # noqa: E402

NAMES = {"web": "web server", "worker": "worker", "beat": "beat"}
PROGRAMS = Path(sys.executable).parent
DATA = Path(os.environ.get("DATA_DIR", ROOT / "var")).resolve()
FOLDERS = ("mail", "tmp", "broker/queue", "broker/control")
PATIENCE = 60.0
GRACE = 10.0
PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or the machine is going down."""


@dataclass
class Child:
    """One process of the site."""

    name: str
    process: subprocess.Popen[bytes]


def environment() -> dict[str, str]:
    """What every process of the site gets: nothing of it lands outside the data folder."""
    own = {"DATA_DIR": str(DATA), "PORT": PORT, "TMPDIR": str(DATA / "tmp")}
    path = f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {
        **os.environ,
        **own,
        "PATH": path,
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "ignore",
    }


def say(line: str = "") -> None:
    """Print one line at once."""
    print(line, flush=True)


def prepare() -> None:
    """Make keys and tables; all of it does nothing the second time."""
    step("tools/make_keys.py")
    step("tools/prepare.py")


def take_folder() -> int:
    """Make the data folder and lock it for as long as anything of this site runs; a kill unlocks it too."""
    os.umask(0o077)
    try:
        for name in FOLDERS:
            (DATA / name).mkdir(parents=True, exist_ok=True)
        lock = os.open(DATA / "in-use", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(
            f"{DATA} is in use by a site that runs: stop that one, or name another folder with DATA_DIR=."
        )
    except OSError as error:
        sys.exit(f"DATA_DIR is {DATA}, and nothing can be written there: {error.strerror}.")
    return lock


def step(*command: str) -> None:
    """Run one Python step to its end; a failure, which has said why, ends the start."""
    arguments = [sys.executable, *command]
    code = subprocess.call(arguments, cwd=ROOT, env=environment(), start_new_session=True)
    if code:
        sys.exit(code)


def end_with_parent() -> None:
    """Have the kernel end this child if the parent is killed: no server is left behind unseen."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(name: str, command: list[str], lock: int) -> Child:
    """Start one process in a session of its own: Ctrl-C reaches this program alone, which stops them in order."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        # All that Celery says there is "Warm shutdown"; warnings and errors go to the other one.
        stdout=subprocess.DEVNULL,
        pass_fds=[lock],
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - one thread only, and one system call
    )
    return Child(name, process)


def send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """A signal to one process; the last one to its children too."""
    if number == signal.SIGKILL:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def stop(children: list[Child]) -> None:
    """Ask every process to end, and end the process group of whichever does not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        left = [child.process for child in children if child.process.poll() is None]
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                send(process, number)
        deadline = time.monotonic() + GRACE
        while any(process.poll() is None for process in left) and time.monotonic() < deadline:
            time.sleep(0.05)


def fallen(children: list[Child]) -> Child | None:
    """The first process that ended by itself."""
    return next((child for child in children if child.process.poll() is not None), None)


def answers() -> bool:
    """Whether the web server gives any answer."""
    connection = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_it_answers(children: list[Child]) -> None:
    """Poll the web server; ends early when a process has fallen."""
    deadline = time.monotonic() + PATIENCE
    while not answers() and fallen(children) is None:
        if time.monotonic() > deadline:
            sys.exit(f"The web server did not answer within {PATIENCE:.0f} seconds.")
        time.sleep(0.1)


def watch(children: list[Child]) -> None:
    """Return only when a process has ended by itself."""
    while (child := fallen(children)) is None:
        time.sleep(0.3)
    sys.exit(f"The {child.name} ended with exit code {child.process.returncode}: all was stopped.")


def on_signal(_number: int, _frame: FrameType | None) -> None:
    """Turn SIGINT and SIGTERM into an orderly end."""
    raise Stopped


def keep_running(children: list[Child], lock: int) -> None:
    """Start all three, seed the demo once, say where to go, and watch."""
    for name, command in serve.commands().items():
        children.append(start(NAMES[name], command, lock))
    wait_until_it_answers(children)
    if fallen(children) is None:
        step("manage.py", "seed_demo")
        say("Ctrl-C stops it.")
    watch(children)


def main() -> None:
    """Run until Ctrl-C."""
    refuse_taken_port()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    children: list[Child] = []
    try:
        lock = take_folder()
        prepare()
        keep_running(children, lock)
    except Stopped:
        say("\nStopping …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(children)


if __name__ == "__main__":
    main()
