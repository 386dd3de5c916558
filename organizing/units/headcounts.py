"""Head-counts with their days and sources: added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from organizing.units import boxes
from organizing.units.models import HeadCount, Source
from organizing.units.selectors import source_texts


@dataclass(frozen=True, slots=True)
class NewCount:
    """Of a unit, or of the whole campaign where there is none."""

    unit_id: UUID | None
    people: int
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A head-count that was entered. `valid`: not taken back by another for the same day."""

    as_of: date
    people: int
    source: str
    valid: bool


def add(campaign_id: UUID, counts: Iterable[NewCount], today: date) -> None:
    """Writes head-counts, known from today on. The caller holds the lock, so that no source is made twice."""
    counts = list(counts)
    names = _sources(campaign_id, {count.source for count in counts})
    rows = [
        HeadCount(
            campaign_id=campaign_id,
            unit_id=count.unit_id,
            people=count.people,
            as_of=count.as_of,
            entered_on=today,
            source_id=names[count.source],
        )
        for count in counts
    ]
    HeadCount.objects.bulk_create(rows, batch_size=500)


def _sources(campaign_id: UUID, texts: set[str]) -> dict[str, UUID]:
    found = {text: name for name, text in source_texts(campaign_id).items()}
    for text in texts - set(found):
        row = Source(campaign_id=campaign_id)
        boxes.fill(row, {"text": text})
        row.save()
        found[text] = row.id
    return found


def known(campaign_id: UUID, days: set[date]) -> dict[tuple[UUID, date], tuple[int, str]]:
    """The head-count that holds for each unit and day, of those days on which one was entered."""
    texts = source_texts(campaign_id)
    rows = HeadCount.objects.filter(campaign_id=campaign_id, as_of__in=days).order_by("id")
    values = rows.exclude(unit=None).values_list("unit_id", "as_of", "people", "source_id")
    return {(unit, day): (people, texts[source]) for unit, day, people, source in values}


def of_unit(campaign_id: UUID, unit_id: UUID | None) -> list[Counted]:
    """All head-counts of a unit, or of the whole campaign, the newest first."""
    texts = source_texts(campaign_id)
    rows = HeadCount.objects.filter(campaign_id=campaign_id)
    rows = rows.filter(unit_id=unit_id) if unit_id else rows.filter(unit=None)
    found, seen = [], set()
    for row in rows.order_by("-as_of", "-id"):
        found.append(Counted(row.as_of, row.people, texts[row.source_id], row.as_of not in seen))
        seen.add(row.as_of)
    return found
