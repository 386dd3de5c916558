"""A corrupt, foreign or forged row is reported by its record id, and never stops the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from organizing.disclosure.opener import OPENED_IN_PART
from tests.disclosure import sealed
from tests.disclosure.opened import Opened, open_file
from tests.disclosure.sealed import Worker
from tests.reference_client import ed25519, envelope
from tests.reference_client.wire import b64u, label, padded, u8, u16
from tests.vectors import worked_example

ADA, EVE = Worker("Ada"), Worker("Eve")
TOKEN, PREFIX, KEY, ENVELOPE, SIGNATURE = 103, 71, 39, 519, 519 + 2672


def opened(folder: Path, *records: bytes) -> Opened:
    """With Ada, whose row has to be there whatever else is."""
    found = open_file(folder, sealed.export([ADA.record(), *records]))
    assert found.row(ADA)["Name"] == "Ada"
    return found


def signed_again(worker: Worker, record: bytes) -> bytes:
    """The record with an Ed25519 signature that fits whatever was changed."""
    body = record[1:-64]
    return record[:1] + body + ed25519.sign(worker.signer.seed, label("send") + body)


@pytest.mark.parametrize(
    "at", [KEY, KEY + 31, PREFIX, TOKEN, TOKEN + 383, ENVELOPE, SIGNATURE, -1, 35]
)
def test_a_flipped_bit_anywhere_drops_the_record(tmp_path: Path, at: int) -> None:
    record = EVE.record()
    spoiled = sealed.flipped(record, at % len(record))
    found = opened(tmp_path, spoiled)
    assert found.code == OPENED_IN_PART
    reported = sealed.nullifier_of(spoiled).hex()[:32]
    assert f"{reported} (Row" in found.said
    assert "it was changed" in found.said
    assert list(found.rows) == [ADA.record_id]


def changed(at: int, value: bytes) -> Callable[[Worker], bytes]:
    def change(worker: Worker) -> bytes:
        record = worker.record()
        return signed_again(worker, record[:at] + value + record[at + len(value) :])

    return change


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (changed(1, b"\x02"), "The record is damaged."),
        (changed(2, bytes(32)), "It belongs to another petition."),
        (changed(34, b"\x03"), "a proof that this petition does not have"),
        (changed(34, b"\x02"), "The proof of employment is false."),
        (changed(35, bytes(4)), "The record is damaged."),
        (changed(PREFIX, bytes(32)), "The proof of employment is false."),
        (changed(TOKEN, bytes(384)), "The proof of employment is false."),
        (changed(TOKEN, b"\xff" * 384), "The proof of employment is false."),
        (lambda w: u8(7) + w.record()[1:], "Not a kind of record that exists."),
        (lambda w: w.withdrawal(2)[:-1] + b"\x01", "The record is damaged."),
        (lambda w: w.withdrawal(0), "The record is damaged."),
    ],
)
def test_what_is_signed_and_still_wrong(
    tmp_path: Path, make: Callable[[Worker], bytes], reason: str
) -> None:
    found = opened(tmp_path, make(EVE))
    assert found.code == OPENED_IN_PART
    assert reason in found.said
    assert list(found.rows) == [ADA.record_id]


def test_a_key_of_small_order_signs_for_nobody(tmp_path: Path) -> None:
    record = EVE.record()
    small = (1).to_bytes(32, "little")
    forged = record[:KEY] + small + record[KEY + 32 : -64] + small + bytes(32)
    assert "it was changed" in opened(tmp_path, forged).said


def test_an_envelope_moved_to_another_signature_does_not_open(tmp_path: Path) -> None:
    thief = Worker("Thief")
    moved = thief.record(sealed=EVE.seal(EVE.named()))
    found = opened(tmp_path, moved)
    assert list(found.rows) == [ADA.record_id]
    assert f"{thief.record_id} (Row" in found.said
    assert "Counted, but the envelope does not open with this key." in found.said
    assert "Name cannot be read: 1" in found.said


def outcome(folder: Path, worker: Worker, **changes: str) -> str:
    record = worker.record(sealed=worker.seal(worker.named(**changes)))
    return opened(folder, record).row(worker)["How verified"]


def test_a_stolen_attestation_verifies_nothing(tmp_path: Path) -> None:
    victim = Worker(address="victim@example-employer.test")
    thief = Worker("Victor Victim", address="thief@example-employer.test")
    stolen = b64u(victim.attestation)
    expected = "not verified: the proof belongs to another signature"
    assert outcome(tmp_path, thief, attestation=stolen) == expected
    with_opening = outcome(tmp_path, thief, attestation=stolen, opening=b64u(victim.signer.rc))
    assert with_opening == expected


def test_an_attestation_that_the_site_did_not_sign(tmp_path: Path) -> None:
    forged = sealed.flipped(EVE.attestation, 40)
    expected = "not verified: the site did not sign this proof"
    assert outcome(tmp_path, EVE, attestation=b64u(forged)) == expected


def attested(worker: Worker, mh: bytes, method: int, subject: bytes) -> str:
    """Signed by the attestation key, whatever it says."""
    return b64u(worked_example.attestation(mh, method, subject, worker.signer.commitment))


def test_an_attestation_of_another_petition_or_class(tmp_path: Path) -> None:
    mh = sealed.manifest().mh
    foreign = outcome(tmp_path, EVE, attestation=attested(EVE, bytes(32), 1, b""))
    assert foreign == "not verified: the proof belongs to another petition"
    other = attested(EVE, mh, 2, b"eve@example-employer.test")
    expected = "not verified: the proof is of another kind than the signature"
    assert outcome(tmp_path, EVE, attestation=other) == expected
    assert outcome(tmp_path, EVE, attestation=attested(EVE, mh, 9, b"")) == expected


@pytest.mark.parametrize(
    "subject",
    [b"", b"eve@elsewhere.test", b"Eve@example-employer.test", b"e+x@example-employer.test"],
)
def test_a_subject_that_is_no_address_of_the_petition(tmp_path: Path, subject: bytes) -> None:
    worker = Worker("Eve", address="eve@example-employer.test")
    attestation = attested(worker, sealed.manifest().mh, 2, subject)
    expected = "not verified: the proof is damaged"
    assert outcome(tmp_path, worker, attestation=attestation) == expected


def test_a_text_that_is_not_the_petitions(tmp_path: Path) -> None:
    expected = "not verified: the text that was shown is not one of this petition"
    assert outcome(tmp_path, EVE, text=b64u(bytes(32))) == expected
    assert outcome(tmp_path, EVE, language="fr") == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'"name"',
        b"{}",
        b'{"name": 7}',
        b'{"name": "Eve"}',
        b'{"name": NaN}',
        b'{"name": "' + b"x" * 201 + b'"}',
        b"[" * 1500,
        b'{"name": "\xff"}',
    ],
    ids=range(10),
)
def test_a_slot_that_holds_something_else_leaves_an_unreadable_name(
    tmp_path: Path, content: bytes
) -> None:
    plaintext = padded(u8(1) + u16(len(content)) + content, 1536)
    mh, name, pk_w = sealed.manifest().mh, "organizers", EVE.signer.pk_w
    public = envelope.public_key(sealed.organizers_key().public_key)
    slot = envelope.SUITE.encrypt(plaintext, public, envelope.info(mh, name, pk_w))
    found = opened(tmp_path, EVE.record(sealed=slot))
    assert "the envelope holds nothing that can be read" in found.said
    assert f"{EVE.record_id} (Row" in found.said
    assert list(found.rows) == [ADA.record_id]
