"""A worker who takes the signature back with twelve words."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import Petition, Signer


def test_worker_withdraws_by_twelve_words_on_another_device(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    words = Signer(visit(petition.stack), petition).sign_by_paper(name="Dua Petrov")
    (signed,) = petition.new_since(before)
    assert signed["named"]["name"] == "Dua Petrov"
    receipt = Receipt(visit(petition.stack), petition)
    receipt.find(words.upper().replace(" ", "  "))
    receipt.expect_standing("held", version=1)
    receipt.withdraw()
    receipt.expect_standing("withdrawn", version=2)
    left = petition.held()[signed["id"]]
    assert (left["version"], left["withdrawn"], left["named"]) == (2, True, None)
    receipt.forget()
    expect(receipt.visitor.page.locator("#words")).to_have_value("")


def test_worker_signs_again_after_a_withdrawal_with_the_same_code(
    petition: Petition, visit: Visit
) -> None:
    code = petition.new_code()
    worker = Signer(visit(petition.stack), petition)
    words = worker.sign_by_paper(code=code)
    receipt = Receipt(worker.visitor, petition)
    receipt.find(words)
    receipt.withdraw()
    receipt.expect_standing("withdrawn", version=2)
    receipt.change(code=code)
    receipt.expect_standing("held", version=3)


def test_words_with_a_slip_are_named_and_foreign_words_are_unknown(
    petition: Petition, visit: Visit
) -> None:
    receipt = Receipt(visit(petition.stack), petition)
    receipt.find("abandon abandon abandon abandon abandon abandn")
    error = receipt.visitor.page.locator('[data-error="words"]')
    expect(error).to_contain_text("abandn")
    receipt.visitor.check_accessibility()
    receipt.find("abandon " * 11 + "about")
    receipt.expect_standing("unknown")


def test_worker_withdraws_from_the_phone_that_kept_the_secret(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.go_to_sign(petition.new_code())
    worker.sign()
    worker.keep_here()
    (signed,) = petition.new_since(before)
    receipt = Receipt(worker.visitor, petition)
    receipt.use_kept()
    receipt.expect_standing("held", version=1)
    receipt.withdraw()
    receipt.expect_standing("withdrawn", version=2)
    assert petition.held()[signed["id"]]["withdrawn"]
