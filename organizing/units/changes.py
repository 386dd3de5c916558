"""The history of the units: who by pseudonym, on which day, what. Written with the change, under the same lock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Max

from organizing.accounts.access import Campaign, User
from organizing.units import boxes
from organizing.units.models import Unit, UnitChange


class What(StrEnum):
    """What was done. `presenting` has a sentence for each."""

    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    COUNTED = "counted"
    IMPORTED = "imported"
    OFFERED = "offered"


Facts = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Note:
    """What was done to which unit (None: to the campaign)."""

    what: What
    facts: Facts
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    number: int
    unit_id: UUID | None
    who: str
    day: date
    what: str
    facts: Facts


def lock(campaign_id: UUID) -> Campaign:
    """Takes the campaign's row, so that changes to one tree wait for one another. In a transaction only."""
    return Campaign.objects.select_for_update().get(id=campaign_id)


def write(campaign: Campaign, user: User, today: date, notes: list[Note]) -> None:
    """Adds lines; the caller holds the lock."""
    rows = UnitChange.objects.filter(campaign=campaign)
    newest = rows.aggregate(newest=Max("number"))["newest"] or 0
    made = []
    for number, note in enumerate(notes, newest + 1):
        row = UnitChange(campaign=campaign, unit=note.unit, number=number)
        content = {"who": user.username, "day": today.isoformat(), "what": note.what}
        boxes.fill(row, {**content, "facts": note.facts})
        made.append(row)
    UnitChange.objects.bulk_create(made, batch_size=500)


def history(
    campaign_id: UUID, *, units: Collection[UUID] | None = None, before: int = 0, most: int = 50
) -> list[Line]:
    """Lines, the newest first; of these units, or of all and of the campaign."""
    rows = UnitChange.objects.filter(campaign_id=campaign_id)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    if before:
        rows = rows.filter(number__lt=before)
    return [_line(row) for row in rows.order_by("-number")[:most]]


def _line(row: UnitChange) -> Line:
    content = boxes.read(row)
    day = date.fromisoformat(content["day"])
    return Line(row.number, row.unit_id, content["who"], day, content["what"], content["facts"])
