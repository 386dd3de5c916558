"""A workbook on paper: no table is cut between columns, and every page has its headings."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.reports.conftest import Desk


def book_in(desk: Desk, language: str) -> Any:
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = desk.get("act", {"as": "xlsx"})
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def test_every_sheet_is_as_wide_as_the_paper_and_as_long_as_it_is(desk: Desk) -> None:
    for sheet in book_in(desk, "en"):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        setup = sheet.page_setup
        assert (int(setup.fitToWidth), int(setup.fitToHeight)) == (1, 0), sheet.title


def test_a_table_lies_on_its_side_and_repeats_its_headings(desk: Desk) -> None:
    *tables, about = book_in(desk, "en")
    assert [sheet.title for sheet in tables] == ["figures", "lines", "weeks", "stalls"]
    for sheet in tables:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
    assert about.print_title_rows is None


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ar", True)])
def test_a_sheet_begins_where_one_begins_to_read(desk: Desk, language: str, mirrored: bool) -> None:
    for sheet in book_in(desk, language):
        assert bool(sheet.sheet_view.rightToLeft) is mirrored, sheet.title


def test_a_row_is_as_tall_as_its_longest_text(desk: Desk) -> None:
    book = book_in(desk, "en")
    for row in range(1, book["about"].max_row + 1):
        words, height = book["about"].cell(row, 2).value, book["about"].row_dimensions[row].height
        assert (height or 15) * 90 >= len(words) * 15, words
    # Eighteen wide.
    assert book["figures"]["B1"].value == "Signers, at least"
    assert book["figures"].row_dimensions[1].height == 30
