"""docs/threat-model.md says of each column where support is tracked whether it lies in clear."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models

from tests.architecture import source

TRACKED = ("api", "oversight", "outreach", "tracking", "units")
# Named above the table, once for all.
EVERYWHERE = {"id", "campaign"}
_ROW = re.compile(r"^\| `(\w+)` \|(.*)\|(.*)\|(.*)\|$", re.MULTILINE)


def tracked() -> list[type[models.Model]]:
    """Every model of these capabilities."""
    return [
        model
        for model in apps.get_app_config("organizing").get_models()
        if model.__module__.split(".")[1] in TRACKED
    ]


def table() -> dict[str, tuple[set[str], set[str]]]:
    """For each row of the page, the columns that it calls clear and those that it calls sealed."""
    page = (source.ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    part = page.split("## What lies in clear, column by column", 1)[1].split("\n## ", 1)[0]
    return {
        name: (set(re.findall(r"`(\w+)`", clear)), set(re.findall(r"`(\w+)`", sealed)))
        for name, clear, sealed, _forgotten in _ROW.findall(part)
    }


def test_the_page_has_every_row_and_none_that_is_gone() -> None:
    assert set(table()) == {model.__name__ for model in tracked()}


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model.__name__)
def test_the_page_has_every_column(model: type[models.Model]) -> None:
    clear, sealed = table()[model.__name__]
    columns = {field.name for field in model._meta.fields} - EVERYWHERE
    assert clear | sealed == columns
    assert sealed == {name for name in columns if name.startswith("sealed")}


@pytest.mark.parametrize("model", tracked(), ids=lambda model: model.__name__)
def test_text_in_clear_is_a_name_of_a_unit_or_one_of_few_words(model: type[models.Model]) -> None:
    """What somebody types freely is sealed."""
    typed = {
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    of_the_site = {("TargetLine", "preset"), ("ReadLog", "report"), ("Mailing", "about")}
    named = {("Unit", "name"), ("Unit", "code")}
    assert {(model.__name__, name) for name in typed} <= of_the_site | named
