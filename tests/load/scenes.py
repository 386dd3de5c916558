"""What is measured, scene by scene, on four servers that all run from the beginning to the end."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.load.measuring import Load, Rounds, Row, drive, open_names, step
from tests.load.servers import ROOT, Ground, Server, own_database, run_python, serving

PER = 100_000
CONNECTIONS = 16
LOOKS = 50  # at counts, by each organizer
RECORD_BYTES = 64  # of a counted row in the largest database, to fill it in seconds
SAME, PAGE = "same bytes, no middleware", "petition page"
INSERT, SIGN, ISSUE, COUNTS = "plain view, one row inserted", "sign", "issue", "count page"


@dataclass(frozen=True)
class Sizes:
    """How much of everything: counted signatures, requests to prepare, and rounds."""

    many: int
    most: int
    sends: int
    issues: int
    reads: int
    rounds: int


@dataclass(frozen=True)
class Theatre:
    """Servers on databases with no, many and most signatures, and the plain one; prepared requests."""

    ground: Ground
    sizes: Sizes
    prepared: dict[str, int]
    paths: dict[str, str]
    servers: dict[int, Server]
    databases: dict[int, str]
    plain: Server

    def at(self, name: str, size: int) -> str:
        """The name of a row about a database of this size."""
        return f"{name}, {size:,} counted"

    def loads(self, name: str, file: str, *, fresh: bool = False) -> list[Load]:
        """The same requests to the smallest and to the largest database."""
        ends = (0, self.sizes.most)
        size = self.prepared[file]
        return [Load(self.at(name, n), self.servers[n], file, size, fresh) for n in ends]

    def plainly(self, name: str, file: str) -> Load:
        """Requests to the plain side."""
        return Load(name, self.plain, file, self.prepared[file])


@contextlib.contextmanager
def theatre(ground: Ground, sizes: Sizes) -> Iterator[Theatre]:
    """Makes and fills the databases, starts the servers."""
    names = {n: f"roundrobin_bench_{os.getpid()}_{n}" for n in (0, sizes.many, sizes.most)}
    with contextlib.ExitStack() as stack:
        stack.enter_context(own_database(ground, names[0]))
        run_python(ground, names[0], "tools/make_keys.py")
        for command in ("collectstatic", "migrate"):
            run_python(ground, names[0], "manage.py", command, "--no-input", "--verbosity", "0")
        facts = step(ground, names[0], "prepare", str(sizes.sends), str(sizes.issues))
        paths = {name: str(facts.pop(name)) for name in ("page", "counts")}
        for size in (sizes.many, sizes.most):
            stack.enter_context(own_database(ground, names[size], names[0]))
        step(ground, names[sizes.most], "fill", str(sizes.most), str(RECORD_BYTES))
        step(ground, names[sizes.many], "wait", str(sizes.many))
        site = ("config.wsgi:application", "config.settings", paths["page"])
        servers = {
            n: stack.enter_context(serving(ground, name, *site)) for n, name in names.items()
        }
        plain = stack.enter_context(plain_server(ground, servers[0], paths["page"]))
        prepared = {name: int(value) for name, value in facts.items()}
        yield Theatre(ground, sizes, prepared, paths, servers, names, plain)


@contextlib.contextmanager
def plain_server(ground: Ground, site: Server, page: str) -> Iterator[Server]:
    """The other side of every ratio; it answers the bytes that the site answers for `page`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}{page}") as answer:
        (ground.folder / "page.html").write_bytes(answer.read())
    name, settings = f"roundrobin_bench_{os.getpid()}_plain", "tests.load.plain_settings"
    with own_database(ground, name):
        command = ("-m", "django", "migrate", "--run-syncdb", "--verbosity", "0")
        run_python(ground, name, *command, "--settings", settings)
        with serving(
            ground, name, "tests.load.plain_site:application", settings, "/page"
        ) as server:
            yield server


def pages(here: Theatre) -> list[Row]:
    """The petition page."""
    loads = [here.plainly(SAME, "same"), *here.loads(PAGE, "petition")]
    rounds = Rounds(here.ground, loads, here.sizes.reads, CONNECTIONS).run(here.sizes.rounds)
    return [rounds.row(load.name, SAME) for load in loads]


