"""CSV and XLSX are the page, cell by cell, and nothing in them is calculated."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from organizing import csvfile
from organizing.reports import files
from organizing.reports.tables import Cell, Column, Kind, Table
from tests.reports import samples
from tests.reports.conftest import Desk
from tests.reports.office import Rows, only_sheet, saved_anew, sheets
from tests.reports.reading_pages import csv_rows, tables, values
from tests.reports.samples import Site

TABLES = (
    ("", "acts"),
    *(("act", name) for name in ("figures", "lines", "weeks", "stalls")),
    *(("unit", name) for name in ("figures", "lines", "weeks", "acts")),
    *(("sites", "figures"), ("rings", "figures"), ("stalls", "stalls")),
)
HOSTILE = '=HYPERLINK("http://x")'
# What a spreadsheet could take for something else, or for another alphabet.
NAMES = (
    HOSTILE,
    "+49 30",
    "@hall",
    'Gate "B", south',
    "مستودع الميناء الشمالي",
    "Ämter – 06–14",
    "'quoted'",
)


def file_of(desk: Desk, view: str, kind: str, table: str = "") -> bytes:
    answer = desk.get(view, {"as": kind, "table": table})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store"
    return bytes(answer.content)


def saved(desk: Desk, view: str, kind: str, table: str, folder: Path) -> Path:
    """A file as somebody saves it, under a name that tells which it is."""
    path = folder / f"{folder.name}-{view or 'all'}-{table or 'book'}.{kind}"
    path.write_bytes(file_of(desk, view, kind, table))
    return path


def safe(rows: list[list[str]]) -> list[list[str]]:
    """As CSV has them: what would be a formula has an apostrophe before it."""
    lines = "".join(csvfile.line([_number(cell) for cell in row]) for row in rows)
    return csv_rows((csvfile.BOM + lines).encode())


def _number(cell: str) -> str | int:
    return int(cell) if cell.removeprefix("-").isdecimal() else cell


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """With units whose names a spreadsheet would calculate, or could spoil."""
    odd = [
        Site(name, 1_000 + place, [(0, 2, 31)], [(1, 3, 12)]) for place, name in enumerate(NAMES)
    ]
    sites = (*samples.SITES[:3], *odd, samples.SITES[4])
    desk.found = replace(samples.act(sites), act_id=desk.act.id, total=samples.total())
    return desk


@pytest.mark.parametrize(("view", "table"), TABLES)
def test_a_file_is_the_table_of_the_page_cell_by_cell(
    hostile: Desk, view: str, table: str, tmp_path: Path
) -> None:
    shown = values(tables(hostile.page(view))[table])
    assert csv_rows(file_of(hostile, view, "csv", table)) == safe(shown)
    book = tmp_path / "book.xlsx"
    book.write_bytes(file_of(hostile, view, "xlsx"))
    assert sheets(book)[table] == shown


def test_the_heat_table_and_its_file_have_the_same_cells(hostile: Desk) -> None:
    rows = tables(hostile.page("weeks"))["heat"][1:]
    names = [row[0].value for row in rows]
    heat = [
        [cell.attributes["data-first"], cell.attributes["data-last"], cell.value]
        for row in rows
        for cell in row[1:]
    ]
    found = csv_rows(file_of(hostile, "weeks", "csv", "weeks"))[1:]
    assert [[row[1], row[2], row[4]] for row in found] == heat
    assert f"{HOSTILE}: on paper" in names


def test_a_page_of_parts_gives_a_file_of_parts(desk: Desk) -> None:
    desk.found = replace(samples.tree(3), act_id=desk.act.id)
    query = {"in": str(samples.identity(1)), "as": "csv", "table": "figures"}
    found = csv_rows(desk.get("sites", query).content)
    assert [row[0] for row in found[1:]] == [f"Site 1, part {number}" for number in range(3)]


def test_a_table_that_is_not_on_the_page_is_in_no_file(desk: Desk) -> None:
    assert desk.get("sites", {"as": "csv", "table": "lines"}).status_code == 404
    assert desk.get("sites", {"as": "csv"}).status_code == 404


def test_a_number_below_nothing_stays_a_number() -> None:
    column = Column("New", Kind.NUMBER, "")
    table = Table("t", "T", (column,), ((Cell(Kind.NUMBER, -14),), (Cell(Kind.NAME, "-14"),)))
    assert csv_rows(files.csv_of(table).encode()) == [["New"], ["-14"], ["'-14"]]


def test_the_book_says_what_it_is_and_carries_a_day_and_no_person(desk: Desk) -> None:
    content = file_of(desk, "sites", "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        core = parts.read("docProps/core.xml").decode()
        everything = "".join(parts.read(name).decode() for name in parts.namelist())
    assert "2026-11-24T00:00:00Z" in core
    assert "Heron" not in everything
    assert "<f>" not in everything


def test_every_column_is_explained_in_the_book(desk: Desk, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(file_of(desk, "unit", "xlsx"))
    found = sheets(book)
    about = dict(found.pop("about"))
    assert about["Report"] == "Harbour"
    assert "No number under 10 is shown" in about["The rule"]
    for name, rows in found.items():
        for heading in rows[0]:
            assert about[f"{name}: {heading}"]


@pytest.mark.parametrize(("view", "table"), [("act", "stalls"), ("act", "figures")])
def test_what_is_said_of_another_column_names_it(
    desk: Desk, view: str, table: str, tmp_path: Path
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(file_of(desk, view, "xlsx"))
    found = sheets(book)
    meaning = dict(found["about"])[f"{table}: Signers, at least"]
    named = re.findall("“(.+?)”", meaning)
    assert named == ["As of"]
    assert set(named) <= set(found[table][0])


def as_shown(desk: Desk, folder: Path) -> Iterator[tuple[Path, dict[str, Rows]]]:
    """Every file of every view in one language, and what must stand in it."""
    for view in dict.fromkeys(view for view, _table in TABLES):
        shown = {name: values(rows) for name, rows in tables(desk.page(view)).items()}
        yield saved(desk, view, "xlsx", "", folder), shown
        for name, rows in shown.items():
            yield saved(desk, view, "csv", name, folder), {name: safe(rows)}
    # The page has the same as a heat table.
    book = saved(desk, "weeks", "xlsx", "", folder)
    rows = sheets(book)["weeks"]
    yield book, {"weeks": rows}
    yield saved(desk, "weeks", "csv", "weeks", folder), {"weeks": safe(rows)}


def test_libreoffice_shows_in_every_cell_of_every_file_what_the_page_shows(
    hostile: Desk, tmp_path: Path
) -> None:
    expected: list[tuple[Path, dict[str, Rows]]] = []
    for language in ("en", "ar"):
        hostile.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        (folder := tmp_path / language).mkdir()
        expected += as_shown(hostile, folder)
    assert len({file.name for file, _shown in expected}) == len(expected)
    opened = saved_anew([file for file, _shown in expected], tmp_path)
    for (file, shown), found in zip(expected, opened, strict=True):
        for name, rows in shown.items():
            again = only_sheet(found) if file.suffix == ".csv" else sheets(found)[name]
            assert again == rows, file.name


@pytest.mark.parametrize(
    ("view", "kind", "table", "name"),
    [
        ("act", "csv", "figures", "support-total-figures-2026-11-22.csv"),
        ("act", "csv", "weeks", "support-total-weeks-2026-11-22.csv"),
        ("stalls", "csv", "stalls", "support-stalls-2026-11-22.csv"),
        ("rings", "xlsx", "", "support-rings-2026-11-22.xlsx"),
        ("unit", "xlsx", "", "support-unit-2026-11-22.xlsx"),
    ],
)
def test_a_files_name_tells_view_and_day_and_nothing_of_the_campaign(
    desk: Desk, view: str, kind: str, table: str, name: str
) -> None:
    answer = desk.get(view, {"as": kind, "table": table})
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
