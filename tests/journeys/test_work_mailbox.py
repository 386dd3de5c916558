"""A worker who proves the job by the work mailbox."""

from __future__ import annotations

import uuid

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.mailbox import code_in
from tests.journeys.signer import Petition, Signer


def new_address() -> str:
    """A work address that nobody used before."""
    return f"worker.{uuid.uuid4().hex[:8]}@example.com"


def test_worker_signs_with_a_code_from_the_work_mailbox(petition: Petition, visit: Visit) -> None:
    before, address = petition.held(), new_address()
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    worker.prove_by_mailbox(address)
    worker.give_name("Bo Lindqvist")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    assert (new["class"], new["named"]["name"]) == ("B", "Bo Lindqvist")
    assert new["named"]["attestation"]
    (mail,) = petition.stack.mailbox.to(address)
    assert petition.about["public_id"] not in mail.as_string()
    assert "recording" not in mail.as_string()
    assert "http" not in mail.get_content()


def test_used_address_gets_the_same_answer_and_cannot_sign_twice(
    petition: Petition, visit: Visit
) -> None:
    address = new_address()
    first = Signer(visit(petition.stack), petition)
    first.open(petition.link())
    first.read()
    first.on_device()
    first.prove_by_mailbox(address)
    first.stay_anonymous()
    first.sign()
    first.decline_words()
    before = petition.held()
    second = Signer(visit(petition.stack), petition)
    second.open(petition.link())
    second.read()
    second.on_device()
    second.ask_for_code(address)
    mail = petition.stack.mailbox.wait_for(address, count=2)
    second.type_mail_code(code_in(mail))
    second.stay_anonymous()
    second.at("sign").locator('[data-do="sign"]').tap()
    expect(second.at("proof").locator('[data-error="mail-code"]')).to_be_visible()
    assert petition.held() == before


def test_address_of_another_domain_is_refused_on_the_phone_and_never_sent(
    petition: Petition, visit: Visit
) -> None:
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    proof = worker.at("proof")
    proof.locator('input[name="method"][value="2"]').check()
    worker.visitor.type("#address", "me@elsewhere.example")
    proof.locator('[data-do="ask-code"]').tap()
    expect(proof.locator('[data-error="address"]')).to_contain_text("example.com")
    assert not [r for r in worker.visitor.requests if r.method == "POST"]
