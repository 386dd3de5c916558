"""Every page of tracking support is for everybody: in both directions of writing, light and dark, phone and desk."""

from __future__ import annotations

from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern, reverse
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from organizing.accounts.models import Role
from organizing.api import urls as api
from organizing.outreach import urls as outreach
from organizing.oversight import services
from organizing.oversight import urls as oversight
from organizing.reports import urls as reports
from organizing.safety.throttles import Throttle
from organizing.tracking import urls as tracking
from organizing.units import urls as units
from tests import factories
from tests.accounts.people import enter, member
from tests.browser.tracking_gallery import Gallery, hang
from tests.browser.window import Window
from tests.settings import REAL

LANGUAGES = ("en", "ar")
# What a browser shows does not depend on the database: the run on the other one leaves it out.
on_one_database = pytest.mark.browser if REAL else pytest.mark.django_db
# Addresses that answer with a file.
FILES = {"units-file", "units-example"}
PATTERNS: list[URLPattern] = [
    one for each in (units, tracking, reports, oversight, outreach, api) for one in each.urlpatterns
]


def only_takes_forms(pattern: URLPattern) -> bool:
    """Whether there is no page to open: `require_POST` keeps its methods in a closure."""
    cells = getattr(pattern.callback, "__closure__", None) or ()
    return ["POST"] in [cell.cell_contents for cell in cells]


@pytest.fixture(scope="module")
def galleries(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> dict[str, Gallery]:
    """All pages in both languages, asked for once; nothing of it stays in the database."""
    # Asked for by name in `request`: as an argument it would mark these tests as those of every database.
    request.getfixturevalue("django_db_setup")
    patient = mock.patch.object(services, "HOURLY", Throttle(f"report {uuid4()}", 10_000))
    found = {}
    for language in LANGUAGES:
        with django_db_blocker.unblock(), patient, transaction.atomic():
            found[language] = hang(language)
            transaction.set_rollback(True)
    return found


@pytest.mark.browser
@on_one_database
@pytest.mark.parametrize(
    ("language", "wide"), [("en", False), ("ar", True)], ids=["on a phone", "at a desk"]
)
def test_every_page_of_tracking_support_is_for_everybody(
    browser: Browser, galleries: dict[str, Gallery], language: str, wide: bool
) -> None:
    window, walked = Window(browser, language=language, wide=wide), set[str]()
    for shown in galleries[language].pages:
        window.show(shown.html)
        # Every state of a page by axe-core in one language; in the other one state, and that by keyboard too.
        first = shown.name not in walked
        window.look(f"{shown.name} {shown.case}", closely=first or not wide)
        if wide and first:
            window.go_through(f"{shown.name} {shown.case}")
        walked.add(shown.name)
    assert not window.problems
    window.context.close()


@on_one_database
def test_every_address_of_tracking_support_has_its_page_among_them(
    galleries: dict[str, Gallery],
) -> None:
    pages = {str(one.name) for one in PATTERNS if not only_takes_forms(one)} - FILES
    for gallery in galleries.values():
        assert pages - gallery.asked == set()


@pytest.mark.django_db
def test_an_address_that_has_no_page_takes_forms_alone() -> None:
    client = enter(member(factories.campaign(), "Heron", Role.ORGANIZER))
    known = {"file_format": "csv", "membership_id": 1}
    for pattern in PATTERNS:
        names = pattern.pattern.regex.groupindex
        url = reverse(str(pattern.name), kwargs={n: known.get(n, UUID(int=0)) for n in names})
        assert (client.get(url).status_code == 405) == only_takes_forms(pattern), pattern.name
