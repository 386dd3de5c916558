"""What is pasted in a browser, by the browser's own paste: without the characters that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from organizing.accounts.models import Role
from tests.accounts.people import enter, member
from tests.drafting.cast import Table
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "is_mobile": False,
    "has_touch": False,
}
MARKED = "We are wa\u200btched\u2064 at\u00a0work. \U000e0041"
PLAIN = "We are watched at work. "
SAID = "Characters that nobody sees were taken out"


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def wren(browser: Browser, live_server: LiveServer, table: Table) -> Iterator[Visitor]:
    """A drafter whose browser may read and write the clipboard."""
    visitor = Visitor(browser, live_server.url, **DESK)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    session = enter(member(table.campaign, "Wren", Role.DRAFTER)).cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dict
    yield visitor
    try:
        visitor.look_through()
    finally:
        visitor.context.close()


def open_ready(page: Page, address: str) -> None:
    """The rules are there before anything is pasted."""
    with page.expect_response("**/flag_rules*.json"):
        page.goto(address)
    page.wait_for_load_state("networkidle")


def paste(page: Page, selector: str, text: str) -> None:
    """As a person does it: copied elsewhere, then Ctrl+V in the field."""
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.focus(selector)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")


def test_a_paste_into_the_text_and_into_a_comment_loses_what_nobody_sees(
    table: Table, wren: Visitor
) -> None:
    page = wren.page
    open_ready(page, reverse("drafting-write", args=[table.petition.id, "en"]))
    paste(page, '[name="body"]', MARKED)
    expect(page.locator('[name="body"]')).to_have_value(PLAIN)
    expect(page.locator("[data-flags]")).to_contain_text(SAID)
    page.keyboard.press("Control+z")
    expect(page.locator('[name="body"]')).to_have_value("A **body**.")
    comment = '[data-comment] [name="text"]'
    paste(page, comment, MARKED)
    expect(page.locator(comment)).to_have_value(PLAIN)
    expect(page.locator(".talk [data-stripped]")).to_contain_text(SAID)
    open_ready(page, reverse("drafting-read", args=[table.petition.id, "en"]))
    paste(page, comment, MARKED)
    expect(page.locator(comment)).to_have_value(PLAIN)
    # An ordinary paste is left to the browser.
    paste(page, comment, "Nothing hidden.")
    expect(page.locator(comment)).to_have_value("Nothing hidden.")
