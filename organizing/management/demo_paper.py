"""Signatures on paper in the demo: typed by the organizer, counted again by whoever of the union sees the unit."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from organizing.accounts.models import Campaign, Membership, Role, User
from organizing.management.demo_units import SITES_GIVEN
from organizing.petitions.weeks import monday
from organizing.tracking import services
from organizing.tracking.models import Act
from organizing.units.models import Unit

FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who of the demo has an account."""

    organizer: User
    representative: User
    lead: User


def staff_of(campaign: Campaign) -> Staff:
    """The demo's accounts, by their roles."""
    seats = Membership.objects.filter(campaign=campaign).select_related("user")
    by_role = {seat.role: seat.user for seat in seats}
    return Staff(by_role[Role.ORGANIZER], by_role[Role.REPRESENTATIVE], by_role[Role.LEAD])


def weeks_of(path: Path) -> list[dict[str, int]]:
    """A table of how many in each week, by the code of a unit."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    names = [name for name in rows[0] if name != "unit"]
    return [{row["unit"]: int(row[name]) for row in rows} for name in names]


def type_week(act: Act, counts: Mapping[str, int], staff: Staff, now: datetime) -> None:
    """What was collected up to a Friday, counted by two."""
    units = {unit.code: unit for unit in Unit.objects.filter(campaign=act.campaign)}
    for code, count in counts.items():
        if not count:
            continue
        second = staff.representative if code.partition("-")[0] in SITES_GIVEN else staff.lead
        entry = services.type_paper(
            act=act, unit=units[code], count=count, day=_friday(now), user=staff.organizer
        )
        services.confirm_paper(entry=entry, count=count, user=second, now=now)


def _friday(now: datetime) -> date:
    return monday(now, "UTC") + FRIDAY
