"""Suggestions: a changed text, whose changes are accepted or declined one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from organizing.drafting import boxes, selectors
from organizing.drafting.access import Seat
from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.models import Part, Suggestion
from organizing.drafting.services import (
    NO_TAB,
    Saved,
    Tab,
    Writing,
    forget_working_copy,
    lock_draft,
    save,
)
from organizing.drafting.unseen import without
from organizing.drafting.words import compare
from organizing.errors import Forbidden, NotFound, WrongState

AROUND = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One place of a suggestion. `decided` is "", "accepted" or "declined"; the rest is what stands around."""

    number: int
    field: str
    start: int
    old: str
    new: str
    decided: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as the drafters see it."""

    id: UUID
    author: str
    day: date
    note: str
    base: int
    changes: list[Change]
    settled: bool
    own: bool


def open_suggestions(seat: Seat, language: str) -> list[Suggested]:
    """Suggestions with a change that nobody decided about, by place in the text."""
    rows = Suggestion.objects.filter(petition=seat.petition, language=language, settled=False)
    found = [read(seat, row) for row in rows]
    return sorted(found, key=lambda s: (s.base, s.changes[0].start, str(s.id)))


def read(seat: Seat, row: Suggestion) -> Suggested:
    """One suggestion, with the surroundings of each change."""
    content = boxes.read(row)
    base = selectors.version(seat.petition.id, row.language, content["base"])
    return Suggested(
        id=row.id,
        author=content["by"],
        day=date.fromisoformat(content["day"]),
        note=content["note"],
        base=content["base"],
        changes=[_change(n, raw, base.fields) for n, raw in enumerate(content["changes"])],
        settled=row.settled,
        own=content["by"] == seat.user.username,
    )


def _change(number: int, raw: dict[str, Any], base: Fields) -> Change:
    text, start = base[raw["field"]], raw["start"]
    end = start + len(raw["old"])
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Change(number, **raw, before=before, after=after)


@transaction.atomic
def suggest(
    *,
    seat: Seat,
    language: str,
    base: int,
    fields: Fields,
    note: str,
    today: date,
    tab: Tab = NO_TAB,
) -> UUID | None:
    """Puts a changed text before those who edit; None when nothing is changed. Raises Forbidden."""
    if not seat.may(Part.SUGGEST):
        raise Forbidden
    lock_draft(seat)
    found = selectors.version(seat.petition.id, language, base)
    if found.note.erased_on:
        found = selectors.head(seat.petition.id, language)
        base = found.number
    changes = list(_changes(found.fields, fields))
    if not changes:
        return None
    row = Suggestion(petition=seat.petition, language=language)
    day = today.isoformat()
    about = {
        "by": seat.user.username,
        "day": day,
        "note": without(note),
        "base": base,
        "changes": changes,
    }
    boxes.fill(row, about)
    row.save()
    forget_working_copy(seat=seat, language=language, tab=tab)
    return row.id


def _changes(base: Fields, fields: Fields) -> Iterator[dict[str, Any]]:
    for name in FIELDS:
        start = 0
        for piece in compare(base[name], without(fields[name]).replace("\r\n", "\n")):
            if not piece.same:
                yield {
                    "field": name,
                    "start": start,
                    "old": piece.before,
                    "new": piece.after,
                    "decided": "",
                }
            start += len(piece.before)


@transaction.atomic
def decide(*, seat: Seat, suggestion: Suggestion, number: int, accept: bool, today: date) -> Saved:
    """Accepts or declines one change. An accepted one is merged into the newest text.

    Where that text has changed at the same place, both are kept aside for the person to put together.
    Raises NotFound for a change that is decided or does not exist, WrongState while the person has typed
    something that is not saved.
    """
    if not seat.may(Part.EDIT):
        raise Forbidden
    lock_draft(seat)
    row = Suggestion.objects.select_for_update().get(id=suggestion.id)
    content = boxes.read(row)
    if not 0 <= number < len(content["changes"]) or content["changes"][number]["decided"]:
        raise NotFound
    content["changes"][number]["decided"] = "accepted" if accept else "declined"
    head = selectors.head(seat.petition.id, row.language)
    saved = _apply(seat, row.language, content, number, today) if accept else Saved(head.number)
    row.settled = all(change["decided"] for change in content["changes"])
    boxes.fill(row, content)
    row.save()
    return saved


def _apply(seat: Seat, language: str, content: dict[str, Any], number: int, today: date) -> Saved:
    head = selectors.head(seat.petition.id, language)
    if any(copy.fields != head.fields for copy in _unsaved(seat, language)):
        raise WrongState
    # What is left says what is saved: kept, it would seem to take back what is accepted now.
    for copy in _unsaved(seat, language):
        forget_working_copy(seat=seat, language=language, tab=Tab(copy.tab))
    base, change = content["base"], content["changes"][number]
    fields = dict(selectors.version(seat.petition.id, language, base).fields)
    text, start = fields[change["field"]], change["start"]
    fields[change["field"]] = text[:start] + change["new"] + text[start + len(change["old"]) :]
    writing = Writing(base, fields, how="suggestion")
    return save(seat=seat, language=language, writing=writing, today=today)


def _unsaved(seat: Seat, language: str) -> list[selectors.Working]:
    return selectors.working_copies(seat.user, seat.petition.id, language)


@transaction.atomic
def withdraw(*, seat: Seat, suggestion: Suggestion) -> None:
    """Takes one's own suggestion back. Raises Forbidden for another's."""
    lock_draft(seat)
    if boxes.read(suggestion)["by"] != seat.user.username:
        raise Forbidden
    suggestion.delete()
