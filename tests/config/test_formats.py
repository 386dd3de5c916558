"""What Django leaves open for Arabic: commas in lists, and between a day and an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from organizing.reports import wording
from tests.reports import samples

LATIN, ARABIC = ",", "،"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nov. 24, 2026, 6:30 p.m."),
        ("es", "24 de noviembre de 2026 a las 18:30"),
        ("ar", "24 نوفمبر، 2026، 18:30"),
    ],
)
def test_a_day_and_an_hour_stand_apart(language: str, said: str) -> None:
    with translation.override(language):
        assert date_format(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "DATETIME_FORMAT") == said


@pytest.mark.parametrize(("language", "comma"), [("en", LATIN), ("es", LATIN), ("ar", ARABIC)])
def test_parts_of_a_list_are_parted_as_the_language_does(language: str, comma: str) -> None:
    counted = {"people": 410, "as_of": date(2026, 10, 1), "summed": False}
    site = samples.figure(0, samples.SITES[0])
    with translation.override(language):
        lists = [
            render_to_string("units/people.html", counted),
            render_to_string("drafting/asked.html", {"units_asked": ["North", "South"]}),
            wording.told(site, samples.K),
        ]
    for said in lists:
        assert f"{comma} " in said
        assert comma == LATIN or f"{LATIN} " not in said
