"""Every page of accounts and workspace, looked at by axe-core in both directions of writing, light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.authenticator import digits
from tests.journeys.conftest import Visit
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor

PASSWORD = "seven brass umbrellas"
FORM = "main form"
# Those of tracking support are looked at in tests/browser/test_tracking_pages.py.
CAMPAIGN_PAGES = ("", "settings/", "members/")
PETITION_PAGES = {
    "draft": (
        "",
        "preview/ar/",
        "proofs/",
        "key/",
        "approve/",
        "units/",
    ),
    "approved": ("", "freeze/", "send-back/"),
    "frozen": ("",),
    "open": ("", "codes/", "counts/", "export/"),
}
ACCOUNT_PAGES = ("2fa/", "password/change/", "email/", "2fa/recovery-codes/", "protect/")
ENTRANCES = ("signup/", "password/reset/", "login/")


def sign_in(visitor: Visitor, pseudonym: str, secret: str) -> None:
    """Whatever language the buttons speak."""
    page = visitor.page
    page.fill('[name="login"]', pseudonym)
    visitor.type('[name="password"]', PASSWORD)
    visitor.submit(f'{FORM}[action*="login"] [type="submit"]')
    visitor.look("second factor")
    page.fill('[name="code"]', digits(secret))
    visitor.submit(f'{FORM}:has([name="code"]) [type="submit"]')


def addresses(about: dict[str, Any]) -> list[str]:
    """Every page behind the door that can be opened by its address."""
    campaign = f"/workspace/c/{about['campaign']}/"
    found = ["/workspace/", "/workspace/new/", *(campaign + page for page in CAMPAIGN_PAGES)]
    for state, pages in PETITION_PAGES.items():
        petition = f"/workspace/petition/{about['petitions'][state]}/"
        found += [petition + page for page in pages]
    return found + [f"/accounts/{page}" for page in ACCOUNT_PAGES]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_every_page_of_the_workspace(
    embedded: Stack, visit: Visit, language: str, direction: str
) -> None:
    pseudonym = f"walker in {language}"
    about = embedded.ask("enrol", pseudonym=pseudonym, password=PASSWORD)
    visitor = visit(embedded, locale=language)
    for entrance in ENTRANCES:
        visitor.page.goto(f"/accounts/{entrance}")
        visitor.look(entrance)
    expect(visitor.page.locator("html")).to_have_attribute("dir", direction)
    sign_in(visitor, pseudonym, about["secret"])
    for address in addresses(about):
        answer = visitor.page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        visitor.look(address)
    look_at_answers(visitor, about)


def look_at_answers(visitor: Visitor, about: dict[str, Any]) -> None:
    """Pages that only a form leads to: what went wrong, and the sheet of slips."""
    page = visitor.page
    draft = f"/workspace/petition/{about['petitions']['draft']}/"
    page.goto(f"{draft}text/en/")
    visitor.look("the writer's page")
    page.fill('[name="demands"]', "\n".join(f"Demand {number}" for number in range(13)))
    visitor.submit(f'{FORM} [name="save"]')
    visitor.look("too many demands")
    page.goto(f"/workspace/petition/{about['petitions']['open']}/codes/")
    page.fill('[name="label"]', "canteen")
    page.fill('[name="size"]', "5")
    visitor.submit(f'{FORM} [type="submit"]')
    expect(page.locator(".slip")).to_have_count(5)
    visitor.look("sheet of slips")
    page.goto("/workspace/join/nothing/")
    visitor.look("invitation that does not hold")
