"""Nothing in the two requests of one signer ties them together: bytes, headers, sizes, and what can be computed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.journeys.conftest import Visit, open_petition
from tests.journeys.mailbox import code_in
from tests.journeys.signer import Petition, Signer
from tests.journeys.stack import Stack
from tests.journeys.stacks import Stacks
from tests.privacy import derivable
from tests.privacy.relay import Message, Relay, open_relay
from tests.reference_client import client as reference
from tests.reference_client.site import Site, UrlTransport

PAPER, MAILBOX = 1, 2
FORBIDDEN = {
    "cookie",
    "authorization",
    "origin-trial",
    "x-request-id",
    "traceparent",
    "if-none-match",
    "if-modified-since",
    "referer",
}


@dataclass(frozen=True)
class Captured:
    """The requests of one signer. `code` is asked for by mailbox signers only."""

    issue: Message
    send: Message
    code: Message | None = None

    @property
    def both(self) -> tuple[Message, Message]:
        return self.issue, self.send


def _site(relay: Relay, petition: Petition) -> Site:
    return Site(UrlTransport(), relay.origin, petition.about["public_id"])


def _sign(relay: Relay, petition: Petition, address: str = "", name: str = "") -> Captured:
    signer = reference.start(_site(relay, petition), secrets.token_bytes(16))
    proof = petition.new_code().replace("-", "").encode()
    if address:
        signer.ask_for_code(address)
        code = code_in(petition.stack.mailbox.wait_for(address)).replace("-", "")
        proof = address.encode() + b"\0" + code.encode()
    credential = signer.issue(MAILBOX if address else PAPER, proof)
    people = {"organizers": reference.Person(name)} if name else None
    signer.send(signer.send_bytes(credential, people=people))
    code_request = relay.requests("code")[-1] if address else None
    return Captured(relay.requests("issue")[-1], relay.requests("send")[-1], code_request)


@pytest.fixture(scope="module")
def written(stacks: Stacks) -> Iterator[Relay]:
    """What wrote down all that `captured` sent and was answered."""
    with open_relay(stacks.get("embedded").origin) as found:
        yield found


@pytest.fixture(scope="module")
def captured(written: Relay, stacks: Stacks) -> list[Captured]:
    """Signers by both proofs, named and not."""
    relay, petition = written, open_petition(stacks.get("embedded"))
    found = [_sign(relay, petition, name=name) for name in ("", "", "Ada Lovelace")]
    addresses = [f"linked.{secrets.token_hex(4)}@example.com" for _ in range(3)]
    names = ("", "Grace Hopper", "")
    return found + [_sign(relay, petition, a, n) for a, n in zip(addresses, names, strict=True)]


def _constants(captured: list[Captured]) -> list[bytes]:
    """What every signer sends: the manifest hash, and no more."""
    (manifest_hash,) = {m.body[1:33] for one in captured for m in one.both}
    return [manifest_hash]


def _alike(captured: list[Captured]) -> list[bytes]:
    """How every request begins: version, manifest hash, and the class that is counted apart anyway."""
    (manifest_hash,) = _constants(captured)
    return [b"\x01" + manifest_hash + end for end in (b"\x01\0\0\0", b"\x02\0\0\0")]


def test_two_requests_of_a_signer_share_no_bytes_but_the_manifest(captured: list[Captured]) -> None:
    for one in captured:
        assert derivable.common(one.issue.body, one.send.body, _alike(captured)) == set()


def test_asking_for_a_code_shares_no_bytes_with_the_signature(captured: list[Captured]) -> None:
    for one in (c for c in captured if c.code):
        assert one.code is not None
        assert derivable.common(one.code.body, one.send.body, _alike(captured)) == set()


def test_nothing_computed_from_one_request_is_in_the_other(captured: list[Captured]) -> None:
    constants = _constants(captured)
    for one in captured[::3]:
        issue = derivable.fields(one.issue.body, derivable.ISSUE_FIELDS)
        send = derivable.fields(one.send.body, derivable.SEND_FIELDS)
        assert derivable.derivable(issue, one.send.body, constants) == []
        assert derivable.derivable(send, one.issue.body, constants) == []
        assert derivable.shared_images(issue, send, constants) == set()


def test_headers_are_the_same_for_every_signer(captured: list[Captured]) -> None:
    for heads in (
        {one.issue.head for one in captured},
        {one.send.head for one in captured},
        {one.code.head for one in captured if one.code},
    ):
        assert len(heads) == 1
    assert not {name for one in captured for m in one.both for name in m.headers} & FORBIDDEN


def test_requests_and_answers_have_one_size(captured: list[Captured], written: Relay) -> None:
    assert {len(one.issue.body) for one in captured} == {1024}
    assert {len(one.send.body) for one in captured} == {4096}
    assert {len(one.code.body) for one in captured if one.code} == {512}
    answers = [bytes(e.answered) for e in written.exchanges if e.sent.startswith(b"POST")]
    assert {len(answer.partition(b"\r\n\r\n")[2]) for answer in answers} == {1536}
    assert not any(b"set-cookie" in answer.lower() for answer in answers)


def test_the_comparison_finds_what_a_careless_client_would_send(captured: list[Captured]) -> None:
    one, constants = captured[0], _constants(captured)
    key = one.send.body[38:70]
    careless = replace(one.issue, body=one.issue.body[:-32] + key)
    assert derivable.common(careless.body, one.send.body, constants)
    hashed = replace(one.issue, body=one.issue.body[:-32] + hashlib.sha256(key).digest())
    send = derivable.fields(one.send.body, derivable.SEND_FIELDS)
    assert derivable.derivable(send, hashed.body, constants)
    issue = [*derivable.fields(one.issue.body, derivable.ISSUE_FIELDS), key]
    assert derivable.shared_images(issue, send, constants)


@pytest.mark.browser
def test_a_browser_sends_two_requests_that_nothing_ties_together(
    relay: Relay, embedded: Stack, visit: Visit
) -> None:
    petition = open_petition(embedded)
    through = replace(petition, stack=replace(embedded, origin=relay.origin))
    found = []
    for name in ("", "Katherine Johnson"):
        Signer(visit(through.stack), through).sign_by_paper(name)
        found.append(Captured(relay.requests("issue")[-1], relay.requests("send")[-1]))
    constants = _constants(found)
    for one in found:
        assert derivable.common(one.issue.body, one.send.body, _alike(found)) == set()
        assert not (set(one.issue.headers) | set(one.send.headers)) & FORBIDDEN
        issue = derivable.fields(one.issue.body, derivable.ISSUE_FIELDS)
        send = derivable.fields(one.send.body, derivable.SEND_FIELDS)
        assert derivable.shared_images(issue, send, constants) == set()
    assert len({one.issue.head for one in found}) == len({one.send.head for one in found}) == 1
