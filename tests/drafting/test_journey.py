"""The writer's page in a browser. The whole evening is in tests/journeys/test_drafting_to_close.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from organizing.accounts.models import Campaign, Role
from tests import factories
from tests.accounts.people import Person, enter, member
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DESK = {"viewport": {"width": 1280, "height": 900}}

Arrive = Callable[..., Visitor]


@pytest.fixture
def campaign() -> Campaign:
    return factories.campaign(factories.Wanted(mailbox=False, units=False))


@pytest.fixture
def arrive(browser: Browser, live_server: LiveServer) -> Iterator[Arrive]:
    """Somebody with a browser of their own, signed in or not; at the end everything is looked through."""
    here: list[Visitor] = []

    def come(person: Person | None = None, **options: Any) -> Visitor:
        visitor = Visitor(browser, live_server.url, **options)
        if person:
            session = enter(person).cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url}
            visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dict
        here.append(visitor)
        return visitor

    yield come
    try:
        for visitor in here:
            assert not visitor.problems, visitor.problems
            visitor.look_through()
    finally:
        for visitor in here:
            visitor.context.close()


def press(visitor: Visitor, name: str) -> None:
    """Sends a form by its button. How each page looks is seen to in tests/browser."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=name, exact=True).click()


def open_page(visitor: Visitor, name: str, *rest: object) -> None:
    visitor.page.goto(reverse(f"drafting-{name}", args=rest))


def test_typing_survives_a_closed_tab_and_leaves_nothing_in_the_browser(
    campaign: Campaign, arrive: Arrive
) -> None:
    petition = factories.draft(factories.Wanted(mailbox=False, units=False), campaign)
    heron = arrive(member(campaign, "Heron", Role.ORGANIZER))
    desk = reverse("drafting-write", args=[petition.id, "en"])
    heron.page.goto(desk)
    heron.page.locator('[name="body"]').press_sequentially(" And this is new.")
    expect(heron.page.locator("[data-state]")).to_have_text(re.compile("Kept for you alone"))
    stored = heron.page.evaluate("() => [localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]
    heron.reopen(desk)
    assert "And this is new." in heron.page.input_value('[name="body"]')
    expect(heron.page.get_by_text("You typed this and have not saved it.")).to_be_visible()
    press(heron, "Throw it away, and take the saved text")
    assert "And this is new." not in heron.page.input_value('[name="body"]')


def test_two_tabs_of_one_person_keep_both(campaign: Campaign, arrive: Arrive) -> None:
    petition = factories.draft(factories.Wanted(mailbox=False, units=False), campaign)
    heron = arrive(member(campaign, "Heron", Role.ORGANIZER))
    desk = reverse("drafting-write", args=[petition.id, "en"])
    tabs = [heron.page, heron.context.new_page()]
    for tab in tabs:
        tab.goto(desk)
    for tab, words in zip(tabs, (" Said in one tab.", " Said in another."), strict=True):
        tab.locator('[name="body"]').press_sequentially(words)
        expect(tab.locator("[data-state]")).to_have_text(re.compile("Kept for you alone"))
    for tab in tabs:
        tab.close(run_before_unload=False)
    heron.page = heron.context.new_page()
    open_page(heron, "write", petition.id, "en")
    other = heron.page.locator("[data-other]")
    kept = heron.page.input_value('[name="body"]') + other.inner_text()
    assert "Said in one tab." in kept
    assert "Said in another." in kept
    press(heron, "Save")
    with heron.page.expect_navigation():
        heron.page.get_by_role("link", name="Open what I typed there").click()
    press(heron, "Save")
    # Both changed the end of one sentence: a person says what stays.
    press(heron, "Put them together")
    body = heron.page.input_value('[name="body"]')
    assert "Said in one tab." in body
    assert "Said in another." in body


def test_the_keyboard_does_it(campaign: Campaign, arrive: Arrive) -> None:
    petition = factories.draft(factories.Wanted(mailbox=False, units=False), campaign)
    heron = arrive(member(campaign, "Heron", Role.ORGANIZER), **DESK)
    open_page(heron, "write", petition.id, "en")
    page, body = heron.page, heron.page.locator('[name="body"]')
    body.fill("Ask Priya about it. Everything else stays.")
    expect(page.locator("[data-flags] .flag")).to_have_count(1)
    body.evaluate("(field) => field.setSelectionRange(0, 0)")
    page.keyboard.press("Control+Alt+j")
    marked = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert body.evaluate(marked).startswith("Priya")
    page.keyboard.press("Control+z")
    assert page.input_value('[name="body"]') == "A **body**."
    page.get_by_role("button", name="Redo").click()
    assert "Priya" in page.input_value('[name="body"]')
    body.fill("A plain body.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    body.evaluate("(field) => { field.focus(); field.setSelectionRange(2, 7); }")
    expect(page.locator('[data-comment] [name="quote"]')).to_have_value("plain")
    page.keyboard.press("Control+Alt+m")
    page.keyboard.type("Why plain?")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".note__quote")).to_contain_text("plain")
