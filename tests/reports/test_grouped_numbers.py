"""Long numbers are written in groups in every language, for people alone: machines read them as they are."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import formats, translation

from tests.reports.conftest import Desk
from tests.reports.reading_pages import csv_rows, tables

MARKS = {"en": ",", "es": "\xa0", "ar": ","}
VIEWS = ("", "act", "sites", "rings", "weeks", "stalls", "unit")
# What is read out, or shown over a picture.
_SAID = {"aria-label", "title", "content", "alt"}
_GROUPED = re.compile(r"\d[,.\xa0٬]\d{3}(?!\d)")


class Read(HTMLParser):
    """Apart: what a person reads, and what only machines do."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.machine: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            (self.words if name in _SAID else self.machine).append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Read:
    found = Read()
    found.feed(html)
    return found


@pytest.fixture(params=sorted(MARKS))
def language(request: pytest.FixtureRequest, desk: Desk) -> str:
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = request.param
    return str(request.param)


def test_a_long_number_stands_in_groups_and_a_year_does_not(language: str) -> None:
    mark = MARKS[language]
    page = Template("{% load humanize %}{{ number|intcomma }} {{ number }} {{ year }} {{ share }}")
    with translation.override(language):
        said = page.render(Context({"number": 1234567, "year": 2026, "share": 0.5}))
        day = formats.date_format(date(2026, 11, 24))
    point = "," if language == "es" else "."
    assert said == f"1{mark}234{mark}567 1234567 2026 0{point}5"
    assert "2026" in day


def test_every_page_says_the_head_count_in_groups(desk: Desk, language: str) -> None:
    mark = MARKS[language]
    words = " ".join(read(desk.page("act")).words)
    assert f"4{mark}100" in words
    assert f"1{mark}042" in words
    assert not re.search(r"\b(4100|1042)\b", words)


@pytest.mark.parametrize("view", VIEWS)
def test_no_machine_reads_a_group_and_no_year_is_cut(desk: Desk, language: str, view: str) -> None:
    found = read(desk.page(view))
    assert [value for value in found.machine if _GROUPED.search(value)] == []
    assert not re.search(rf"\b2{MARKS[language]}026\b", " ".join(found.words))


@pytest.mark.parametrize("table", ["figures", "weeks"])
def test_a_file_has_the_same_numbers_in_every_language(desk: Desk, table: str) -> None:
    def numbers(language: str) -> list[list[str]]:
        desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        answer = desk.get("act", {"as": "csv", "table": table})
        rows = csv_rows(bytes(answer.content))[1:]
        return [[cell for cell in row if re.fullmatch(r"-?[\d.,\xa0-]+%?", cell)] for row in rows]

    assert numbers("en") == numbers("es") == numbers("ar")
    assert not any(_GROUPED.search(cell) for row in numbers("ar") for cell in row)


def test_what_stands_for_machines_in_a_cell_is_the_same(desk: Desk) -> None:
    def machine(language: str) -> list[str | None]:
        desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        return [cell.machine for row in tables(desk.page("act"))["figures"] for cell in row]

    assert machine("en") == machine("es") == machine("ar")
    assert "4100" in machine("ar")
