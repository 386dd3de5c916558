"""Every page and step of a signer, looked at by axe-core: light and dark, left to right and right to left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import ORGANIZERS, Petition, Signer
from tests.journeys.test_without_javascript import SIGN
from tests.journeys.visitor import Visitor

languages = pytest.mark.parametrize("language", ["en", "ar"])


@languages
def test_every_step_of_signing(embedded_petition: Petition, visit: Visit, language: str) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    visitor, page = worker.visitor, worker.visitor.page
    worker.open(petition.link(language, code=petition.new_code()))
    visitor.look("read")
    worker.at("read").locator('[data-go="learn"]').tap()
    visitor.look("learn")
    worker.at("learn").locator('[data-go="device"]').tap()
    visitor.look("device")
    worker.on_device()
    worker.at("proof").locator("details summary").tap()
    visitor.look("proof by paper")
    page.locator('#proof-form input[value="2"]').check()
    visitor.look("proof by mailbox")
    page.locator('#proof-form input[value="1"]').check()
    worker.prove_by_paper()
    visitor.look("audience")
    page.locator(f'#audience-form input[value="{ORGANIZERS}"]').check()
    page.locator('#audience-form [type="submit"]').tap()
    visitor.look("audience without a name")
    worker.give_name("Lea Brandt")
    worker.at("sign").locator("details summary").tap()
    visitor.look("sign")
    worker.sign()
    visitor.look("done")
    page.locator('[data-do="show-words"]').tap()
    visitor.look("words")
    page.locator('[data-do="kept-words"]').tap()
    visitor.look("finished")


@languages
def test_every_step_of_coming_back(
    embedded_petition: Petition, visit: Visit, language: str
) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    code = petition.new_code()
    worker.go_to_sign(code, language=language)
    worker.visitor.reopen(petition.link(language, code=code))
    worker.at("resume")
    worker.visitor.look("resume")
    worker.press('[data-do="resume"]')
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.get_credential()
    worker.visitor.look("waiting")
    worker.press('[data-do="send-waiting"]')
    words = worker.take_words()
    receipt = Receipt(worker.visitor, petition, language)
    receipt.visitor.look("receipt")
    receipt.find(words)
    receipt.expect_standing("held")
    receipt.visitor.look("standing")
    receipt.press('[data-go="change"]')
    receipt.visitor.look("change")
    receipt.press('[data-step="change"] [data-back]')
    receipt.press('[data-go="withdraw"]')
    receipt.visitor.look("withdraw")
    receipt.press('[data-step="withdraw"] [data-do="withdraw"]')
    receipt.expect_standing("withdrawn")
    receipt.visitor.look("withdrawn")


@languages
def test_every_page_without_javascript(
    embedded_petition: Petition, visit: Visit, language: str
) -> None:
    petition = embedded_petition
    # Switched on here, since axe-core is itself a script; the pages are those of the plain form.
    visitor = visit(petition.stack)
    page = visitor.page
    page.goto(f"{petition.path(language)}plain/")
    visitor.look("plain")
    draw_words(visitor, petition, language)
    visitor.look("plain words")
    visitor.type("#address", "mira@example.com")
    visitor.submit('button[formaction$="/plain/code/"]')
    visitor.look("plain code requested")
    visitor.type("#code", "AAAAA-BBBBB")
    visitor.submit(SIGN)
    expect(page.locator("#code-error")).to_be_visible()
    visitor.look("plain error")
    page.goto(f"{petition.path(language)}plain/receipt/")
    visitor.type("#words", "abandon " * 11 + "about")
    visitor.submit('button[value="check"]')
    visitor.look("plain receipt")
    draw_words(visitor, petition, language)
    visitor.type("#code", petition.new_code())
    visitor.submit(SIGN)
    expect(page).to_have_url(re.compile("/plain/done/$"))
    visitor.look("plain done")


def draw_words(visitor: Visitor, petition: Petition, language: str) -> None:
    """From the first page of the form to the words."""
    visitor.page.goto(f"{petition.path(language)}plain/")
    visitor.page.locator('input[name="confirm"]').check()
    visitor.submit('main form [type="submit"]')


@languages
def test_pages_around_it(embedded_petition: Petition, visit: Visit, language: str) -> None:
    petition = embedded_petition
    visitor = visit(petition.stack)
    identifier = petition.about["public_id"]
    home = "/" if language == "en" else f"/{language}/"
    for address in (home, f"/p/{identifier}/", f"/opener/{language}/", "/p/none/"):
        visitor.page.goto(address)
        visitor.look(address)
