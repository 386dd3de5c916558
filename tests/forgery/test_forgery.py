"""Forgeries fail closed: they are refused, and no table changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from organizing.signing import selectors
from tests import stage
from tests.factories import UNIT, Wanted
from tests.forgery.tables import snapshot
from tests.reference_client import ed25519, messages
from tests.reference_client.client import Client, Credential, Person
from tests.reference_client.messages import NO_UNIT, Content
from tests.reference_client.site import Refusal
from tests.reference_client.wire import label
from tests.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Stage:
    return stage.opened()


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """The site refuses by one of these codes, and every table is as it was."""
    before = snapshot()
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code in codes
    assert snapshot() == before


def send(client: Client, body: bytes) -> None:
    client.site.post(client.manifest, "send", body)


def envelope_of(body: bytes) -> bytes:
    return body[518 : 518 + 2672]


def signed_again(client: Client, body: bytes, envelope_bytes: int = 2672) -> bytes:
    """The same request with a signature that fits whatever was changed in it."""
    signed = body[: 518 + envelope_bytes]
    signature = ed25519.sign(client.signer.seed, label("send") + signed)
    return signed + signature + body[582 + envelope_bytes :]


def content(credential: Credential, body: bytes) -> Content:
    return Content(credential.class_letter, 1, credential.token, NO_UNIT, envelope_of(body))


def test_a_token_of_another_petition(here: Stage) -> None:
    """The other petition even has the same issuer keys: the manifest hash is in the message."""
    there = stage.opened()
    one = here.signer(7)
    other = there.signer(7)
    assert one.manifest.modulus("A") == other.manifest.modulus("A")
    foreign = other.issue(1, messages.paper_proof(there.paper_code()))
    with refused("refused"):
        send(one, one.send_bytes(foreign))
    with refused("manifest"):
        send(one, other.send_bytes(foreign))


def test_a_token_of_another_signer(here: Stage) -> None:
    _one, credential = here.with_paper()
    thief = here.signer()
    with refused("refused"):
        send(thief, thief.send_bytes(credential))


def test_a_token_with_another_prefix(here: Stage) -> None:
    signer, credential = here.with_paper()
    body = signer.send_bytes(credential)
    with refused("refused"):
        send(signer, signed_again(signer, body[:70] + bytes(32) + body[102:]))


def test_an_envelope_moved_to_another_signature(here: Stage) -> None:
    """The send is valid bytes of its sender, so it is held; but no key opens the envelope there."""
    victim, credential = here.with_paper()
    named = victim.send_bytes(credential, people={"organizers": Person("Ada")})
    thief, own = here.with_paper()
    body = messages.send_request(thief.signer, content(own, named))
    with refused("refused"):
        send(thief, body[:518] + envelope_of(victim.send_bytes(credential)) + body[518 + 2672 :])
    assert thief.send(body)["status"] == "held"


def test_somebody_elses_signature_cannot_be_changed(here: Stage) -> None:
    victim, credential = here.signed()
    attacker = here.signer()
    body = bytearray(victim.send_bytes(credential, version=2))
    with refused("refused"):
        send(victim, signed_again(attacker, bytes(body)))
    spoiled = body[:34] + b"\0\0\0\x03" + body[38:]
    with refused("refused"):
        send(victim, bytes(spoiled))


def test_a_lower_version_and_a_replay(here: Stage) -> None:
    signer, credential = here.signed()
    second = signer.send_bytes(credential, version=2)
    signer.send(second)
    for old in (signer.sent[0], signer.send_bytes(credential, version=1)):
        with refused("stale"):
            send(signer, old)
    with refused("stale"):
        send(signer, signer.send_bytes(credential, version=2))
    signer.withdraw(3)
    for old in (signer.sent[0], second, signer.send_bytes(credential, version=3)):
        with refused("stale"):
            send(signer, old)


def test_a_replay_after_the_batch(here: Stage) -> None:
    signers = [here.signed() for _ in range(4)]
    here.flush()
    gone, _credential = signers[0]
    gone.withdraw(2)
    before = snapshot()
    with pytest.raises(Refusal, match="stale"):
        send(gone, gone.sent[0])
    for signer, _credential in signers[1:]:
        assert signer.send(signer.sent[0])["status"] == "held"
    assert snapshot() == before


@pytest.mark.parametrize("class_byte", [0, 2, 3, 255])
def test_a_class_swapped(here: Stage, class_byte: int) -> None:
    signer, credential = here.with_paper()
    body = signer.send_bytes(credential)
    with refused("refused"):
        send(signer, signed_again(signer, body[:33] + bytes([class_byte]) + body[34:]))


def test_a_class_that_the_petition_does_not_have() -> None:
    """Without class B, a token of class A under the name of class B is nothing."""
    here = stage.opened(Wanted(mailbox=False))
    signer, credential = here.with_paper()
    with refused("refused"):
        send(signer, signer.send_bytes(replace_class(credential)))


def replace_class(credential: Credential) -> Credential:
    return replace(credential, class_letter="B")


def test_a_credential_of_one_class_signs_once_in_all(here: Stage) -> None:
    """The same key, signed by both issuers, counts where it was counted first."""
    signer, credential = here.signed()
    for _ in range(3):
        here.signed()
    here.flush()
    swapped = replace_class(credential)
    with refused("refused"):
        send(signer, signer.send_bytes(swapped, version=2))
    assert [t.total for t in selectors.totals(here.petition.id) if t.total] == [4]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tail: b"\x01" * 16 + tail[16:],
        lambda tail: UNIT + tail[16:],
        lambda tail: tail[:16] + bytes(32) + tail[48:],
    ],
    ids=["unknown unit", "another unit", "another opening"],
)
def test_a_unit_that_does_not_open(here: Stage, spoil: Callable[[bytes], bytes]) -> None:
    signer, credential = here.with_paper()
    body = signer.send_bytes(credential)
    with refused("refused"):
        send(signer, body[: 582 + 2672] + spoil(body[582 + 2672 :]))


def test_a_unit_of_somebody_elses_making(here: Stage) -> None:
    """A commitment to a unit that the manifest does not have, opened as it should be."""
    signer, credential = here.with_paper()
    with refused("refused"):
        send(signer, signer.send_bytes(credential, unit=b"sixteen bytes id"))


def test_padding_after_the_last_field(here: Stage) -> None:
    signer, credential = here.with_paper()
    for body in (signer.send_bytes(credential), messages.status_request(signer.signer)):
        operation = "send" if body[33] == 1 else "status"
        for at in (len(body) - 1, len(body) - 50):
            with refused("malformed"):
                spoiled = body[:at] + b"\x01" + body[at + 1 :]
                signer.site.post(signer.manifest, operation, spoiled)


def test_a_withdrawal_by_somebody_else(here: Stage) -> None:
    victim, _credential = here.signed()
    attacker = here.signer()
    body = messages.withdraw_request(victim.signer, 2)
    signature = ed25519.sign(attacker.signer.seed, label("withdraw") + body[:69])
    before = snapshot()
    forged = body[:69] + signature + body[133:]
    answer = victim.site.post(victim.manifest, "withdraw", forged)
    assert answer == {"status": "unknown"}
    relabelled = ed25519.sign(victim.signer.seed, label("send") + body[:69])
    answer = victim.site.post(victim.manifest, "withdraw", body[:69] + relabelled + body[133:])
    assert answer == {"status": "unknown"}
    assert snapshot() == before
    assert victim.status() == {"status": "held", "version": 1}


def test_version_zero(here: Stage) -> None:
    signer, credential = here.with_paper()
    with refused("malformed"):
        send(signer, signer.send_bytes(credential, version=0))


def test_the_highest_version_is_the_last(here: Stage) -> None:
    signer, credential = here.signed()
    signer.send(signer.send_bytes(credential, version=2**32 - 1))
    with refused("stale"):
        signer.withdraw(2**32 - 1)
