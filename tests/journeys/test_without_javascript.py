"""A worker whose browser runs no JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.mailbox import code_in
from tests.journeys.signer import Petition
from tests.journeys.test_interruptions import lose_answer
from tests.journeys.test_work_mailbox import new_address
from tests.journeys.visitor import Visitor

MAIN = "main.page"
SIGN = "button.button--big"


def begin(visitor: Visitor, petition: Petition, language: str = "en") -> Page:
    """From the petition to the page with twelve words."""
    page = visitor.page
    page.goto(petition.link(language))
    expect(page.locator("[data-js]").first).to_be_hidden()
    visitor.submit(f"{MAIN} [data-nojs] a.button")
    page.locator('input[name="confirm"]').check()
    visitor.submit(f'{MAIN} form [type="submit"]')
    expect(page.locator(".words li")).to_have_count(12)
    return page


def words_on(page: Page) -> str:
    """The words that stand there."""
    return " ".join(text.strip() for text in page.locator(".words li").all_inner_texts())


def test_worker_without_javascript_signs_with_a_paper_code_and_withdraws(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    visitor = visit(petition.stack, java_script_enabled=False)
    page = begin(visitor, petition)
    words = words_on(page)
    visitor.typed.add(words)
    visitor.type("#code", petition.new_code())
    visitor.submit(SIGN)
    expect(page.locator(f"{MAIN} h2")).to_have_text("You have signed.")
    (new,) = petition.new_since(before)
    assert (new["class"], new["version"], new["named"]) == ("A", 1, None)
    page.goto(f"{petition.path()}plain/receipt/")
    visitor.type("#words", words)
    visitor.submit('button[value="check"]')
    expect(page.locator('[role="status"]')).to_contain_text("holds your signature")
    visitor.type("#words", words)
    visitor.submit('button[value="withdraw"]')
    expect(page.locator('[role="status"]')).to_contain_text("withdrawn")
    assert petition.held()[new["id"]]["withdrawn"]


def test_worker_without_javascript_signs_with_a_code_from_the_mailbox(
    petition: Petition, visit: Visit
) -> None:
    before, address = petition.held(), new_address()
    visitor = visit(petition.stack, java_script_enabled=False)
    page = begin(visitor, petition)
    words = words_on(page)
    visitor.type("#address", address)
    visitor.submit('button[formaction$="/plain/code/"]')
    expect(page.locator("#code")).to_be_visible()
    assert words_on(page) == words
    visitor.type("#code", code_in(petition.stack.mailbox.wait_for(address)))
    visitor.submit(SIGN)
    expect(page.locator(f"{MAIN} h2")).to_have_text("You have signed.")
    (new,) = petition.new_since(before)
    assert (new["class"], new["named"]) == ("B", None)


def test_wrong_code_without_javascript_keeps_the_words_and_what_was_typed(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    visitor = visit(petition.stack, java_script_enabled=False)
    page = begin(visitor, petition)
    words = words_on(page)
    visitor.type("#code", "AAAA-BBBB-CCCC-DDDD")
    visitor.submit(SIGN)
    expect(page.locator("#code-error")).to_be_visible()
    expect(page.locator("#code")).to_have_value("AAAA-BBBB-CCCC-DDDD")
    assert words_on(page) == words
    visitor.type("#code", petition.new_code())
    visitor.submit(SIGN)
    expect(page.locator(f"{MAIN} h2")).to_have_text("You have signed.")
    assert len(petition.new_since(before)) == 1


def test_form_sent_again_counts_once(petition: Petition, visit: Visit) -> None:
    before = petition.held()
    visitor = visit(petition.stack, java_script_enabled=False)
    page = begin(visitor, petition)
    visitor.type("#code", petition.new_code())
    page.route("**/plain/sign/", lose_answer, times=1)
    page.locator(SIGN).click()
    expect(page.locator(f"{MAIN} h2")).to_have_count(0)
    page.reload()
    expect(page.locator(f"{MAIN} h2")).to_have_text("You have signed.")
    assert len(petition.new_since(before)) == 1


def test_form_in_arabic_signs_too(petition: Petition, visit: Visit) -> None:
    before = petition.held()
    visitor = visit(petition.stack, java_script_enabled=False)
    page = begin(visitor, petition, "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    visitor.type("#code", petition.new_code())
    visitor.submit(SIGN)
    expect(page).to_have_url(re.compile(r"/ar/plain/done/$"))
    assert len(petition.new_since(before)) == 1
