"""After each journey: a planted name, address, network, device, referrer or query is nowhere on the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit, open_petition
from tests.journeys.mailbox import code_in
from tests.journeys.organizer import Organizer
from tests.journeys.stack import Stack
from tests.privacy.canaries import Canary, found_at
from tests.privacy.seizure import traces
from tests.privacy.wire import Device

Journey = Callable[[Canary], None]


@pytest.fixture
def canary(stack: Stack) -> Canary:
    """Somebody new, at a site of each kind."""
    return Canary(stack, open_petition(stack))


def by_paper(canary: Canary) -> None:
    canary.read()
    worker = canary.worker(code=canary.new_code(), name=canary.name)
    worker.issue(canary.device)
    worker.send(canary.device)
    assert worker.status(canary.device).json["status"] == "held"


def by_mailbox(canary: Canary) -> None:
    worker = canary.worker(address=canary.address, name=canary.name)
    worker.ask_for_code(canary.device)
    mail = canary.stack.mailbox.wait_for(canary.address)
    worker.code = code_in(mail)
    canary.typed.append(worker.code)
    worker.issue(canary.device)
    worker.send(canary.device)


def by_plain_form(canary: Canary) -> None:
    words = canary.draw_words()
    answer = canary.fill_in("sign/", words=words, code=canary.new_code(), address="")
    assert answer.status == 303
    assert canary.fill_in("receipt/", words=words, do="check").status == 303
    assert canary.fill_in("receipt/", words=words, do="withdraw").status == 303


def by_plain_form_and_mailbox(canary: Canary) -> None:
    words = canary.draw_words()
    assert canary.fill_in("code/", words=words, address=canary.address).status == 200
    code = code_in(canary.stack.mailbox.wait_for(canary.address))
    canary.typed.append(code)
    answer = canary.fill_in("sign/", words=words, code=code, address=canary.address)
    assert answer.status == 303


def withdrawing(canary: Canary) -> None:
    worker = canary.worker(code=canary.new_code(), name=canary.name)
    worker.issue(canary.device)
    worker.send(canary.device)
    worker.withdraw(canary.device)


def changing_the_audience(canary: Canary) -> None:
    worker = canary.worker(code=canary.new_code())
    worker.issue(canary.device)
    worker.send(canary.device)
    worker.name = canary.name
    worker.send(canary.device)
    worker.name = ""
    worker.send(canary.device)


def with_mistakes(canary: Canary) -> None:
    """Everything that can be typed wrongly, and requests that no client of ours sends."""
    worker = canary.worker(address=canary.address, code="AAAAA-AAAAA")
    device = canary.device
    assert device.post(worker.path("issue"), worker.build_issue()).status == 403
    for operation in ("code", "issue", "send", "status", "withdraw"):
        assert device.post(worker.path(operation), canary.local.encode()).status == 400
    wrong = (
        "😀" * 120 + canary.local + "@example.com",
        f"{canary.local}@elsewhere.test",
        canary.local,
    )
    for address in wrong:
        assert canary.fill_in("code/", words="", address=address).status in (200, 422)
        answer = canary.fill_in("sign/", words=canary.local, code=canary.name, address=address)
        assert answer.status == 422


JOURNEYS: dict[str, Journey] = {
    "paper": by_paper,
    "mailbox": by_mailbox,
    "plain form": by_plain_form,
    "plain form and mailbox": by_plain_form_and_mailbox,
    "withdrawing": withdrawing,
    "changing the audience": changing_the_audience,
    "with mistakes": with_mistakes,
}


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_leaves_no_mark(canary: Canary, journey: str, tmp_path: Path) -> None:
    JOURNEYS[journey](canary)
    assert found_at(canary.stack, canary.marks, tmp_path) == []


def test_a_mail_with_a_code_names_nothing_but_its_recipient(canary: Canary) -> None:
    by_mailbox(canary)
    mail = canary.stack.mailbox.to(canary.address)[0]
    text = mail.as_bytes()
    marks = [canary.name, canary.network, canary.forwarded, canary.agent, canary.referrer]
    assert traces.search_bytes(marks, text) == []
    assert (
        traces.search_bytes([canary.pid, "Example Works", "recording", "http", "petition"], text)
        == []
    )
    assert [name for name, value in mail.items() if canary.local in str(value)] == ["To"]
    assert not {"x-mailer", "received", "x-originating-ip"} & {n.lower() for n, _v in mail.items()}


@pytest.fixture
def refusing(canary: Canary) -> Iterator[Canary]:
    """A mail server that says whom it refuses."""
    mailbox = canary.stack.mailbox
    asked: list[str] = []

    async def refuse(
        _server: object, _session: object, _envelope: object, to: str, _o: object
    ) -> str:
        asked.append(to)
        return f"550 no such mailbox: {to}"

    mailbox.handle_RCPT = refuse  # type: ignore[attr-defined]  # aiosmtpd looks hooks up by name
    canary.typed.clear()
    yield canary
    del mailbox.handle_RCPT  # type: ignore[attr-defined]  # as above
    assert asked


def test_a_refused_mail_names_nobody_in_logs_or_queues(refusing: Canary, tmp_path: Path) -> None:
    refusing.worker(address=refusing.address).ask_for_code(refusing.device)
    time.sleep(3)
    assert found_at(refusing.stack, refusing.marks, tmp_path) == []


def test_an_organizer_leaves_a_pseudonym_and_no_network(
    stack: Stack, visit: Visit, tmp_path: Path
) -> None:
    canary = Canary(stack, open_petition(stack))
    headers = {"X-Forwarded-For": canary.forwarded, "X-Real-IP": canary.forwarded}
    phone = visit(stack, user_agent=canary.agent, extra_http_headers=headers)
    organizer = Organizer(phone, f"owl {canary.query}")
    organizer.sign_up()
    organizer.sign_in_again()
    wrong = canary.device
    wrong.ask("GET", f"/accounts/login/?next=/{canary.referrer}")
    marks = [canary.forwarded, canary.agent, canary.referrer, canary.network]
    assert found_at(stack, marks, tmp_path) == []
    assert found_at(stack, [f"owl {canary.query}"], tmp_path)


def test_failed_sign_ins_leave_no_network_and_no_name(stack: Stack, tmp_path: Path) -> None:
    canary = Canary(stack, open_petition(stack))
    device = canary.device
    page = device.ask("GET", "/accounts/login/")
    cookie = (page.header("Set-Cookie") or "").partition(";")[0]
    token = (
        page.body.partition(b'name="csrfmiddlewaretoken" value="')[2].partition(b'"')[0].decode()
    )
    body = f"csrfmiddlewaretoken={token}&login={canary.local}&password={canary.name}".encode()
    for _attempt in range(8):
        answer = device.ask(
            "POST",
            "/accounts/login/",
            body,
            Content_Type="application/x-www-form-urlencoded",
            Cookie=cookie,
            Origin=stack.origin,
        )
        assert answer.status in (200, 429)
    assert found_at(stack, canary.marks, tmp_path) == []


def test_the_search_finds_a_mark_in_every_form(tmp_path: Path) -> None:
    mark = "Zyxwqrtnm"
    for form, data in traces.forms(mark).items():
        (tmp_path / "file").write_bytes(b"\0before" + data + b"after\0")
        assert traces.search([mark], [tmp_path]), form
    (tmp_path / "file").write_bytes(b"nothing")
    assert traces.search([mark], [tmp_path]) == []


def test_a_device_shows_the_site_the_network_that_it_is_given(stack: Stack) -> None:
    device = Device(stack.origin, "127.99.1.2")
    device.ask("GET", "/")
    assert device._connection is not None
    assert device._connection.sock.getsockname()[0] == "127.99.1.2"
