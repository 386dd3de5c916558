"""What is refused before a proof is spent on it, and a code that was never given out."""

from __future__ import annotations

import pytest
from django.utils import timezone

from organizing.crypto import codes, tokens
from organizing.crypto.manifests import CLASS_A, MAILBOX, PAPER
from organizing.crypto.messages import IssueRequest
from organizing.eligibility import services
from organizing.eligibility.models import PaperCode, SpentProof
from organizing.eligibility.proofs import day_of
from organizing.errors import Malformed, Refused
from organizing.petitions import selectors
from organizing.petitions.selectors import PublishedPetition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition() -> PublishedPetition:
    return factories.opened()


def ask(petition: PublishedPetition, method: int, proof: bytes, blinded: bytes) -> None:
    request = IssueRequest(petition.manifest.hash, method, proof, bytes(32), blinded)
    services.issue_credential(petition=petition, request=request, now=timezone.now())


def test_a_blinded_message_that_is_not_below_the_modulus_spends_nothing(
    petition: PublishedPetition,
) -> None:
    code = factories.paper_codes(petition, 1)[0].encode()
    n = petition.manifest.issuers[CLASS_A]
    for blinded in (tokens.modulus_bytes(n), b"\xff" * 384):
        with pytest.raises(Malformed):
            ask(petition, PAPER, code, blinded)
    assert (PaperCode.objects.count(), SpentProof.objects.count()) == (1, 0)
    ask(petition, PAPER, code, (n - 1).to_bytes(384, "big"))
    assert (PaperCode.objects.count(), SpentProof.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("address", "taken"), [(f"a@{factories.DOMAIN}", True), ("a@elsewhere.test", False)]
)
def test_a_right_code_for_an_address_elsewhere_is_refused(
    petition: PublishedPetition, address: str, taken: bool
) -> None:
    key = selectors.issuer_secrets(petition.id).code_key
    code = codes.mail_code(key, petition.manifest.hash, address, day_of(timezone.now()))
    proof = address.encode() + b"\0" + code.encode()
    if taken:
        ask(petition, MAILBOX, proof, bytes(383) + b"\1")
        return
    with pytest.raises(Refused):
        ask(petition, MAILBOX, proof, bytes(383) + b"\1")
