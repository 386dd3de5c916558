"""The scene of figures: a large tree over a year, and what reading it costs beside many signatures."""

from __future__ import annotations

import json

from tests.load.measuring import Row
from tests.load.scenes import Theatre
from tests.load.servers import run_python

WEEKS = 52
BATCH_SECONDS = 86_400
FULL, QUICK = (5_000, 500), (100, 100)


def figuring(here: Theatre) -> list[Row]:
    """Figures of 5,000 units and 52 weeks against a batch of 24 hours, and their reading with many and with none."""
    units, read_units = FULL if here.sizes.most >= 1_000_000 else QUICK
    large = _run(here, 0, units)
    few, many = (_run(here, size, read_units) for size in (0, here.sizes.most))
    name = f"figures of {units:,} units, {WEEKS} weeks"
    read = f"figures of {read_units} units read"
    return [
        Row(f"{name}, released at once", large["all"], "s", BATCH_SECONDS / large["all"]),
        Row(f"{name}, one week more", large["one"], "s", BATCH_SECONDS / large["one"]),
        Row(f"{name}, read", large["read"] * 1000, "ms"),
        Row(here.at(read, 0), few["read"] * 1000, "ms"),
        Row(here.at(read, here.sizes.most), many["read"] * 1000, "ms", few["read"] / many["read"]),
    ]


def _run(here: Theatre, counted: int, units: int) -> dict[str, float]:
    command = ("-m", "tests.load.figures", str(units), str(WEEKS))
    found: dict[str, float] = json.loads(run_python(here.ground, here.databases[counted], *command))
    return found
