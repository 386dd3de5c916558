"""One proof, several requests at the same moment: one credential, counted once."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.utils import timezone

from organizing.crypto import codes, tokens
from organizing.eligibility.models import CodeBatch, PaperCode, SpentProof
from organizing.eligibility.services import revoke_code_batch
from organizing.petitions import selectors as petitions
from tests import stage
from tests.at_once import at_once
from tests.factories import DOMAIN
from tests.reference_client import messages
from tests.reference_client.client import Client, Credential
from tests.reference_client.site import Refusal
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = f"ada@{DOMAIN}"


def mailbox_proof(here: Stage) -> bytes:
    key = petitions.issuer_secrets(here.petition.id).code_key
    day = int(timezone.now().timestamp()) // 86_400
    code = codes.mail_code(key, here.petition.manifest.hash, ADDRESS, day)
    return messages.mailbox_proof(ADDRESS, code)


def asks(here: Stage, method: int, proof: bytes) -> Callable[[Client], Callable[[], Credential]]:
    def job(client: Client) -> Callable[[], Credential]:
        own = Stage(here.petition, InProcess()).signer(int.from_bytes(client.signer.secret, "big"))
        return lambda: own.issue(method, proof)

    return job


@pytest.fixture
def here() -> Stage:
    return stage.opened()


@pytest.mark.parametrize("method", [1, 2])
def test_two_signers_with_one_code(here: Stage, method: int) -> None:
    for _ in range(4):
        proof = messages.paper_proof(here.paper_code()) if method == 1 else mailbox_proof(here)
        signers = [here.signer() for _ in range(4)]
        before = SpentProof.objects.count()
        job = asks(here, method, proof)
        results = at_once([job(signer) for signer in signers], Refusal)
        assert len([r for r in results if isinstance(r, Credential)]) == 1
        assert {r.code for r in results if isinstance(r, Refusal)} == {"refused"}
        assert SpentProof.objects.count() == before + 1
        if method == 2:
            return


@pytest.mark.parametrize("method", [1, 2])
def test_the_same_request_several_times_at_once(here: Stage, method: int) -> None:
    proof = messages.paper_proof(here.paper_code()) if method == 1 else mailbox_proof(here)
    signer = here.signer()
    job = asks(here, method, proof)
    results = at_once([job(signer) for _ in range(4)])
    assert len({r.token for r in results if isinstance(r, Credential)}) == 1
    assert len({r.attestation for r in results if isinstance(r, Credential)}) == 1
    assert SpentProof.objects.count() == 1


def test_a_batch_is_revoked_while_its_codes_are_spent(here: Stage) -> None:
    proof = messages.paper_proof(here.paper_code())
    batch = CodeBatch.objects.get()
    job = asks(here, 1, proof)
    issue = job(here.signer())
    first, _revoked = at_once([issue, lambda: revoke_code_batch(batch=batch)], Refusal)
    assert PaperCode.objects.count() == 0
    assert SpentProof.objects.count() == isinstance(first, Credential)


def test_a_proof_is_not_lost_where_the_private_operation_fails(here: Stage) -> None:
    """It is recorded first: the same request can be repeated, and gets its credential."""
    proof = messages.paper_proof(here.paper_code())
    signer = here.signer()
    failing = mock.patch.object(tokens, "blind_sign", side_effect=tokens.TokenError("failure"))
    with failing, pytest.raises(Refusal, match="503 unavailable"):
        signer.issue(1, proof)
    assert signer.issue(1, proof).class_letter == "A"
    assert SpentProof.objects.count() == 1
