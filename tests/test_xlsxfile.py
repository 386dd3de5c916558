"""A workbook says on which day it is, if at all, and never at which second somebody took it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from organizing import xlsxfile
from organizing.reports import files as report_files
from organizing.reports.tables import Cell, Column, Kind, Table
from organizing.units import files as unit_files

DAY = date(2026, 11, 24)


def of_units() -> bytes:
    return unit_files.write_xlsx(iter(unit_files.EXAMPLE))


def of_a_report() -> bytes:
    columns = (Column("Unit", Kind.NAME, "What it is called."),)
    table = Table("sites", "Sites", columns, ((Cell(Kind.NAME, "North"),),))
    return report_files.xlsx_of([table], [("Campaign", "A")], DAY)


@pytest.mark.parametrize("write", [of_units, of_a_report])
def test_no_part_of_a_file_has_the_time_of_the_download(write: Callable[[], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(write())) as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = b"".join(book.read(part) for part in book.infolist()).decode()
    moments = re.findall(r"\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)", text)
    assert moments
    assert set(moments) == {"00:00:00"}


def test_the_file_of_units_has_no_day_either() -> None:
    today = datetime.now(tz=UTC).date().isoformat().encode()
    with zipfile.ZipFile(io.BytesIO(of_units())) as book:
        assert [part for part in book.infolist() if today in book.read(part)] == []


def test_a_workbook_is_read_again_with_all_its_sheets() -> None:
    book = Workbook(write_only=True)
    for name in ("one", "two"):
        book.create_sheet(name).append([name, 1])
    again = load_workbook(io.BytesIO(xlsxfile.saved(book, DAY)))
    assert [sheet.title for sheet in again.worksheets] == ["one", "two"]
    assert again["two"]["A1"].value == "two"
    assert again.properties.modified == datetime(2026, 11, 24)  # noqa: DTZ001  # as the format has it


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert of_units() == of_units()
