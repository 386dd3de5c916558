"""Every error of docs/protocol.md section 13, as a client meets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from organizing.petitions import ending, selectors
from organizing.petitions.models import Petition
from organizing.safety.throttles import Throttle
from tests import factories
from tests.factories import DOMAIN
from tests.reference_client import messages
from tests.reference_client.client import Client
from tests.reference_client.site import Answer, Refusal, Site, UrlTransport, read_answer
from tests.signing.conftest import mailed_code
from tests.stage import Stage

pytestmark = pytest.mark.django_db
OPERATIONS = ("code", "issue", "send", "status", "withdraw")


@pytest.fixture
def stage() -> Stage:
    """Without a network; the last test does all of it over one."""
    return Stage(factories.opened())


def bodies(stage: Stage) -> tuple[Client, dict[str, bytes]]:
    """A valid request of each kind, by one signer."""
    signer, credential = stage.with_paper()
    proof = messages.paper_proof(stage.paper_code())
    modulus = signer.manifest.modulus("A")
    return signer, {
        "code": messages.code_request(signer.manifest.mh, "en", f"a@{DOMAIN}"),
        "issue": messages.issue_request(signer.signer, 1, proof, modulus),
        "send": signer.send_bytes(credential),
        "status": messages.status_request(signer.signer),
        "withdraw": messages.withdraw_request(signer.signer, 2),
    }


def refusal(post: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(Refusal) as caught:
        post()
    return caught.value.status, caught.value.code


def spoil_version(body: bytes) -> bytes:
    return b"\x02" + body[1:]


def spoil_padding(body: bytes) -> bytes:
    return body[:-1] + b"\x01"


def cut(body: bytes) -> bytes:
    return body[:-1]


def extend(body: bytes) -> bytes:
    return body + b"\0"


def nothing(body: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("spoil", [spoil_version, spoil_padding, cut, extend, nothing])
def test_what_has_not_the_form_is_malformed(stage: Stage, spoil: Callable[[bytes], bytes]) -> None:
    signer, valid = bodies(stage)
    for operation, body in valid.items():
        found = refusal(lambda: signer.site.post(signer.manifest, operation, spoil(body)))  # noqa: B023
        assert (operation, *found) == (operation, 400, "malformed")


def test_another_method_is_malformed_too(stage: Stage) -> None:
    for operation in OPERATIONS:
        url = f"{stage.site.origin}/p/{stage.petition.pid}/{operation}"
        answer = stage.site.transport.request("PUT", url, b"")
        assert answer.status == 405
        assert refusal(lambda: read_answer(answer)) == (405, "malformed")  # noqa: B023


def test_no_such_petition_is_unknown(stage: Stage) -> None:
    signer, valid = bodies(stage)
    elsewhere = Site(stage.site.transport, stage.site.origin, "A" * 22)
    for operation, body in valid.items():
        found = refusal(lambda: elsewhere.post(signer.manifest, operation, body))  # noqa: B023
        assert found == (404, "unknown")


def test_another_manifest_is_said_so(stage: Stage) -> None:
    signer, valid = bodies(stage)
    for operation, body in valid.items():
        other = body[:1] + bytes(32) + body[33:]
        found = refusal(lambda: signer.site.post(signer.manifest, operation, other))  # noqa: B023
        assert found == (409, "manifest")


def test_a_proof_that_is_not_accepted_is_refused_alike(stage: Stage, worker: list[str]) -> None:
    taken, other = stage.signer(), stage.signer()
    code = stage.paper_code()
    taken.issue(1, messages.paper_proof(code))
    taken.ask_for_code(f"a@{DOMAIN}")
    mailed = mailed_code()
    proofs = [
        (1, messages.paper_proof(code)),
        (1, messages.paper_proof("0000-0000-0000-0000")),
        (1, b"\xff\x00not a code"),
        (2, messages.mailbox_proof(f"b@{DOMAIN}", mailed)),
        (2, messages.mailbox_proof("a@elsewhere.test", mailed)),
        (2, messages.mailbox_proof(f"a@{DOMAIN}", "00000-00000")),
        (2, b"no separator"),
    ]
    answers = {refusal(lambda: other.issue(method, proof)) for method, proof in proofs}  # noqa: B023
    assert answers == {(403, "refused")}
    assert other.issue(2, messages.mailbox_proof(f"a@{DOMAIN}", mailed)).class_letter == "B"


def test_refusals_are_the_same_bytes(stage: Stage) -> None:
    signer = stage.signer()
    code = stage.paper_code()
    signer.issue(1, messages.paper_proof(code))
    other = stage.signer()
    found: set[tuple[int, bytes]] = set()
    for typed in (code, "0000-0000-0000-0000"):
        proof = messages.paper_proof(typed)
        body = messages.issue_request(other.signer, 1, proof, other.manifest.modulus("A"))
        answer = raw(stage, "issue", body)
        found.add((answer.status, answer.body))
    assert len(found) == 1


def raw(stage: Stage, operation: str, body: bytes) -> Answer:
    url = f"{stage.site.origin}/p/{stage.petition.pid}/{operation}"
    return stage.site.transport.request("POST", url, body)


def test_too_many_requests_are_told_how_long_to_wait(stage: Stage) -> None:
    signer, valid = bodies(stage)
    scopes = {"code": "CODE_REQUEST", "issue": "ISSUE", "send": "SEND"}
    for operation, name in scopes.items():
        with mock.patch(f"organizing.safety.throttles.{name}", Throttle(f"test {name}", 0)):
            with pytest.raises(Refusal) as caught:
                signer.site.post(signer.manifest, operation, valid[operation])
            assert (caught.value.status, caught.value.code) == (429, "busy")
            assert 0 < int(caught.value.retry_after or 0) <= 3600
    assert signer.site.post(signer.manifest, "send", valid["send"])["status"] == "held"


def test_a_database_out_of_reach_is_unavailable_and_the_same_bytes_go_through_later(
    stage: Stage,
) -> None:
    signer, valid = bodies(stage)
    down = OperationalError("out of reach")
    with mock.patch("organizing.signing.services.accept_signature", side_effect=down):
        found = refusal(lambda: signer.site.post(signer.manifest, "send", valid["send"]))
    assert found == (503, "unavailable")
    assert signer.site.post(signer.manifest, "send", valid["send"])["status"] == "held"


def test_issuing_closes_first_and_sending_seven_days_later(stage: Stage) -> None:
    signer, valid = bodies(stage)
    ending.close_petition(petition_id=stage.petition.id, now=timezone.now())
    selectors.forget_published()
    for operation in ("code", "issue"):
        found = refusal(lambda: signer.site.post(signer.manifest, operation, valid[operation]))  # noqa: B023
        assert found == (410, "closed")
    assert signer.site.post(signer.manifest, "send", valid["send"])["status"] == "held"
    ended = timezone.now() - timedelta(seconds=1)
    Petition.objects.filter(id=stage.petition.id).update(sending_ends_at=ended)
    selectors.forget_published()
    for operation in ("send", "withdraw"):
        found = refusal(lambda: signer.site.post(signer.manifest, operation, valid[operation]))  # noqa: B023
        assert found == (410, "closed")
    assert signer.status() == {"status": "held", "version": 1}


def test_the_form_is_checked_before_the_manifest_and_the_manifest_before_the_close(
    stage: Stage,
) -> None:
    signer, valid = bodies(stage)
    ending.close_petition(petition_id=stage.petition.id, now=timezone.now())
    selectors.forget_published()
    foreign = valid["issue"][:1] + bytes(32) + valid["issue"][33:]
    assert refusal(lambda: signer.site.post(signer.manifest, "issue", foreign[:-1]))[0] == 400
    assert refusal(lambda: signer.site.post(signer.manifest, "issue", foreign))[1] == "manifest"


def test_a_withdrawal_that_does_not_open_the_unit_is_refused(stage: Stage) -> None:
    signer, _credential = stage.signed()
    body = messages.withdraw_request(signer.signer, 2)
    spoiled = body[:133] + bytes(32) + body[165:]
    found = refusal(lambda: signer.site.post(signer.manifest, "withdraw", spoiled))
    assert found == (403, "refused")
    assert signer.status() == {"status": "held", "version": 1}


@pytest.mark.django_db(transaction=True)
def test_all_of_it_over_a_live_server(live_server: LiveServer, worker: list[str]) -> None:
    url = live_server.url.replace("localhost", "127.0.0.1")

    def there() -> Stage:
        return Stage(factories.opened(), UrlTransport(), url)

    for spoil in (spoil_version, spoil_padding, cut, extend, nothing):
        test_what_has_not_the_form_is_malformed(there(), spoil)
    test_another_method_is_malformed_too(there())
    test_no_such_petition_is_unknown(there())
    test_another_manifest_is_said_so(there())
    test_a_proof_that_is_not_accepted_is_refused_alike(there(), worker)
    test_refusals_are_the_same_bytes(there())
    test_too_many_requests_are_told_how_long_to_wait(there())
    test_a_database_out_of_reach_is_unavailable_and_the_same_bytes_go_through_later(there())
    test_issuing_closes_first_and_sending_seven_days_later(there())
    test_a_withdrawal_that_does_not_open_the_unit_is_refused(there())
