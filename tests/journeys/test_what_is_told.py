"""After opening: an organizer writes an update and the employer's answer, and readers find them on the petition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.stack import Stack
from tests.journeys.test_workspace_accessibility import FORM, PASSWORD, sign_in
from tests.journeys.visitor import Visitor

TITLE, ANSWER = "A meeting on Friday", "Not this year."
PAGES = ("", "new/update/en/", "new/answer/ar/", "new/delivery/en/", "release/")


def write_update(visitor: Visitor, news: str) -> None:
    page = visitor.page
    page.goto(f"{news}new/update/en/")
    visitor.type('[name="title"]', TITLE)
    visitor.type('[name="body"]', "Come to the **canteen**, and tell jo@example.com.")
    visitor.submit('[name="show"]')
    expect(page.locator(".shown strong")).to_have_text("canteen")
    expect(page.locator(".flag")).to_have_count(1)
    visitor.look("shown before it is saved")
    page.fill('[name="body"]', "Come to the **canteen**.")
    visitor.submit('[name="save"]')
    visitor.look("saved")


def write_answer(visitor: Visitor, news: str) -> None:
    page = visitor.page
    page.goto(f"{news}new/answer/en/")
    visitor.submit('[name="save"]')
    expect(page.locator(".notice--warn li").first).to_be_visible()
    visitor.look("unfinished")
    visitor.submit('a[href$="/write/en/"]')
    page.fill('[name="day"]', datetime.now(UTC).date().isoformat())
    for select in page.locator("select").all():
        select.select_option("refused")
    visitor.type('[name="words_0"]', ANSWER)
    visitor.submit('[name="save"]')
    visitor.look("answer")


def publish(visitor: Visitor) -> None:
    visitor.submit(f'{FORM}[action$="/publish/"] button')
    expect(visitor.page.locator(".notice--done")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_organizers_publish_is_read_by_everybody(
    embedded: Stack, visit: Visit, language: str
) -> None:
    pseudonym = f"teller in {language}"
    about = embedded.ask("enrol", pseudonym=pseudonym, password=PASSWORD)
    organizer = visit(embedded, locale=language)
    organizer.page.goto("/accounts/login/")
    sign_in(organizer, pseudonym, about["secret"])
    news = f"/workspace/petition/{about['petitions']['open']}/news/"
    for end in PAGES:
        organizer.page.goto(f"{news}{end}")
        organizer.look(end)
    write_update(organizer, news)
    publish(organizer)
    write_answer(organizer, news)
    publish(organizer)
    organizer.look("the list")
    public = organizer.page.locator(f'a[hreflang="{language}"]').get_attribute("href")
    assert public
    read(visit(embedded), public, language)


def read(reader: Visitor, updates: str, language: str) -> None:
    """The petition with its answer, all that has happened, one update; and signing goes on as before."""
    page = reader.page
    # Within a second or two of being published.
    reader.wait_until(lambda: (page.goto(updates), TITLE in page.content())[1])
    reader.look("what has happened")
    reader.submit(f'a:has-text("{TITLE}")')
    reader.look("update")
    expect(page.locator(".text__body strong")).to_have_count(1 if language == "en" else 0)
    page.goto(updates.removesuffix("updates/"))
    expect(page.locator(".answered .tag")).to_have_count(page.locator(".demands > li").count())
    reader.look("petition with answers")
    # The page holds the text against the manifest: an answer beside a demand is no other text.
    expect(page.locator('[data-alert="missing"]')).to_be_visible()
    expect(page.locator('[data-alert="manifest"]')).to_be_hidden()
    page.locator('[data-go="learn"]').tap()
    expect(page.locator('[data-step="learn"]')).to_be_visible()
    expect(page.locator(".happened")).to_be_hidden()
