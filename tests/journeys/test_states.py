"""A petition that is frozen, then open, then closed; and one that is withdrawn, and followed by a new version."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response, expect

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import Petition, Signer
from tests.journeys.stack import Stack


def status(answer: Response | None) -> int:
    """The status of an answer that came."""
    assert answer is not None
    return answer.status


def test_founders_sign_by_a_private_link_then_everybody_then_nobody(
    stack: Stack, visit: Visit
) -> None:
    petition = Petition(stack, stack.ask("make_petition", state="frozen"))
    founder = Signer(visit(stack), petition)
    assert status(founder.visitor.page.goto(petition.path())) == 404
    founder.open(petition.link(code=petition.new_code(), private=True))
    expect(founder.visitor.page.locator(".notice__title").first).to_have_text(
        "You are among the first."
    )
    founder.visitor.check_accessibility()
    founder.read()
    founder.on_device()
    founder.prove_by_paper()
    founder.stay_anonymous()
    founder.sign()
    words = founder.take_words()
    assert len(petition.held()) == 1

    stack.change("open_petition", petition.about["id"])
    worker = Signer(visit(stack), petition)
    worker.go_to_sign(petition.new_code())
    worker.sign()
    worker.decline_words()
    assert len(petition.held()) == 2

    late = Signer(visit(stack), petition)
    late.go_to_sign(petition.new_code())
    stack.change("close_petition", petition.about["id"])
    late.at("sign").locator('[data-do="sign"]').tap()
    expect(late.visitor.page.locator("[data-sign-error]")).to_contain_text(
        "the time for it is over"
    )
    page = visit(stack).page
    page.goto(petition.link())
    expect(page.locator(".notice__title").first).to_have_text("This petition is closed.")
    expect(page.locator('[data-go="learn"]')).to_have_count(0)
    receipt = Receipt(visit(stack), petition)
    receipt.find(words)
    receipt.withdraw()
    receipt.expect_standing("withdrawn", version=2)
    assert len([entry for entry in petition.held().values() if not entry["withdrawn"]]) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_founder_of_a_withdrawn_version_is_asked_to_sign_the_new_one(
    embedded: Stack, visit: Visit, language: str
) -> None:
    old = Petition(embedded, embedded.ask("make_petition", state="frozen"))
    founder = Signer(visit(embedded), old)
    page = founder.visitor.page
    founder.open(old.link(language, code=old.new_code(), private=True))
    embedded.change("withdraw_petition", old.about["id"])
    page.reload()
    expect(page.locator('[data-go="learn"]')).to_have_count(0)
    founder.visitor.look("withdrawn")
    about = embedded.ask("follow_petition", petition=old.about["id"], state="frozen")
    embedded.settle()
    page.reload()
    founder.visitor.look("withdrawn, and followed")
    new = Petition(embedded, about)
    founder.visitor.submit(f'a[href="/p/{about["private_id"]}/"]')
    founder.visitor.submit(f'#languages a[hreflang="{language}"]')
    founder.visitor.look("asked again")
    founder.petition = new
    founder.read()
    founder.on_device()
    founder.prove_by_paper(new.new_code())
    founder.stay_anonymous()
    founder.sign()
    founder.decline_words()
    assert (len(old.held()), len(new.held())) == (0, 1)
