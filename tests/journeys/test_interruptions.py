"""A worker whose tab is killed, or whose network goes, at each step: it is taken up again, and counts once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import Held, Petition, Signer
from tests.journeys.visitor import Visitor

Trouble = Callable[[Route], None]


def kill_and_reopen(worker: Signer, code: str = "") -> None:
    """The tab dies, and the link is opened again on the same phone: the page offers to go on."""
    worker.visitor.reopen(worker.petition.link(code=code))
    resume = worker.at("resume")
    resume.locator('[data-do="resume"]').tap()


def lose_answer(route: Route) -> None:
    """The site gets the request; the phone never gets the answer."""
    route.fetch()
    route.abort("connectionreset")


def lose_request(route: Route) -> None:
    """Nothing reaches the site."""
    route.abort("connectionfailed")


def answer_busy(route: Route) -> None:
    """The site is busy."""
    body = '{"error":"busy"}'.ljust(1536)
    headers = {"Retry-After": "1", "Content-Type": "application/json"}
    route.fulfill(status=429, headers=headers, body=body)


def answer_like_a_proxy(route: Route) -> None:
    """A proxy in between says in its own words that the site is away."""
    route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")


def once(visitor: Visitor, operation: str, trouble: Trouble) -> None:
    """The next request of this kind meets trouble; later ones do not."""
    visitor.page.route(f"**/{operation}", trouble, times=1)


def signed_once(petition: Petition, before: Held) -> bool:
    """Whether exactly one signature came in the meantime, as first sent."""
    return [entry["version"] for entry in petition.new_since(before)] == [1]


def test_tab_killed_at_every_step(embedded_petition: Petition, visit: Visit) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    code = petition.new_code()
    worker.open(petition.link(code=code))
    worker.visitor.reopen(worker.visitor.page.url)
    worker.read()
    worker.on_device()
    kill_and_reopen(worker, code)
    worker.prove_by_paper()
    kill_and_reopen(worker, code)
    worker.prove_by_paper()
    worker.give_name("Hana Sato")
    # Nothing has been sent, and no disk has the name: it is typed again.
    kill_and_reopen(worker, code)
    worker.prove_by_paper()
    expect(worker.at("audience").locator("#name")).to_have_value("")
    worker.give_name("Hana Sato")
    worker.sign()
    worker.visitor.reopen(petition.link())
    worker.at("read")
    assert signed_once(petition, before)
    (new,) = petition.new_since(before)
    assert new["named"]["name"] == "Hana Sato"


@pytest.mark.parametrize("operation", ["issue", "send"])
@pytest.mark.parametrize("reaches", [True, False], ids=["after the site got it", "on the way"])
def test_tab_killed_while_something_is_being_sent(
    embedded_petition: Petition, visit: Visit, operation: str, reaches: bool
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.go_to_sign(petition.new_code(), name="Ina Moreau")
    met: list[bool] = []

    def hang(route: Route) -> None:
        if reaches:
            route.fetch()
        met.append(True)

    once(worker.visitor, operation, hang)
    with worker.visitor.page.expect_request(f"**/{operation}"):
        worker.at("sign").locator('[data-do="sign"]').tap()
    worker.visitor.wait_until(lambda: bool(met))
    kill_and_reopen(worker)
    if operation == "issue":
        # Not sealed yet, the name was in the page alone.
        expect(worker.at("audience").locator('[data-alert="name-again"]')).to_be_visible()
        worker.give_name("Ina Moreau")
        worker.sign()
    worker.at("done")
    worker.decline_words()
    assert signed_once(petition, before)
    (new,) = petition.new_since(before)
    assert new["named"]["name"] == "Ina Moreau"


@pytest.mark.parametrize("operation", ["issue", "send"])
@pytest.mark.parametrize("trouble", [lose_answer, lose_request, answer_busy, answer_like_a_proxy])
def test_page_repeats_the_same_bytes_until_there_is_an_answer(
    embedded_petition: Petition, visit: Visit, operation: str, trouble: Trouble
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.go_to_sign(petition.new_code())
    once(worker.visitor, operation, trouble)
    worker.at("sign").locator('[data-do="sign"]').tap()
    again = worker.visitor.page.locator('[data-do="try-now"]')
    expect(again).to_be_visible()
    again.tap()
    worker.decline_words()
    assert signed_once(petition, before)
    sent = [r.post_data_buffer for r in worker.visitor.requests if r.url.endswith(f"/{operation}")]
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_network_lost_at_every_step(embedded_petition: Petition, visit: Visit) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    offline = worker.visitor.page.locator('[data-alert="offline"]')
    worker.open(petition.link(code=petition.new_code()))
    worker.visitor.page.wait_for_load_state("networkidle")
    worker.visitor.context.set_offline(True)
    expect(offline).to_be_visible()
    worker.read()
    worker.on_device()
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.at("sign").locator('[data-do="sign"]').tap()
    expect(worker.visitor.page.locator("[data-sign-error]")).to_contain_text("You are offline.")
    assert petition.held() == before
    worker.visitor.context.set_offline(False)
    worker.decline_words()
    expect(offline).to_be_hidden()
    assert signed_once(petition, before)


def test_network_lost_while_the_page_loads(embedded_petition: Petition, visit: Visit) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    worker = Signer(visit(petition.stack), petition)
    once(worker.visitor, "manifest", lose_request)
    worker.open(petition.link(code=petition.new_code()))
    expect(worker.visitor.page.locator('[data-alert="load"]')).to_be_visible()
    worker.read()
    worker.on_device()
    worker.prove_by_paper()
    worker.stay_anonymous()
    worker.sign()
    assert signed_once(petition, before)


def test_network_lost_while_asking_for_a_mail_code(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    once(worker.visitor, "code", lose_answer)
    worker.ask_for_code("network.lost@example.com")
    petition.stack.mailbox.wait_for("network.lost@example.com")


@pytest.mark.parametrize("operation", ["status", "withdraw"])
@pytest.mark.parametrize("trouble", [lose_answer, lose_request])
def test_withdrawal_is_repeated_until_there_is_an_answer(
    embedded_petition: Petition, visit: Visit, operation: str, trouble: Trouble
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    words = Signer(visit(petition.stack), petition).sign_by_paper()
    receipt = Receipt(visit(petition.stack), petition)
    receipt.find(words)
    receipt.expect_standing("held")
    once(receipt.visitor, operation, trouble)
    receipt.withdraw()
    receipt.press('[data-do="try-now"]')
    receipt.expect_standing("withdrawn", version=2)
    (new,) = petition.new_since(before)
    assert new["withdrawn"]


def test_shared_device_keeps_nothing_once_the_tab_is_closed(
    embedded_petition: Petition, visit: Visit
) -> None:
    petition = embedded_petition
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link(code=petition.new_code()))
    worker.read()
    worker.on_device("shared")
    worker.prove_by_paper()
    worker.give_name("Jo Larsen")
    worker.at("sign")
    worker.visitor.page.reload()
    worker.at("resume")
    worker.visitor.reopen(petition.link())
    worker.at("read")
    assert worker.visitor.page.evaluate("() => localStorage.length") == 0
