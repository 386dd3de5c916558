"""`make test`: the whole suite embedded, the browser's own code under Node, then what touches a database again on
PostgreSQL and Redis. What could not run is named at the end; with CI=true that is a failure."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402 - the path comes first
from tools.run import end_with_parent  # noqa: E402

CLOSING = re.compile(r"^=+ (.*\d+ (?:passed|failed|error).* in [\d.]+s.*?) =+$")
TAP = re.compile(r"^(?:#|ℹ) (pass|fail) (\d+)$")


@dataclass
class Outcome:
    """What happened so far."""

    missing: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def stream(command: list[str], environment: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command, showing its output as it comes; its exit code and its lines."""
    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # When this is killed, the run ends as by Ctrl-C, and leaves nothing behind.
        preexec_fn=end_with_parent,  # noqa: PLW1509 - one thread only
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line.rstrip("\n"))
    return process.returncode, lines


def run_pytest(
    name: str, outcome: Outcome, extra: list[str], environment: dict[str, str], waiting: int = 0
) -> None:
    """One run of pytest in a process for each core, and some more for those that wait for a browser, a site or a clock.

    A run that executed no test is a failure too.
    """
    print(f"\n== {name} ==", flush=True)
    parallel = [
        "-n",
        str((os.cpu_count() or 1) + waiting),
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    command = [sys.executable, "-m", "pytest", *parallel, "-q", "-r", "fE"]
    with tempfile.NamedTemporaryFile("r") as missing:
        code, lines = stream([*command, *extra], {**environment, "TEST_MISSING_FILE": missing.name})
        outcome.missing += missing.read().splitlines()
    found = [match[1] for line in lines if (match := CLOSING.match(line))]
    bare = [line for line in lines if re.match(r"^\d+ (passed|failed).* in [\d.]+s", line)]
    closing = (found or bare or ["no closing line"])[-1]
    outcome.closing.append(f"{name}: {closing}")
    if code:
        outcome.failed.append(name)


def run_node(outcome: Outcome, environment: dict[str, str]) -> None:
    """The browser's own modules under Node.js, as they are."""
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{environment['PATH']}"
    files = sorted(
        str(file.relative_to(ROOT)) for file in (ROOT / "tests" / "js").glob("*.test.*js")
    )
    if shutil.which("node", path=path) is None:
        outcome.missing.append("NOT RUN for want of Node.js: tests/js")
        return
    print("\n== JavaScript ==", flush=True)
    # By itself Node leaves one core to others.
    parallel = f"--test-concurrency={os.cpu_count() or 1}"
    command = ["node", "--test", parallel, "--test-reporter=tap", *files]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    code, lines = run.returncode, run.stdout.splitlines()
    # A line for each test helps only where one failed.
    print("\n".join(lines) if code else "\n".join(lines[-8:]), flush=True)
    counts = {match[1]: match[2] for line in lines if (match := TAP.match(line))}
    outcome.closing.append(
        f"JavaScript: {counts.get('pass', 0)} passed, {counts.get('fail', 0)} failed"
    )
    if code or not files:
        outcome.failed.append("JavaScript")


def run_on_real_services(outcome: Outcome, extra: list[str], environment: dict[str, str]) -> None:
    """What touches a database, on PostgreSQL and Redis."""
    with services.find_postgres() as database, services.find_redis() as cache:
        if database is None or cache is None:
            absent = [n for n, s in (("PostgreSQL", database), ("Redis", cache)) if s is None]
            outcome.missing.append(f"NOT RUN for want of {' and '.join(absent)}: the second half")
            return
        real = {
            "TEST_BACKENDS": "real",
            "TEST_DATABASE_URL": database.url,
            "TEST_REDIS_URL": cache.url,
        }
        run_pytest(
            "On PostgreSQL and Redis", outcome, ["--database-only", *extra], {**environment, **real}
        )


def report(outcome: Outcome) -> int:
    """Print the end of it; 0 when everything that had to run did and passed."""
    in_ci = os.environ.get("CI") == "true"
    print()
    for line in sorted(set(outcome.missing)):
        print(f"!!! {line}")
    for line in reversed(outcome.closing):
        print(line)
    if outcome.failed:
        print(f"FAILED: {', '.join(outcome.failed)}")
    return 1 if outcome.failed or (outcome.missing and in_ci) else 0


def main() -> int:
    """Run all three; arguments are passed on to pytest."""
    outcome, extra = Outcome(), sys.argv[1:]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    # Hundreds of processes are begun: each would compile all that it reads, where the shell forbids to keep that.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    run_pytest("Embedded", outcome, extra, environment, waiting=2)
    run_node(outcome, environment)
    run_on_real_services(outcome, extra, environment)
    return report(outcome)


if __name__ == "__main__":
    sys.exit(main())
