"""The bench works: what it measures, never how fast that is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import services
from tests.conftest import missing
from tests.load.servers import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
OPENING = "open, measured on 200"
STARTS = (
    "same bytes, no middleware",
    "petition page, 0 counted",
    "petition page, 5,000 counted",
    "plain view, one row inserted",
    "sign, 0 counted",
    "sign, 5,000 counted",
    "issue, 0 counted",
    "batch of 500",
    "batch, memory",
    "longest wait of a signer meanwhile",
    "count page, 0 counted",
    "count page, 500 counted",
    "count page, 5,000 counted",
    "export of 500",
    "export, memory",
    OPENING,
    "open, memory",
    "writer's page",
    "history page",
    "two versions compared",
    "first and last version compared",
    "figures of 100 units, 52 weeks, released at once",
    "figures of 100 units, 52 weeks, one week more",
    "figures of 100 units, 52 weeks, read",
    "figures of 100 units read, 0 counted",
    "figures of 100 units read, 5,000 counted",
)


def test_the_bench_writes_and_prints_every_row(tmp_path: Path) -> None:
    for name in ("postgres", "redis-server"):
        if services.program(name) is None:
            missing(name)
    environment = {**os.environ, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.bench", "--quick"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=600,
    )
    rows = json.loads((tmp_path / "bench.json").read_text())
    # Opening is the difference of two runs: of so few rows it may be nothing, or less.
    assert [row["name"] for row in rows if row["value"] <= 0 and row["name"] != OPENING] == []
    assert all(set(row) == {"name", "value", "unit", "ratio"} for row in rows)
    found = [row["name"] for row in rows]
    assert len(found) == len(STARTS)
    assert all(name.startswith(start) for name, start in zip(found, STARTS, strict=True))
    assert all(name in done.stdout for name in found)
