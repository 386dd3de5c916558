"""Files as Excel and others save them, and files that mean harm."""

from __future__ import annotations

import io
import random
import time
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from organizing.units import columns, files, tables
from organizing.units.problems import Faulty, Problem

TEXT = "code;name;people\nN;Größe;1.240\n"
EXPECTED = (("code", "name", "people"), (2, ("N", "Größe", "1.240")))


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problem_of(content: bytes) -> Problem:
    with pytest.raises(Faulty) as caught:
        tables.read(content)
    return caught.value.fault.problem


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.replace(";", "\t").encode("utf-16"),
        TEXT.replace(";", ",").encode(),
        ("sep=;\r\n" + TEXT).encode(),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16",
        "big-endian",
        "no-mark",
        "tabs",
        "commas",
        "sep",
        "ansi",
        "crlf",
    ],
)
def test_csv_is_read_however_a_spreadsheet_saved_it(content: bytes) -> None:
    table = tables.read(content)
    assert (table.columns, table.rows[0]) == EXPECTED
    assert table.guessed == (content == TEXT.encode("cp1252"))


def test_headings_are_found_in_spanish_and_arabic_and_below_a_title() -> None:
    spanish = tables.read("Plantilla\nCódigo;Nombre;Tipo\nN;Norte;sede\n".encode())
    assert spanish.columns == ("code", "name", "kind")
    assert spanish.rows == ((3, ("N", "Norte", "sede")),)
    assert tables.read("الرمز,الاسم,العدد\n1,شمال,٤٠\n".encode()).rows == (
        (2, ("1", "شمال", "٤٠")),
    )
    assert columns.number_of("٤٠") == 40


def test_a_workbook_gives_numbers_and_days_as_they_are() -> None:
    day = datetime(2026, 10, 1)  # noqa: DTZ001  # as openpyxl wants it
    content = workbook(["code", "name", "people", "as_of"], [101, " North  hall ", 240.0, day], [])
    assert tables.read(content).rows == ((2, ("101", "North hall", "240", "2026-10-01")),)


def test_a_second_sheet_is_looked_at_where_the_first_has_no_headings() -> None:
    book = Workbook()
    sheet = book.create_sheet("units")
    sheet.append(["code", "name"])
    sheet.append(["N", "North"])
    out = io.BytesIO()
    book.save(out)
    assert tables.read(out.getvalue()).rows == ((2, ("N", "North")),)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.240", 1240),
        ("1,240", 1240),
        ("1 240", 1240),
        ("0", 0),
        ("12.5", None),
        ("-3", None),
        ("about 40", None),
        ("99999999", None),
        ("1.2345", None),
    ],
)
def test_a_number_of_people_is_whole_or_refused(text: str, number: int | None) -> None:
    assert columns.number_of(text) == number


def test_a_fraction_of_a_spreadsheet_never_becomes_a_thousand() -> None:
    content = workbook(["code", "name", "people"], ["N", "North", 1.234])
    assert columns.number_of(tables.read(content).rows[0][1][2]) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        ("2026-11-30 00:00:00", date(2026, 11, 30)),
        ("11/30/2026", None),
        ("2026-02-30", None),
    ],
)
def test_a_day_is_written_so_that_nobody_reads_another(text: str, day: date | None) -> None:
    assert columns.day_of(text) == day


def test_what_cannot_be_read_is_refused_with_its_reason() -> None:
    assert problem_of(b"\xd0\xcf\x11\xe0" + bytes(512)) == Problem.OLD_EXCEL
    assert problem_of(b"PK\x03\x04 not really") == Problem.BROKEN
    assert problem_of(b"just words\nand more\n") == Problem.NO_HEADINGS
    assert problem_of(b"code,name\n") == Problem.EMPTY
    assert problem_of(b"code,name,code\na,b,c\n") == Problem.HEADING_TWICE
    assert problem_of(b'code,name\na,"b\n') == Problem.BROKEN
    assert problem_of(b"\x89PNG\r\n\x1a\n\0\0") == Problem.NOT_A_TABLE
    assert problem_of(b"x" * (tables.MOST_BYTES + 1)) == Problem.TOO_LARGE
    rows = "".join(f"{n},x\n" for n in range(tables.MOST_ROWS + 1))
    assert problem_of(f"code,name\n{rows}".encode()) == Problem.TOO_MANY_ROWS


