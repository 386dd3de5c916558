"""The tree as a file, and an empty one to begin with: CSV and XLSX with the columns that are read back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from organizing import csvfile, xlsxfile
from organizing.units import planning
from organizing.units.columns import COLUMNS
from organizing.units.trees import UnitTree

Row = Sequence[str | int | date | None]
# Made up, and meant to be overwritten.
EXAMPLE: tuple[Row, ...] = (
    ("N", "North", "site", "", 240, date(2026, 10, 1), "works council, October"),
    ("N-W", "Warehouse", "department", "N", 130, date(2026, 10, 1), "works council, October"),
    ("N-W-2", "Night", "shift", "N-W", 40, date(2026, 10, 1), "works council, October"),
)


def rows_of(tree: UnitTree) -> Iterator[Row]:
    """A row for each unit, in preorder; a sum is not a head-count, and stays empty."""
    for node in tree.nodes:
        own = node.people is not None and not node.summed
        yield (
            node.code,
            node.name,
            node.kind,
            planning.parent_code(tree, node),
            node.people if own else None,
            node.people_as_of if own else None,
            node.people_source if own else "",
        )


def write_csv(rows: Iterator[Row]) -> bytes:
    """UTF-8 with a byte order mark; no cell is a formula."""
    lines = [
        csvfile.line(COLUMNS),
        *(csvfile.line([_text(value) for value in row]) for row in rows),
    ]
    return (csvfile.BOM + "".join(lines)).encode()


def _text(value: str | int | date | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def write_xlsx(rows: Iterator[Row]) -> bytes:
    """One sheet. Text stays text, whatever it begins with; numbers and days are numbers and days."""
    book = Workbook(write_only=True)
    # openpyxl would write itself as the author.
    book.properties.creator = ""
    sheet = book.create_sheet("units")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    return xlsxfile.saved(book)


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.number_format = "@"
    return cell
