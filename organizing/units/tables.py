"""A CSV or XLSX file as rows of text. Never trusts a size that the file states without holding it to it."""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from organizing.units import columns, packed
from organizing.units.problems import Faulty, Problem

MOST_BYTES = 2_000_000
MOST_ROWS = 10_000
_MOST_COLUMNS = 40
MOST_CELLS = 1_000
# Far more than any of our columns may hold: what is longer stays too long.
_LONGEST_CELL = 250
# One text of a workbook can stand in every cell.
_MOST_LETTERS = MOST_BYTES
_SEARCHED_FOR_HEADINGS = 10
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What zipfile, zlib, the XML parser and openpyxl meet in a workbook that no spreadsheet wrote.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, InvalidFileException),
    *(SyntaxError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
)
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are names of `columns.COLUMNS`; `rows` have a number, as a spreadsheet shows it, and a cell for
    each column. `guessed`: the file did not say how its letters are written.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    guessed: bool = False


def read(content: bytes) -> Table:
    """The table of a file. Raises Faulty."""
    if len(content) > MOST_BYTES:
        raise Faulty(Problem.TOO_LARGE)
    if content.startswith(_OLD_EXCEL):
        raise Faulty(Problem.OLD_EXCEL)
    if content.startswith(_ZIP):
        return _read_xlsx(content)
    text, guessed = _decoded(content)
    return _table(_csv_rows(text), guessed)


def _decoded(content: bytes) -> tuple[str, bool]:
    """UTF-8 or UTF-16, as Excel saves them; else what Excel in Western Europe and the Americas writes."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), False
        if content[1:2] == b"\0":
            return content.decode("utf-16-le"), False
    except UnicodeDecodeError as error:
        raise Faulty(Problem.BROKEN) from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding == "cp1252"
        except UnicodeDecodeError:
            continue
    raise Faulty(Problem.NOT_A_TABLE)


def _csv_rows(text: str) -> Iterator[list[str]]:
    if "\0" in text:
        raise Faulty(Problem.NOT_A_TABLE)
    first, _end, rest = text.partition("\n")
    named = first.strip().strip('"')
    if named.startswith("sep=") and len(named) == len("sep=") + 1:
        return _records(rest, named[-1])
    return _records(text, _delimiter(text))


def _delimiter(text: str) -> str:
    """The one by which most headings are found."""

    def found(delimiter: str) -> int:
        rows = islice(_records(text, delimiter), _SEARCHED_FOR_HEADINGS)
        try:
            return max((len(set(columns.named(row)) - {""}) for row in rows), default=0)
        except Faulty:
            return 0

    return max(_DELIMITERS, key=found)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > MOST_CELLS:
                raise Faulty(Problem.TOO_WIDE, most=MOST_CELLS)
            yield row
    except csv.Error as error:
        raise Faulty(Problem.BROKEN) from error


def _read_xlsx(content: bytes) -> Table:
    try:
        packed.check(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [_sheet_rows(sheet) for sheet in book.worksheets[:5]]
        return _first_table(sheets)
    except _DAMAGE as error:
        raise Faulty(Problem.BROKEN) from error


def _sheet_rows(sheet: Any) -> Iterator[list[str]]:
    # A cell far down would make openpyxl count a million empty rows.
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True)
    return ([_text(value) for value in row] for row in rows)


def _first_table(sheets: Iterable[Iterator[list[str]]]) -> Table:
    """The first sheet that has headings. Raises Faulty for none."""
    for rows in sheets:
        try:
            return _table(rows, guessed=False)
        except Faulty as error:
            if error.fault.problem != Problem.NO_HEADINGS:
                raise
    raise Faulty(Problem.NO_HEADINGS)


def _text(value: Any) -> str:
    """A cell as somebody would type it. 1.234 people stay a broken number, and do not become a thousand."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value!r}0"
    return str(value)


def _table(rows: Iterator[list[str]], guessed: bool) -> Table:
    numbered = enumerate(rows, 1)
    found = _headings(numbered)
    places = [place for place, name in enumerate(found) if name]
    names = tuple(found[place] for place in places)
    kept, letters = [], 0
    for number, row in numbered:
        if number > MOST_ROWS:
            raise Faulty(Problem.TOO_MANY_ROWS, most=MOST_ROWS)
        raw = [row[at][:_LONGEST_CELL] if at < len(row) else "" for at in places]
        letters += sum(map(len, raw))
        if letters > _MOST_LETTERS:
            raise Faulty(Problem.TOO_LARGE)
        cells = tuple(map(columns.clean, raw))
        if any(cells):
            kept.append((number, cells))
    if not kept:
        raise Faulty(Problem.EMPTY)
    return Table(names, tuple(kept), guessed)


def _headings(numbered: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The first row that names both code and name. Raises Faulty."""
    for _number, row in islice(numbered, _SEARCHED_FOR_HEADINGS):
        names = columns.named(row)
        if {"code", "name"} <= set(names):
            twice = next((n for n in columns.COLUMNS if names.count(n) > 1), "")
            if twice:
                raise Faulty(Problem.HEADING_TWICE, heading=twice)
            return names
    raise Faulty(Problem.NO_HEADINGS)
