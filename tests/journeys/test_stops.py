"""What stops a worker before anything is sent, and what does not make anything get lost."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.signer import Petition, Signer
from tests.journeys.visitor import Visitor

OTHER_HASH = "A" * 43


def posts(visitor: Visitor) -> list[str]:
    """Every request of this phone that carried something."""
    return [request.url for request in visitor.requests if request.method == "POST"]


def test_work_device_gets_a_page_that_stops_and_the_code_is_gone(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    code = petition.new_code()
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link(code=code))
    worker.read()
    worker.on_device("work")
    stop = worker.at("stop")
    expect(stop.locator("form, input")).to_have_count(0)
    assert code not in worker.visitor.page.url
    assert code not in worker.visitor.page.content()
    stop.locator("[data-back]").tap()
    worker.on_device("own")
    expect(worker.at("proof").locator("#paper-code")).to_have_value("")
    assert posts(worker.visitor) == []


def test_link_with_another_fingerprint_stops_everything(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    visitor = visit(petition.stack)
    visitor.page.goto(f"{petition.path()}#m={OTHER_HASH}&c={petition.new_code()}")
    alert = visitor.page.locator('[data-alert="different"]')
    expect(alert).to_be_visible()
    expect(alert).to_contain_text(OTHER_HASH)
    expect(alert).to_contain_text(petition.about["manifest_hash"])
    expect(visitor.page.locator('[data-go="learn"]')).to_be_disabled()
    visitor.check_accessibility()
    assert posts(visitor) == []


def test_link_without_a_fingerprint_warns_and_lets_go_on(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.path())
    expect(worker.visitor.page.locator('[data-alert="missing"]')).to_be_visible()
    worker.read()
    worker.on_device()
    worker.at("proof")


def test_link_with_a_cut_fingerprint_is_called_incomplete(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    visitor = visit(petition.stack)
    visitor.page.goto(f"{petition.path()}#m={petition.about['manifest_hash'][:40]}")
    expect(visitor.page.locator('[data-alert="damaged"]')).to_be_visible()
    expect(visitor.page.locator('[data-alert="missing"]')).to_be_hidden()
    expect(visitor.page.locator('[data-go="learn"]')).to_be_enabled()
    visitor.check_accessibility()


def test_wrong_code_is_refused_and_everything_else_is_kept(
    petition: Petition, visit: Visit
) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link(code="AAAA-BBBB-CCCC-DDDD"))
    worker.read()
    worker.on_device()
    worker.prove_by_paper()
    worker.give_name("Cleo Díaz", "Fitter")
    worker.at("sign").locator('[data-do="sign"]').tap()
    expect(worker.at("proof").locator('[data-error="paper-code"]')).to_be_visible()
    worker.visitor.check_accessibility()
    worker.prove_by_paper(petition.new_code())
    expect(worker.at("sign").locator('[data-summary="audience"]')).to_have_text("The organizers")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    assert (new["named"]["name"], new["named"]["job_title"]) == ("Cleo Díaz", "Fitter")


def test_mistyped_code_is_named_before_anything_is_sent(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    worker.prove_by_paper("AB12-CD34-EF56")
    expect(worker.at("proof").locator('[data-error="paper-code"]')).to_contain_text("12")
    assert posts(worker.visitor) == []


def test_back_leads_to_the_step_before_also_after_a_code_was_refused(
    embedded_petition: Petition, visit: Visit
) -> None:
    worker = Signer(visit(embedded_petition.stack), embedded_petition)
    worker.go_to_sign("AAAA-BBBB-CCCC-DDDD")
    worker.at("sign").locator('[data-do="sign"]').tap()
    worker.at("proof")
    worker.prove_by_paper(embedded_petition.new_code())
    for step in ("sign", "audience", "proof", "device"):
        worker.at(step).locator("[data-back]").tap()
    worker.at("learn")
