"""Somebody who writes with the keyboard alone: each step is done by Tab, Enter, Space and typing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from organizing.accounts.models import Role
from organizing.petitions.models import Petition, State
from tests.accounts.people import enter, member
from tests.drafting.cast import Table
from tests.drafting.post import POST
from tests.journeys.test_keyboard import Keyboard
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "is_mobile": False,
    "has_touch": False,
}
_STOPS = """() => [...document.querySelectorAll(
  "a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility() && !(one.type === "radio" && !one.checked)).length"""
# Out of the page, or at its first stop once more.
_IS_ROUND = (
    "() => document.activeElement === document.body || document.activeElement.matches('.skip')"
)


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def heron(browser: Browser, live_server: LiveServer, table: Table) -> Iterator[Visitor]:
    """An organizer without a mouse."""
    visitor = Visitor(browser, live_server.url, **DESK)
    session = enter(member(table.campaign, "Heron", Role.ORGANIZER)).cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}
    visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dict
    yield visitor
    try:
        visitor.look_through()
    finally:
        visitor.context.close()


class Hands(Keyboard):
    """At the pages of one draft."""

    def __init__(self, page: Page, table: Table) -> None:
        super().__init__(page)
        self.table = table

    def open(self, name: str, *rest: object) -> None:
        self.page.goto(reverse(f"drafting-{name}", args=[self.table.petition.id, *rest]))

    def send(self, selector: str, key: str = "Enter") -> None:
        """Presses a button that leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def tab_through(self) -> None:
        """From the top to the bottom and out of the page: nothing holds the focus, and nothing is left out."""
        stops = self.page.evaluate(_STOPS)
        self.page.locator(".skip").focus()
        seen = 1
        for _step in range(stops + 5):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_IS_ROUND):
                break
            seen += 1
        assert self.page.evaluate(_IS_ROUND), "something holds the focus"
        assert seen >= stops, f"{seen} of {stops} are reached in {self.page.url}"


def test_writing_erasing_and_reviewing_by_the_keyboard_alone(table: Table, heron: Visitor) -> None:
    page, hands = heron.page, Hands(heron.page, table)
    hands.open("start", "es")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    hands.reach('[name="post"]')
    page.keyboard.insert_text(POST)
    hands.send('[value="start"]')
    hands.tab_through()
    # The question: what mends it comes first, and can be left aside.
    hands.press('.notice a[href="#id_post"]')
    hands.open("start", "es")
    hands.reach('[name="post"]')
    page.keyboard.insert_text(POST)
    hands.send('[value="start"]')
    hands.send('.notice [value="anyway"]', "Space")
    assert table.head("es").number == 1
    write(table, hands)
    erase(table, hands)
    review(table, hands)


def write(table: Table, hands: Hands) -> None:
    """A version, by its button and by its shortcut."""
    page = hands.page
    hands.open("write", "en")
    hands.tab_through()
    hands.reach('[name="title"]')
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("Stop it")
    hands.send('[name="save"]')
    assert table.head().fields["title"] == "Stop it"
    hands.reach('[data-comment] [name="text"]')
    page.keyboard.insert_text("Stop what?")
    hands.send('[data-comment] [type="submit"]')
    expect(page.locator(".talk .said")).to_have_text("Stop what?")


def erase(table: Table, hands: Hands) -> None:
    """From the history to the question, and through it."""
    hands.open("history", "en")
    hands.tab_through()
    hands.send(f'a[href$="{reverse("drafting-erase", args=[table.petition.id, "en", 1])}"]')
    hands.tab_through()
    hands.send('main .actions [type="submit"]', "Space")
    expect(hands.page.locator(".versions strong")).to_have_count(1)


def review(table: Table, hands: Hands) -> None:
    """Rejected with a reason, then approved of."""
    hands.open("home")
    hands.tab_through()
    hands.send('[value="leave-out"]')
    hands.open("review")
    hands.tab_through()
    hands.press("main details > summary", "Space")
    hands.reach('[name="reason"]')
    hands.page.keyboard.insert_text("Too short")
    hands.send('[value="reject"]')
    expect(hands.page.locator(".opinions .said")).to_have_text("Too short")
    hands.send('[value="approve"]')
    assert Petition.objects.get(id=table.petition.id).state == State.APPROVED
