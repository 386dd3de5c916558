"""Reads the tables of a page as a machine does: what stands in `data` and `time`, else the text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from html.parser import HTMLParser

from organizing import csvfile

Attributes = list[tuple[str, str | None]]


@dataclass
class Cell:
    """One cell: what a person reads, what a machine reads, and its attributes."""

    attributes: dict[str, str]
    text: str = ""
    machine: str | None = None

    @property
    def value(self) -> str:
        """As a file should have it."""
        return self.machine if self.machine is not None else " ".join(self.text.split())


@dataclass
class Tables(HTMLParser):
    """The tables of one page by their names; the first row is that of the headings."""

    found: dict[str, list[list[Cell]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._rows: list[list[Cell]] | None = None
        self._cell: Cell | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begins a table, a row or a cell, or hears what a machine reads."""
        named = {name: value or "" for name, value in attrs}
        if tag == "table" and "data-table" in named:
            self._rows = self.found.setdefault(named["data-table"], [])
        elif self._rows is not None and tag == "tr":
            self._rows.append([])
        elif self._rows is not None and tag in {"td", "th"}:
            self._cell = Cell(named)
            self._rows[-1].append(self._cell)
        elif self._cell is not None and tag in {"data", "time"}:
            self._cell.machine = named["value" if tag == "data" else "datetime"]

    def handle_endtag(self, tag: str) -> None:
        """Ends a table or a cell."""
        if tag == "table":
            self._rows = None
        elif tag in {"td", "th"}:
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.text += data


def tables(html: str) -> dict[str, list[list[Cell]]]:
    """All tables of a page."""
    reader = Tables()
    reader.feed(html)
    return reader.found


def values(rows: list[list[Cell]]) -> list[list[str]]:
    """What a file should have, row by row."""
    return [[cell.value for cell in row] for row in rows]


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, which must begin with a byte order mark and end its lines as RFC 4180 says."""
    text = content.decode("utf-8")
    assert text.startswith(csvfile.BOM)
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text.removeprefix(csvfile.BOM), newline="")))
