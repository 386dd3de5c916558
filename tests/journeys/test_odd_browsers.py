"""Browsers that keep nothing or seal nothing, two tabs at once, and the back button."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visit
from tests.journeys.signer import Petition, Signer

INSECURE = "Object.defineProperty(globalThis, 'isSecureContext', {value: false})"
NO_STORAGE = """Storage.prototype.setItem = Storage.prototype.getItem = () => {
  throw new DOMException("switched off", "SecurityError"); };"""


def test_browser_that_cannot_seal_is_led_to_the_plain_form(
    embedded_petition: Petition, visit: Visit
) -> None:
    visitor = visit(embedded_petition.stack)
    visitor.context.add_init_script(INSECURE)
    visitor.page.goto(embedded_petition.link())
    alert = visitor.page.locator('[data-alert="insecure"]')
    expect(alert).to_be_visible()
    visitor.check_accessibility()
    visitor.submit('[data-alert="insecure"] a')
    expect(visitor.page).to_have_url(f"{visitor.origin}{embedded_petition.path()}plain/")


def test_browser_that_keeps_nothing_warns_and_signs(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.visitor.context.add_init_script(NO_STORAGE)
    worker.open(petition.link(code=petition.new_code()))
    worker.read()
    worker.on_device()
    expect(worker.visitor.page.locator('[data-alert="nostore"]')).to_be_visible()
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.sign()
    worker.decline_words()
    assert len(petition.new_since(before)) == 1


def test_link_of_a_slip_is_followed_where_the_petition_is_open_already(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker, code = Signer(visit(petition.stack), petition), petition.new_code()
    worker.visitor.typed.add(code)
    worker.open(petition.link())
    with worker.visitor.page.expect_event("load"):
        worker.open(petition.link(code=code))
    worker.read()
    worker.on_device()
    expect(worker.visitor.page.locator("#paper-code")).to_have_value(code)
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.sign()
    worker.decline_words()
    assert len(petition.new_since(before)) == 1


def test_two_tabs_at_once_with_one_code_count_once(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    code = petition.new_code()
    worker.go_to_sign(code)
    first = worker.visitor.page
    held_back: list[Route] = []
    first.route("**/issue", lambda route: held_back.append(route), times=1)  # noqa: PLW0108 - playwright marks what it is given, and a method of a list cannot be marked
    worker.visitor.page = worker.visitor.context.new_page()
    worker.visitor.page.goto(petition.link(code=code))
    worker.at("resume").locator('[data-do="resume"]').tap()
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.at("sign")
    first.locator('[data-do="sign"]').tap()
    worker.visitor.wait_until(lambda: bool(held_back))
    worker.at("sign").locator('[data-do="sign"]').tap()
    worker.at("done")
    held_back[0].continue_()
    # The site holds version 1 in other bytes, sealed by the second tab.
    expect(first.locator('[data-alert="sign-error"]')).to_be_visible()
    assert len(petition.new_since(before)) == 1


def test_back_button_goes_one_step_back_and_keeps_what_was_typed(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition, code = embedded_petition, embedded_petition.new_code()
    worker = Signer(visit(petition.stack), petition)
    worker.go_to_sign(code, name="Mo Farouk")
    page = worker.visitor.page
    page.go_back()
    expect(worker.at("audience").locator("#name")).to_have_value("Mo Farouk")
    page.go_back()
    expect(worker.at("proof").locator("#paper-code")).to_have_value(code)
    assert code not in page.url
    page.go_forward()
    worker.at("audience")
    page.go_forward()
    worker.sign()
    page.go_back()
    worker.at("done")


def test_change_of_language_keeps_fingerprint_and_code(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.visitor.page.goto(petition.link(code=petition.new_code()))
    worker.visitor.page.locator('nav a[hreflang="ar"]').tap()
    expect(worker.visitor.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(worker.visitor.page.locator('[data-alert="missing"]')).to_be_hidden()
    worker.read()
    worker.on_device()
    worker.prove_by_paper()
    worker.give_name("نور")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    assert (new["named"]["name"], new["named"]["language"]) == ("نور", "ar")
