"""Figures of a large tree over a year: `python -m tests.load.figures UNITS WEEKS`.

Prints one JSON object: the seconds of releasing every week at once, of releasing one more week, and the median of
reading all figures.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from organizing.accounts.models import Campaign  # noqa: E402  # apps are ready only now
from organizing.crypto.encoding import b64u  # noqa: E402
from organizing.petitions import services as petitions  # noqa: E402
from organizing.signing.models import UnitStep  # noqa: E402
from organizing.tracking import releasing, selectors, services  # noqa: E402
from organizing.tracking.models import Act  # noqa: E402
from organizing.units import boxes  # noqa: E402
from organizing.units.models import HeadCount, Source, Unit  # noqa: E402

FIRST = date(2025, 9, 1)
WEEK = timedelta(days=7)
SITES = 50
ROUNDS = 5


def make_units(campaign: Campaign, number: int) -> list[Unit]:
    """Fifty sites, and the rest under them."""
    sites = [
        Unit(campaign=campaign, code=f"s{n}", name=f"Site {n}", position=n) for n in range(SITES)
    ]
    Unit.objects.bulk_create(sites)
    rest = [
        Unit(campaign=campaign, parent=sites[n % SITES], code=f"u{n}", name=f"Unit {n}", position=n)
        for n in range(number - SITES)
    ]
    Unit.objects.bulk_create(rest, batch_size=2000)
    source = Source(campaign=campaign)
    boxes.fill(source, {"text": "Bench"})
    source.save()
    counts = [
        HeadCount(
            campaign=campaign, unit=unit, as_of=FIRST, entered_on=FIRST, people=60, source=source
        )
        for unit in rest
    ]
    HeadCount.objects.bulk_create(counts, batch_size=2000)
    return rest


def make_act(units: int, weeks: int) -> Act:
    """A petition that offers every unit, and what its batches would have written."""
    campaign, chance = Campaign.objects.create(name="Bench", k=10), random.Random(1)
    rest = make_units(campaign, units)
    offered = [{"id": b64u(bytes(unit.key)), "name": unit.name} for unit in rest]
    petition = petitions.create_petition(
        campaign=campaign, proofs=petitions.Proofs(False, [], offered)
    )
    steps = [
        UnitStep(
            petition=petition,
            unit=unit.key,
            week=FIRST + WEEK * week,
            change=chance.choice((0, 0, 1, 1, 2, -1)),
        )
        for week in range(weeks)
        for unit in rest
    ]
    UnitStep.objects.bulk_create([s for s in steps if s.change], batch_size=5000)
    return services.act_of_petition(petition=petition, day=FIRST)


def end(weeks: int) -> datetime:
    """The Monday after so many weeks."""
    day = FIRST + WEEK * weeks
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Make, release, read, print."""
    units, weeks = int(sys.argv[1]), int(sys.argv[2])
    act = make_act(units, weeks)
    found = {
        "all": seconds(lambda: releasing.release_weeks(act_id=act.id, now=end(weeks - 1))),
        "one": seconds(lambda: releasing.release_weeks(act_id=act.id, now=end(weeks))),
    }
    act = Act.objects.select_related("campaign", "petition").get(id=act.id)
    reads = [seconds(lambda: selectors.figures(act, now=end(weeks))) for _ in range(ROUNDS + 1)]
    found["read"] = statistics.median(reads[1:])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
