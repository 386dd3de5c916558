"""Reads the tree of a campaign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    DateField,
    Field,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Coalesce

from organizing.units import boxes
from organizing.units.models import HeadCount, Source, Unit
from organizing.units.trees import SEPARATOR, UnitNode, UnitTree

__all__ = ["UnitNode", "UnitTree", "has_units", "resolve", "tree"]

# Of a unit that is gone where nothing but the whole campaign is left; in manifests, "no unit".
NO_UNIT = bytes(16)


@dataclass(frozen=True, slots=True)
class People:
    """How many, as of which day, from where; `summed` from parts that each have a head-count."""

    number: int | None = None
    as_of: date | None = None
    source: str = ""
    summed: bool = False


def tree(campaign_id: UUID, on: date) -> UnitTree:
    """The units as they are now, with the head-counts that a day is told by; three queries at any size.

    That is the newest on or before it of those that were known on it; where none was, of those first entered.
    """
    rows = _rows(campaign_id, on)
    sources = source_texts(campaign_id)
    own = {row["id"]: _people(row, sources) for row in rows}
    whole = _whole(campaign_id, on, sources)
    ordered = _preorder(rows)
    counted = _with_sums(ordered, {**own, None: whole})
    nodes = tuple(_node(row, depth, path, counted) for row, depth, path in ordered)
    total = counted[None]
    return UnitTree(campaign_id, nodes, total.number, total.as_of, total.source, total.summed)


def has_units(campaign_id: UUID) -> bool:
    """Whether the campaign has a tree at all."""
    return Unit.objects.filter(campaign_id=campaign_id, gone=False).exists()


def _known(on: date, **unit: Any) -> QuerySet[HeadCount]:
    rows = HeadCount.objects.filter(as_of__lte=on, entered_on__lte=on, **unit)
    return rows.order_by("-as_of", "-id")


def _first_entered(on: date, **unit: Any) -> QuerySet[HeadCount]:
    rows = HeadCount.objects.filter(as_of__lte=on, **unit)
    return rows.order_by("entered_on", "-as_of", "-id")


def _told(on: date, name: str, kind: "Field[Any, Any]") -> Coalesce:
    """A field of the head-count that a day is told by. What was entered later never changes it."""
    known, first = _known(on, unit=OuterRef("pk")), _first_entered(on, unit=OuterRef("pk"))
    found = (Subquery(rows.values(name)[:1], output_field=kind) for rows in (known, first))
    return Coalesce(*found)


def _rows(campaign_id: UUID, on: date) -> list[dict[str, Any]]:
    rows = Unit.objects.filter(campaign_id=campaign_id, gone=False).order_by("position", "code")
    return list(
        rows.annotate(
            people=_told(on, "people", IntegerField()),
            as_of=_told(on, "as_of", DateField()),
            source_id=_told(on, "source_id", UUIDField()),
        ).values("id", "key", "code", "name", "kind", "parent_id", "people", "as_of", "source_id")
    )


def source_texts(campaign_id: UUID) -> dict[UUID, str]:
    """What each source of the campaign says."""
    rows = Source.objects.filter(campaign_id=campaign_id)
    return {row.id: str(boxes.read(row)["text"]) for row in rows}


def _people(row: dict[str, Any], sources: dict[UUID, str]) -> People:
    if row["people"] is None:
        return People()
    return People(row["people"], row["as_of"], sources[row["source_id"]])


def _whole(campaign_id: UUID, on: date, sources: dict[UUID, str]) -> People:
    # Few rows, so that one question is enough.
    rows = list(_first_entered(on, unit=None, campaign_id=campaign_id))
    known = [row for row in rows if row.entered_on <= on]
    row = max(known, key=lambda one: (one.as_of, one.id)) if known else next(iter(rows), None)
    return People(row.people, row.as_of, sources[row.source_id]) if row else People()


Placed = tuple[dict[str, Any], int, str]


def _preorder(rows: Iterable[dict[str, Any]]) -> list[Placed]:
    """Rows with depth and path. A stack, not recursion: how deep a tree is, a file decides."""
    under: dict[UUID | None, list[dict[str, Any]]] = {}
    for row in rows:
        under.setdefault(row["parent_id"], []).append(row)
    found: list[Placed] = []
    waiting = [(row, 0, row["name"]) for row in reversed(under.get(None, []))]
    while waiting:
        row, depth, path = waiting.pop()
        found.append((row, depth, path))
        for part in reversed(under.get(row["id"], [])):
            waiting.append((part, depth + 1, f"{path}{SEPARATOR}{part['name']}"))
    return found


def _with_sums(ordered: list[Placed], own: dict[UUID | None, People]) -> dict[UUID | None, People]:
    """From the leaves upward: what has no head-count of its own is the sum of its parts, if all have one."""
    parts: dict[UUID | None, list[People]] = {}
    found = dict(own)
    for row, _depth, _path in reversed(ordered):
        found[row["id"]] = _or_sum(own[row["id"]], parts.get(row["id"], []))
        parts.setdefault(row["parent_id"], []).append(found[row["id"]])
    found[None] = _or_sum(own[None], parts.get(None, []))
    return found


def _or_sum(own: People, parts: list[People]) -> People:
    if own.number is not None or not parts:
        return own
    numbers = [part.number for part in parts if part.number is not None]
    if len(numbers) < len(parts):
        return own
    return People(sum(numbers), min(part.as_of for part in parts if part.as_of), "", summed=True)


def _node(
    row: dict[str, Any], depth: int, path: str, counted: dict[UUID | None, People]
) -> UnitNode:
    people = counted[row["id"]]
    return UnitNode(
        id=row["id"],
        key=bytes(row["key"]),
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent_id=row["parent_id"],
        depth=depth,
        path=path,
        people=people.number,
        people_as_of=people.as_of,
        people_source=people.source,
        summed=people.summed,
    )


def resolve(campaign_id: UUID) -> dict[bytes, bytes]:
    """Key of a merged or split unit in an old manifest → key under which it is counted today.

    `NO_UNIT` where nothing is left but the whole campaign. Keys that are counted under themselves are not in it.
    """
    units = Unit.objects.filter(campaign_id=campaign_id)
    live = dict(units.filter(gone=False).values_list("id", "key"))
    gone = {row.id: row for row in units.filter(gone=True)}
    ends = {bytes(row.key): _end(row, gone) for row in gone.values()}
    return {key: bytes(live[end]) if end else NO_UNIT for key, end in ends.items()}


def _end(row: Unit, gone: dict[UUID, Unit]) -> UUID | None:
    """The unit under which a unit that is gone counts after all that happened since."""
    while row.counted_under_id in gone:
        row = gone[row.counted_under_id]
    return row.counted_under_id
