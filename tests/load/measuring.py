"""Measures, row by row: rates in interleaved rounds, seconds and memory of steps."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.load.servers import ROOT, Ground, Server, run_python

GOOD = {"200"}


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is how fast against what the name says: more is better."""

    name: str
    value: float
    unit: str
    ratio: float | None = None


@dataclass(frozen=True)
class Load:
    """Prepared requests for one server. `file` holds them, each `size` bytes long."""

    name: str
    server: Server
    file: str
    size: int
    fresh: bool = False


class UnexpectedAnswer(Exception):
    """The server answered something other than what is measured."""


def drive(ground: Ground, load: Load, first: int, count: int, connections: int) -> dict[str, float]:
    """One run of the load generator. Raises UnexpectedAnswer."""
    numbers = (load.server.port, ground.folder / load.file, load.size, first, count, connections)
    command = [sys.executable, "-m", "tests.load.generator", *(str(number) for number in numbers)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    if set(found["statuses"]) != GOOD:
        raise UnexpectedAnswer(f"{load.name}: {found['statuses']}")
    return {"rate": count / found["seconds"], "slowest": found["slowest"]}


@dataclass
class Rounds:
    """Loads measured one after another, again and again, so that a noisy minute strikes all alike."""

    ground: Ground
    loads: list[Load]
    requests: int
    connections: int
    rates: dict[str, list[float]] = field(default_factory=dict)

    def run(self, rounds: int) -> Rounds:
        """One round to warm up, and `rounds` that count."""
        for number in range(rounds + 1):
            for load in self.loads:
                first = number * self.requests if load.fresh else 0
                count = self.requests
                rate = drive(self.ground, load, first, count, self.connections)["rate"]
                if number:
                    self.rates.setdefault(load.name, []).append(rate)
        return self

    def row(self, name: str, against: str) -> Row:
        """The median rate, and the median of the ratios of each round."""
        pairs = zip(self.rates[name], self.rates[against], strict=True)
        ratio = statistics.median(mine / other for mine, other in pairs)
        return Row(name, statistics.median(self.rates[name]), "per second", ratio)


def step(ground: Ground, database: str, *command: str) -> dict[str, float]:
    """One step of tests/load/work.py in a process of its own."""
    found: dict[str, float] = json.loads(
        run_python(ground, database, "-m", "tests.load.work", *command)
    )
    return found


@dataclass(frozen=True)
class Spent:
    """What a whole process took, its start included."""

    seconds: float
    peak_mib: float


def open_names(folder: Path, name: str) -> Spent:
    """The opener's command on one export, as an organizer runs it."""
    command = [sys.executable, "-m", "organizing.disclosure.opener", str(folder / name)]
    command += [str(folder / "key.json"), "--passphrase-file", str(folder / "passphrase")]
    command += ["--csv", str(folder / f"{name}.csv")]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise UnexpectedAnswer(f"the opener ended with {process.returncode}")
    return Spent(time.perf_counter() - began, used.ru_maxrss / 1024)


def as_json(rows: list[Row]) -> str:
    """The rows as var/bench.json keeps them."""
    return json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n"


def as_table(rows: list[Row]) -> str:
    """The same rows for a person."""
    width = max(len(row.name) for row in rows)
    lines = [f"{'':{width}}  {'value':>10}  {'unit':<12} {'ratio':>6}"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(f"{row.name:{width}}  {row.value:>10.5g}  {row.unit:<12} {ratio:>6}")
    return "\n".join(lines)