@pytest.mark.parametrize(
    "content",
    [b"code,name\n" + b",;|\t" * 400_000, b",;|\t" * 400_000 + b"\ncode,name\nA,b\n"],
    ids=["below the headings", "above them"],
)
def test_a_row_of_delimiters_alone_is_refused_before_its_cells_are_looked_at(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def clean(text: str) -> str:
        looked_at.append(text)
        return ""

    monkeypatch.setattr(columns, "clean", clean)
    with pytest.raises(Faulty) as caught:
        tables.read(content)
    assert caught.value.fault.problem in (Problem.TOO_WIDE, Problem.NO_HEADINGS)
    assert len(looked_at) < 10 * tables.MOST_CELLS


def test_a_wide_row_is_refused_with_how_many_cells_it_may_have() -> None:
    wide = "A,b" + "," * tables.MOST_CELLS
    assert problem_of(f"code,name\n{wide}".encode()) == Problem.TOO_WIDE
    fitting = "A,b" + "," * (tables.MOST_CELLS - 2)
    assert len(tables.read(f"code,name\n{fitting}".encode()).rows) == 1


def test_one_long_text_in_every_cell_of_a_workbook_costs_no_more_than_a_file_can_hold() -> None:
    text = "x" * 30_000
    # As a workbook gives them whose shared text stands in every cell.
    rows = iter([["code", "name"], *([text, text] for _row in range(5_000))])
    with pytest.raises(Faulty) as caught:
        tables._table(rows, guessed=False)
    assert caught.value.fault.problem == Problem.TOO_LARGE
    (row,) = tables.read(workbook(["code", "name"], ["A", "x" * 30_000])).rows
    assert 80 < len(row[1][1]) < 1_000


def repacked(content: bytes, name: str, data: bytes) -> bytes:
    """A workbook with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part.filename, source.read(part))
        target.writestr(name, data)
    return out.getvalue()


GOOD = workbook(["code", "name"], ["N", "North"])


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(GOOD, "xl/media/image1.png", bytes(60_000_000))
    assert len(bomb) < 100_000
    assert problem_of(bomb) == Problem.TOO_LARGE


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    content = bytearray(repacked(GOOD, "xl/worksheets/sheet1.xml", bytes(5_000_000)))
    stated = (5_000_000).to_bytes(4, "little")
    assert content.count(stated) >= 1
    assert problem_of(bytes(content.replace(stated, (10).to_bytes(4, "little")))) == Problem.BROKEN


def test_a_part_with_a_password_is_refused() -> None:
    content = bytearray(GOOD)
    at = content.index(b"PK\x01\x02") + 8
    content[at] |= 1
    assert problem_of(bytes(content)) == Problem.BROKEN


@pytest.mark.parametrize(
    ("before", "encoding"),
    [("", "utf-8"), (f"<!--{'x' * 9000}-->", "utf-8"), ("", "utf-16"), ("", "cp037")],
)
def test_entities_are_refused_wherever_they_are_declared(before: str, encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?>{before}<!DOCTYPE a [<!ENTITY b "c">]>{sheet}'
    )
    content = repacked(GOOD, "xl/worksheets/sheet1.xml", bomb.encode(encoding))
    assert problem_of(content) == Problem.BROKEN


def test_a_comment_without_end_costs_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    long = b"<!--" + b"x" * 15_000_000 + b"-->" + sheet
    begun = time.process_time()
    assert problem_of(repacked(GOOD, "xl/worksheets/sheet1.xml", long)) == Problem.BROKEN
    # The parser would take a minute.
    assert time.process_time() - begun < 3


def test_a_cell_in_the_millionth_row_costs_nothing() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["code", "name"])
    sheet.append(["N", "North"])
    sheet["A1000000"] = "far"
    out = io.BytesIO()
    book.save(out)
    assert problem_of(out.getvalue()) == Problem.TOO_MANY_ROWS


def test_what_is_written_is_read_back_and_calculates_nothing() -> None:
    rows = [
        ("N", "=1+2", "site", "", 240, date(2026, 10, 1), "+council"),
        ("S", "S", "site", "", None, None, ""),
    ]
    for write in (files.write_csv, files.write_xlsx):
        table = tables.read(write(iter(rows)))
        assert table.rows[0][1] == ("N", "=1+2", "site", "", "240", "2026-10-01", "+council")
        assert table.rows[1][1] == ("S", "S", "site", "", "", "", "")
    sheet = load_workbook(io.BytesIO(files.write_xlsx(iter(rows)))).active
    assert sheet is not None
    assert sheet["B2"].data_type == "s"
    assert b"'=1+2" in files.write_csv(iter(rows))


def test_names_lose_what_cannot_be_seen_and_what_parts_a_path() -> None:
    assert columns.clean_name(" IT / Admin\u202e\n") == "IT/Admin"
    assert columns.clean("e\u0301") == "é"


def test_a_damaged_workbook_is_read_or_refused_and_nothing_else() -> None:
    draw = random.Random(11)
    for _round in range(150):
        content = bytearray(GOOD)
        for _change in range(draw.randint(1, 6)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        with suppress(Faulty):
            tables.read(bytes(content))
