"""LibreOffice, headless: opens files and saves them anew, and what stands in their cells then."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Filled

from tests.conftest import missing

Rows = list[list[str]]
# Commas, double quotes, UTF-8, from the first line.
CSV_FILTER = "Text - txt - csv (StarCalc):44,34,76,1"
# Seconds. Starting takes two to four of them, a file a tenth of one.
PATIENCE = 180.0


def saved_anew(files: Sequence[Path], folder: Path) -> list[Path]:
    """The same files as LibreOffice writes them, all as XLSX, in the order in which they came.

    It starts once for CSV and once for XLSX, both at the same time: how CSV is to be read goes for a whole start.
    """
    program = shutil.which("soffice")
    if program is None:
        missing("LibreOffice Calc (package libreoffice-calc)")
    kinds = {file.suffix for file in files}
    started = [
        _start(program, [file for file in files if file.suffix == kind], folder, kind)
        for kind in sorted(kinds)
    ]
    for process in started:
        _output, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
    return [_target(folder, file.suffix) / f"{file.stem}.xlsx" for file in files]


def _target(folder: Path, kind: str) -> Path:
    return folder / f"from {kind[1:]}"


def _start(program: str, files: Sequence[Path], folder: Path, kind: str) -> subprocess.Popen[bytes]:
    reading = [f"--infilter={CSV_FILTER}"] if kind == ".csv" else []
    profile = f"-env:UserInstallation={(folder / f'profile for {kind[1:]}').as_uri()}"
    quiet = ("--headless", "--norestore", "--nolockcheck")
    into = ("--convert-to", "xlsx", "--outdir", str(_target(folder, kind)))
    command = [program, profile, *quiet, *reading, *into, *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def sheets(path: Path) -> dict[str, Rows]:
    """Every sheet's cells, written as CSV has them."""
    book = load_workbook(path)
    return {sheet.title: [[_plain(cell) for cell in row] for row in sheet.rows] for sheet in book}


def only_sheet(path: Path) -> Rows:
    """The cells of what was one CSV file."""
    (rows,) = sheets(path).values()
    return rows


def _plain(cell: Any) -> str:
    assert isinstance(cell, Filled)
    assert cell.data_type != "f", f"{cell.coordinate} is a formula"
    value = cell.value
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{round(value * 100)}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
