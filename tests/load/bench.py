"""`make bench`: what the site costs, as ratios measured in one run on one machine.

Needs PostgreSQL and Redis, which it finds or starts as the tests do; its databases are dropped afterwards. Writes
DATA_DIR/bench.json and prints the same table. `--quick` shows in a minute that it works: its figures mean little.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import services
from tests.load import scenes
from tests.load.figuring import figuring
from tests.load.measuring import Row, as_json, as_table
from tests.load.scenes import Sizes
from tests.load.servers import ROOT, Ground
from tests.load.writing import writing

FULL = Sizes(many=100_000, most=1_000_000, sends=20_000, issues=4_000, reads=4_000, rounds=7)
QUICK = Sizes(many=500, most=5_000, sends=200, issues=60, reads=160, rounds=1)


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    """Services and a data folder, all gone afterwards."""
    with services.find_postgres() as postgres, services.find_redis() as redis:
        if postgres is None or redis is None:
            sys.exit(
                "The bench needs PostgreSQL and Redis: install them, or name them (see tests/services.py)."
            )
        with tempfile.TemporaryDirectory(prefix="roundrobin-bench-") as folder:
            yield Ground(postgres.url, services.claim_database(redis.url), Path(folder))


def measure(sizes: Sizes) -> list[Row]:
    """Everything, in the order of the table."""
    rows: list[Row] = []
    with ground() as here, scenes.theatre(here, sizes) as theatre:
        for scene in (*scenes.SCENES, writing, figuring):
            sys.stderr.write(f"… {scene.__name__}\n")
            rows += scene(theatre)
    return rows


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    quick = parser.parse_args().quick
    target = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "bench.json"
    rows = measure(QUICK if quick else FULL)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_json(rows), encoding="utf-8")
    sys.stdout.write(as_table(rows) + "\n")


if __name__ == "__main__":
    main()
