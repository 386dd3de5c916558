"""Comments on a passage, with answers; resolved and opened again."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction

from organizing.drafting import boxes, selectors
from organizing.drafting.access import Seat
from organizing.drafting.anchors import (
    Anchor,
    Comparison,
    Passage,
    anchor,
    anchor_anywhere,
    locate,
    read_anchor,
)
from organizing.drafting.content import Fields
from organizing.drafting.models import Comment
from organizing.drafting.services import lock_draft
from organizing.drafting.unseen import without
from organizing.drafting.words import compare
from organizing.errors import WrongState

MOST_CHARACTERS = 4_000
# More than anybody reads: whoever comments cannot fill the database.
MOST_COMMENTS = 1_000
MOST_REMARKS = 200


class Full(WrongState):
    """No more comments fit beside this draft, or no more answers under this comment."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What one person said, on a day."""

    author: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers. `passage` is None when the passage is gone, or when there never was one."""

    id: UUID
    quote: str
    passage: Passage | None
    remarks: list[Remark]
    resolved: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says about which words; without words, about the whole text. `near` counts characters."""

    text: str
    quote: str = ""
    field: str = ""
    near: int = 0


@transaction.atomic
def comment(*, seat: Seat, language: str, base: int, words: Words, today: date) -> UUID | None:
    """A comment on a passage of version `base`; None when that version has no such passage. Raises Full."""
    lock_draft(seat)
    if Comment.objects.filter(petition=seat.petition).count() >= MOST_COMMENTS:
        raise Full
    found = selectors.version(seat.petition.id, language, base)
    mark = _mark(found.fields, words)
    if words.quote.strip() and mark is None:
        return None
    row = Comment(petition=seat.petition, language=language)
    first = _remark(seat, words.text, today)
    kept = mark.as_dict() if mark else None
    boxes.fill(row, {"base": base, "anchor": kept, "remarks": [first]})
    row.save()
    return row.id


def _mark(fields: Fields, words: Words) -> Anchor | None:
    quote = without(words.quote)
    if not words.field:
        return anchor_anywhere(fields, quote)
    return anchor(fields, words.field, quote, words.near)


def _remark(seat: Seat, text: str, today: date) -> dict[str, str]:
    return {"by": seat.user.username, "day": today.isoformat(), "text": without(text)}


@transaction.atomic
def answer(*, seat: Seat, row: Comment, text: str, today: date) -> None:
    """One more remark under a comment, which is open again by it. Raises Full."""
    lock_draft(seat)
    row = Comment.objects.select_for_update().get(id=row.id)
    content = boxes.read(row)
    if len(content["remarks"]) >= MOST_REMARKS:
        raise Full
    content["remarks"].append(_remark(seat, text, today))
    boxes.fill(row, content)
    row.resolved = False
    row.save()


@transaction.atomic
def resolve(*, seat: Seat, row: Comment, resolved: bool) -> None:
    """Puts a comment aside as done, or opens it again."""
    lock_draft(seat)
    Comment.objects.filter(id=row.id).update(resolved=resolved)


def threads(seat: Seat, language: str, now: Fields) -> list[Thread]:
    """All comments in a language, by where their passages stand now; open ones first."""
    rows = Comment.objects.filter(petition=seat.petition, language=language)
    versions: dict[int, Fields] = {}
    once = cache(compare)
    found = [_thread(seat, language, row, now, versions, once) for row in rows]
    return sorted(found, key=_order)


def _order(thread: Thread) -> tuple[bool, bool, str, int, str]:
    place = thread.passage
    where = (place.field, place.start) if place else ("", 0)
    return thread.resolved, place is None, *where, str(thread.id)


def _thread(
    seat: Seat,
    language: str,
    row: Comment,
    now: Fields,
    versions: dict[int, Fields],
    by: Comparison,
) -> Thread:
    content = boxes.read(row)
    mark = read_anchor(content["anchor"]) if content["anchor"] else None
    base = content["base"]
    if mark and base not in versions:
        versions[base] = selectors.version(seat.petition.id, language, base).fields
    return Thread(
        id=row.id,
        quote=mark.quote if mark else "",
        passage=locate(mark, versions[base], now, by) if mark else None,
        remarks=[_said(raw) for raw in content["remarks"]],
        resolved=row.resolved,
    )


def _said(raw: dict[str, Any]) -> Remark:
    return Remark(raw["by"], date.fromisoformat(raw["day"]), raw["text"])