def signing(here: Theatre) -> list[Row]:
    """Signing."""
    loads = [here.plainly(INSERT, "insert"), *here.loads(SIGN, "send", fresh=True)]
    each = here.sizes.sends // (here.sizes.rounds + 1)
    rounds = Rounds(here.ground, loads, each, CONNECTIONS).run(here.sizes.rounds)
    return [rounds.row(load.name, INSERT) for load in loads]


def issuing(here: Theatre) -> list[Row]:
    """Issuing."""
    site = here.loads(ISSUE, "issue", fresh=True)[0]
    loads = [here.plainly(INSERT, "insert"), site]
    each = here.sizes.issues // (here.sizes.rounds + 1)
    rounds = Rounds(here.ground, loads, each, CONNECTIONS).run(here.sizes.rounds)
    return [rounds.row(site.name, INSERT)]


def batch(here: Theatre) -> list[Row]:
    """One batch, while others go on signing."""
    size = here.sizes.many
    load = Load(SIGN, here.servers[size], "send", here.prepared["send"], fresh=True)
    insert = here.plainly(INSERT, "insert")
    plain = drive(here.ground, insert, 0, min(size, 2_000), CONNECTIONS)["rate"]
    command = [sys.executable, "-m", "tests.load.work", "flush"]
    environment = here.ground.environment(here.databases[size])
    with (here.ground.folder / "flush").open("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said)
        waits = list(_waits(here, load, process))
        said.seek(0)
        found: dict[str, float] = json.load(said)
    return [
        Row(
            f"batch of {size:,}",
            found["seconds"] * PER / size,
            f"s / {PER:,}",
            size / plain / found["seconds"],
        ),
        Row("batch, memory", found["peak_mib"], "MiB"),
        Row("longest wait of a signer meanwhile", max(waits) * 1000, "ms"),
    ]


def _waits(here: Theatre, load: Load, process: subprocess.Popen[bytes]) -> Iterator[float]:
    first, few = 0, 20
    while process.poll() is None and first + few <= here.sizes.sends:
        yield drive(here.ground, load, first, few, 2)["slowest"]
        first += few
        time.sleep(0.2)
    process.wait()


def counting(here: Theatre) -> list[Row]:
    """The organizers' counts. Each of them may look only so often in an hour: there are many."""
    loads, each = [], here.sizes.reads // 8
    looks = each * (here.sizes.rounds + 1) * len(here.databases)
    organizers = str(looks // LOOKS + 1)
    for size, database in here.databases.items():
        file = f"counts-{size}"
        found = step(here.ground, database, "sign_in", file, here.paths["counts"], organizers)
        loads.append(
            Load(here.at(COUNTS, size), here.servers[size], file, int(found["size"]), fresh=True)
        )
    rounds = Rounds(here.ground, loads, each, 4).run(here.sizes.rounds)
    return [rounds.row(load.name, loads[0].name) for load in loads]


def exporting(here: Theatre) -> list[Row]:
    """The export."""
    size = here.sizes.many
    small = step(here.ground, here.databases[0], "export", "small")
    large = step(here.ground, here.databases[size], "export", "large")
    return [
        Row(f"export of {size:,}", large["seconds"] * PER / size, f"s / {PER:,}"),
        Row(
            "export, memory, against an empty one",
            large["peak_mib"],
            "MiB",
            small["peak_mib"] / large["peak_mib"],
        ),
    ]


def opening(here: Theatre) -> list[Row]:
    """The opener's command."""
    count = here.sizes.sends
    tenth, all_ = (open_names(here.ground.folder, name) for name in ("tenth", "all"))
    seconds = (all_.seconds - tenth.seconds) / (count - count // 10)
    return [
        Row(f"open, measured on {count:,}", seconds * PER, f"s / {PER:,}"),
        Row(
            "open, memory, against a tenth of it",
            all_.peak_mib,
            "MiB",
            tenth.peak_mib / all_.peak_mib,
        ),
    ]


SCENES: tuple[Callable[[Theatre], list[Row]], ...] = (
    pages,
    signing,
    issuing,
    batch,
    counting,
    exporting,
    opening,
)
