"""A worker who first lets the organizers know, and then nobody."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import ORGANIZERS, Petition, Signer


def test_worker_goes_from_named_to_anonymous_with_words_on_another_device(
    petition: Petition, visit: Visit
) -> None:
    before, code = petition.held(), petition.new_code()
    words = Signer(visit(petition.stack), petition).sign_by_paper(name="Eve Nowak", code=code)
    (signed,) = petition.new_since(before)
    other = Receipt(visit(petition.stack), petition)
    other.find(words)
    other.change(code=code)
    other.expect_standing("held", version=2)
    changed = petition.held()[signed["id"]]
    assert (changed["version"], changed["named"], changed["withdrawn"]) == (2, None, False)
    assert len(petition.new_since(before)) == 1


def test_worker_goes_from_anonymous_to_named(petition: Petition, visit: Visit) -> None:
    before, code = petition.held(), petition.new_code()
    words = Signer(visit(petition.stack), petition).sign_by_paper(code=code)
    (signed,) = petition.new_since(before)
    other = Receipt(visit(petition.stack), petition)
    other.find(words)
    other.change(audience=ORGANIZERS, name="Fay Okoye", code=code)
    other.expect_standing("held", version=2)
    changed = petition.held()[signed["id"]]
    assert changed["named"]["name"] == "Fay Okoye"


def test_other_code_cannot_change_it(petition: Petition, visit: Visit) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    words = worker.sign_by_paper(name="Gil Haddad")
    held = petition.held()
    receipt = Receipt(worker.visitor, petition)
    receipt.find(words)
    spent = petition.new_code()
    Signer(visit(petition.stack), petition).sign_by_paper(code=spent)
    receipt.change(code=spent)
    expect(receipt.visitor.page.locator('[data-error="paper-code"]')).to_be_visible()
    (signed,) = [held[key] for key in held if key not in before]
    assert petition.held()[signed["id"]]["named"]["name"] == "Gil Haddad"
