"""What one row of a file asks for, or why it cannot be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from organizing.units import columns
from organizing.units.models import Kind
from organizing.units.problems import CODE_LENGTH, NAME_LENGTH, SOURCE_LENGTH, Fault, Problem
from organizing.units.tables import Table


@dataclass(frozen=True, slots=True)
class Wish:
    """What a row asks for. None: the file does not say. `parent`: a code, or empty for a top unit."""

    row: int
    code: str
    name: str
    kind: Kind | None = None
    parent: str | None = None
    people: int | None = None
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """For rows that name a number without a day or a source."""

    day: date | None = None
    source: str = ""


def days_of(table: Table, defaults: Defaults) -> set[date]:
    """The days of all head-counts in a file."""
    if "as_of" not in table.columns:
        return {defaults.day} if defaults.day else set()
    at = table.columns.index("as_of")
    found = {columns.day_of(cells[at]) or defaults.day for _number, cells in table.rows}
    return {day for day in found if day}


def read_row(
    table: Table, number: int, cells: tuple[str, ...], defaults: Defaults, today: date
) -> tuple[Wish, list[Fault]]:
    """What a row asks for, and everything that is wrong with it."""
    row = dict(zip(table.columns, cells, strict=True))
    wish = Wish(
        number,
        row["code"],
        columns.clean_name(row["name"]),
        columns.kind_of(row.get("kind", "")),
        row.get("parent"),
        columns.number_of(row.get("people", "")),
        columns.day_of(row["as_of"]) if row.get("as_of") else defaults.day,
        row.get("source") or defaults.source,
    )
    faults = [*_faults_of(wish), *_faults_of_cells(wish, row), *_faults_of_count(wish, row, today)]
    counted = wish if wish.people is not None else replace(wish, as_of=None, source="")
    return counted, faults


def _faults_of(wish: Wish) -> Iterable[Fault]:
    code: dict[str, str | int] = {"code": wish.code}
    checks: tuple[tuple[bool, Problem, dict[str, str | int]], ...] = (
        (not wish.code, Problem.NO_CODE, {}),
        (len(wish.code) > CODE_LENGTH, Problem.LONG_CODE, {"most": CODE_LENGTH}),
        (not wish.name, Problem.NO_NAME, code),
        (len(wish.name) > NAME_LENGTH, Problem.LONG_NAME, {**code, "most": NAME_LENGTH}),
    )
    return _found(wish.row, checks)


def _faults_of_cells(wish: Wish, row: Mapping[str, str]) -> Iterable[Fault]:
    """Something is typed, and cannot be read."""
    checks = tuple(
        (bool(row.get(name)) and value is None, problem, {"text": row.get(name, "")[:40]})
        for name, value, problem in (
            ("kind", wish.kind, Problem.UNKNOWN_KIND),
            ("people", wish.people, Problem.NO_NUMBER),
            ("as_of", wish.as_of, Problem.UNREADABLE_DAY),
        )
    )
    return _found(wish.row, checks)


def _faults_of_count(wish: Wish, row: Mapping[str, str], today: date) -> Iterable[Fault]:
    if wish.people is None:
        return []
    code: dict[str, str | int] = {"code": wish.code}
    ahead = wish.as_of is not None and wish.as_of > today
    # One that cannot be read has its sentence.
    missing = wish.as_of is None and not row.get("as_of")
    checks: tuple[tuple[bool, Problem, dict[str, str | int]], ...] = (
        (missing, Problem.NO_DAY, code),
        (ahead, Problem.DAY_AHEAD, {"text": str(wish.as_of)}),
        (not wish.source, Problem.NO_SOURCE, code),
        (len(wish.source) > SOURCE_LENGTH, Problem.LONG_SOURCE, {**code, "most": SOURCE_LENGTH}),
    )
    return _found(wish.row, checks)


def _found(
    row: int, checks: Iterable[tuple[bool, Problem, Mapping[str, str | int]]]
) -> list[Fault]:
    return [Fault(problem, row, dict(facts)) for wrong, problem, facts in checks if wrong]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed and could be meant otherwise, and the day or the number of people that it was read as."""

    typed: str
    day: date | None
    number: int | None


def readings(table: Table) -> list[Reading]:
    """Each way of writing once, where it is neither 2026-10-01 nor a number without marks."""
    found: dict[str, Reading] = {}
    for _number, cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        day, people = row.get("as_of", ""), row.get("people", "")
        read, number = columns.day_of(day), columns.number_of(people)
        if read and not day.startswith(read.isoformat()):
            found.setdefault(f"day {day}", Reading(day, read, None))
        if number is not None and people.lstrip("0") != str(number).lstrip("0"):
            found.setdefault(f"number {people}", Reading(people, None, number))
    return list(found.values())
