"""Journeys of the reference client, which knows docs/protocol.md and nothing else."""

from __future__ import annotations

import pytest
from django.core import mail

from organizing.signing import selectors
from tests.factories import DOMAIN, UNIT
from tests.reference_client import messages
from tests.reference_client.client import Person
from tests.reference_client.secret import secret_of, words_of
from tests.reference_client.site import Refusal
from tests.reference_client.wire import padded, u16
from tests.signing.conftest import mailed_code
from tests.stage import Stage

ADA = Person("Ada Lovelace", job_title="Analyst", site="London")


def test_a_paper_code_signs_in_private(stage: Stage) -> None:
    signer, credential = stage.with_paper()
    assert credential.class_letter == "A"
    assert signer.send(signer.send_bytes(credential)) == {"status": "held", "version": 1}
    assert signer.status() == {"status": "held", "version": 1}


def test_a_code_to_the_work_mailbox_signs_in_class_b(stage: Stage, worker: list[str]) -> None:
    signer = stage.signer()
    address = f" Ada+petition@{DOMAIN.upper()} "
    assert signer.ask_for_code(address) == {"status": "accepted"}
    assert mail.outbox[-1].to == [f"ada@{DOMAIN}"]
    credential = signer.issue(2, messages.mailbox_proof(address, mailed_code().lower()))
    said = messages.read_attestation(credential.attestation, signer.manifest.attestation_key)
    assert (credential.class_letter, said.subject) == ("B", f"ada@{DOMAIN}")
    assert signer.send(signer.send_bytes(credential))["status"] == "held"


@pytest.mark.parametrize(
    "address", ["nobody@elsewhere.test", "a@b@c", "x@" + DOMAIN + ".evil.test"]
)
def test_asking_for_a_code_is_answered_alike_for_every_address(
    stage: Stage, worker: list[str], address: str
) -> None:
    signer = stage.signer()
    name = address.encode()
    good = messages.code_request(signer.manifest.mh, "en", f"a@{DOMAIN}")
    bad = good[:49] + u16(len(name)) + padded(name, 254) + bytes(207)
    assert signer.site.post(signer.manifest, "code", bad) == {"status": "accepted"}
    assert mail.outbox == []


def test_a_name_is_sealed_to_the_organizers_and_replaces_an_anonymous_signature(
    stage: Stage,
) -> None:
    signer, credential = stage.signed()
    named = signer.send_bytes(credential, version=2, unit=UNIT, people={"organizers": ADA})
    assert signer.send(named) == {"status": "held", "version": 2}
    assert len(named) == len(signer.sent[0])
    with pytest.raises(Refusal, match="409 stale"):
        signer.send(signer.sent[0])


def test_withdrawing_is_final_until_somebody_signs_again_with_a_higher_version(
    stage: Stage,
) -> None:
    signer, credential = stage.signed()
    assert signer.withdraw(2) == {"status": "withdrawn", "version": 2}
    assert signer.status() == {"status": "withdrawn", "version": 2}
    assert signer.withdraw(9) == {"status": "withdrawn", "version": 2}
    with pytest.raises(Refusal, match="409 stale"):
        signer.send(signer.sent[0])
    with pytest.raises(Refusal, match="409 stale"):
        signer.send(signer.send_bytes(credential, version=2))
    assert signer.send(signer.send_bytes(credential, version=3)) == {"status": "held", "version": 3}


def test_a_lost_answer_is_asked_for_again_with_the_same_bytes(stage: Stage) -> None:
    signer = stage.signer()
    proof = messages.paper_proof(stage.paper_code())
    first, second = signer.issue(1, proof), signer.issue(1, proof)
    assert first == second
    body = signer.send_bytes(first)
    assert signer.send(body) == signer.send(body) == {"status": "held", "version": 1}


def test_a_killed_tab_resumes_from_the_words_alone(stage: Stage) -> None:
    signer = stage.signer()
    code = stage.paper_code()
    first = signer.issue(1, messages.paper_proof(code))
    words = words_of(signer.signer.secret)
    again = stage.signer(int.from_bytes(secret_of(f"  {words.upper()}\n"), "big"))
    typed = code.lower().replace("0", "o").replace("1", "l")
    assert again.issue(1, messages.paper_proof(typed)) == first


def test_a_signature_moves_on_from_words_after_it_was_counted(stage: Stage) -> None:
    signers = [stage.signed() for _ in range(3)]
    later = stage.flush()
    assert [t.total for t in selectors.totals(stage.petition.id)] == [3, 0]
    signer, credential = signers[0]
    assert signer.status() == {"status": "held", "version": 1}
    assert signer.send(signer.sent[0]) == {"status": "held", "version": 1}
    signer.send(signer.send_bytes(credential, version=2, unit=UNIT))
    signers[1][0].withdraw(5)
    assert [t.total for t in selectors.totals(stage.petition.id)] == [3, 0]
    for _ in range(3):
        stage.signed()
    stage.flush(later)
    assert [t.total for t in selectors.totals(stage.petition.id)] == [5, 0]
    assert selectors.unit_totals(stage.petition.id)[UNIT] == 1


def test_a_stranger_is_unknown_and_so_is_a_wrong_signature(stage: Stage) -> None:
    stranger, (signer, _credential) = stage.signer(), stage.signed()
    assert stranger.status() == {"status": "unknown"}
    assert stranger.withdraw(2) == {"status": "unknown"}
    bodies = {
        "status": messages.status_request(signer.signer),
        "withdraw": messages.withdraw_request(signer.signer, 2),
    }
    for operation, body in bodies.items():
        spoiled = body[:100] + bytes([body[100] ^ 1]) + body[101:]
        answer = signer.site.post(signer.manifest, operation, spoiled)
        assert answer == {"status": "unknown"}
    assert signer.status() == {"status": "held", "version": 1}
