"""CSV and XLSX of tables, cell by cell as on the page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language_bidi
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from organizing import csvfile, xlsxfile
from organizing.reports.tables import Cell, Kind, Table

_FORMATS = {Kind.NUMBER: "#,##0", Kind.SHARE: "0%", Kind.DAY: "yyyy-mm-dd"}
# Points.
_LINE = 15
_WIDTHS = {Kind.NAME: 34, Kind.TEXT: 34, Kind.NUMBER: 18, Kind.SHARE: 14, Kind.DAY: 16}


def csv_of(table: Table) -> str:
    """UTF-8 with a byte order mark once encoded; no cell is a formula."""
    lines = [csvfile.line([column.heading for column in table.columns])]
    lines += [csvfile.line([_in_csv(cell) for cell in row]) for row in table.rows]
    return csvfile.BOM + "".join(lines)


def _in_csv(cell: Cell) -> str | int:
    # A number below nothing is no formula, and would be text with an apostrophe before it.
    bare = cell.kind is Kind.NUMBER and isinstance(cell.value, int)
    return cell.value if bare else cell.plain  # type: ignore[return-value]


def xlsx_of(tables: Sequence[Table], about: Sequence[tuple[str, str]], today: date) -> bytes:
    """A sheet for each table, and one that says what the columns mean. Carries a day, no time and no person."""
    book = Workbook(write_only=True)
    for table in tables:
        _add_table(book, table)
    _add_about(book, [*about, *_meanings(tables)])
    book.properties.creator = "Roundrobin"
    return xlsxfile.saved(book, today)


def _add_table(book: Workbook, table: Table) -> None:
    sheet = _sheet(book, table.name)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column.kind]
    widths = [_WIDTHS[column.kind] for column in table.columns]
    _make_room(sheet, 1, [column.heading for column in table.columns], widths)
    sheet.append([_heading(sheet, column.heading) for column in table.columns])
    for number, row in enumerate(table.rows, start=2):
        _make_room(sheet, number, [cell.plain for cell in row], widths)
        sheet.append([_filled(sheet, cell) for cell in row])


def _add_about(book: Workbook, lines: Iterable[tuple[str, str]]) -> None:
    sheet = _sheet(book, "about")
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 90
    for number, (heading, words) in enumerate(lines, start=1):
        _make_room(sheet, number, [heading, words], [34, 90])
        sheet.append([_heading(sheet, heading), _text(sheet, words)])


def _sheet(book: Workbook, name: str) -> Any:
    """An empty one, as wide as the paper when it is printed, and from the right where one writes so."""
    sheet = book.create_sheet(name)
    sheet.sheet_view.rightToLeft = get_language_bidi()
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    # As many pages as it is long.
    sheet.page_setup.fitToHeight = 0
    return sheet


def _make_room(sheet: Any, number: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """As many lines as the longest text may need: a row without a height of its own is printed with one."""
    # A fifth more than the letters: bold ones are wider, and lines break between words.
    lines = max(-(-len(t) * 6 // (5 * w)) for t, w in zip(texts, widths, strict=True))
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE * lines


def _meanings(tables: Iterable[Table]) -> Iterable[tuple[str, str]]:
    for table in tables:
        for column in table.columns:
            yield f"{table.name}: {column.heading}", column.meaning


def _filled(sheet: Any, cell: Cell) -> Any:
    if cell.value is None or isinstance(cell.value, str):
        return _text(sheet, cell.plain)
    value: Any = cell.value
    filled = WriteOnlyCell(sheet, value / 100 if cell.kind is Kind.SHARE else value)
    filled.number_format = _FORMATS[cell.kind]
    return filled


def _text(sheet: Any, words: str) -> Any:
    """Always text: what somebody named a unit is never calculated."""
    filled = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", words))
    filled.data_type = "s"
    filled.alignment = Alignment(wrap_text=True, vertical="top")
    return filled


def _heading(sheet: Any, words: str) -> Any:
    filled = _text(sheet, words)
    filled.font = Font(bold=True)
    return filled
