"""A worker with a slip of paper."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.signer import Petition, Signer


def test_worker_signs_with_a_paper_code_and_keeps_no_words(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    code = petition.new_code()
    worker.visitor.typed.add(code)
    worker.open(petition.link(code=code))
    worker.read()
    worker.on_device()
    assert code not in worker.visitor.page.url
    worker.prove_by_paper()
    worker.stay_anonymous(unit="South hall")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    assert (new["class"], new["version"], new["named"]) == ("A", 1, None)
    assert worker.visitor.page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert worker.visitor.context.cookies() == []


def test_worker_gives_a_name_that_only_the_organizers_key_opens(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    worker.prove_by_paper(petition.new_code().lower())
    worker.give_name("Ada Öström", "Engineer", "North hall")
    sign = worker.at("sign")
    expect(sign.locator('[data-summary="audience"]')).to_have_text("The organizers")
    expect(sign.locator('[data-summary="name"]')).to_have_text("Ada Öström")
    expect(sign.locator('[data-summary="jobTitle"]')).to_have_text("Engineer")
    expect(sign.locator('[data-summary="site"]')).to_have_text("North hall")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    named = new["named"]
    assert (named["name"], named["job_title"], named["site"]) == (
        "Ada Öström",
        "Engineer",
        "North hall",
    )
    assert named["language"] == "en"


def test_a_code_is_shown_as_it_is_read_while_it_is_typed(
    embedded_petition: Petition, visit: Visit
) -> None:
    worker = Signer(visit(embedded_petition.stack), embedded_petition)
    worker.open(embedded_petition.link())
    worker.read()
    worker.on_device()
    field = worker.at("proof").locator("#paper-code")
    shown = worker.at("proof").locator('[data-readback="paper-code"]')
    expect(shown).to_be_hidden()
    field.fill("oil2 ab")
    expect(shown).to_have_text("6 of 16: 0112-AB")
    field.fill("oil2ab345678ab3d")
    expect(shown).to_have_text("16 of 16: 0112-AB34-5678-AB3D")
    field.fill("")
    expect(shown).to_be_hidden()
