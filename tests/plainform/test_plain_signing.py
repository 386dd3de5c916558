"""Signing without JavaScript: proof and signature in one form."""

import re
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from organizing.crypto import envelopes, manifests, messages, sealing, words
from organizing.crypto.encoding import b64u
from organizing.eligibility.models import PaperCode, SpentProof
from organizing.petitions.selectors import PublishedPetition
from organizing.plainform import services
from organizing.plainform.services import PlainProof
from organizing.signing import epochs
from organizing.signing.models import PendingRecord
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition() -> PublishedPetition:
    """An open petition."""
    return factories.opened()


@pytest.fixture
def site() -> Client:
    """Somebody's browser."""
    return Client(SERVER_NAME="127.0.0.1")


def _drawn(page: bytes) -> str:
    found = re.search(r'name="words"[^>]*value="([a-z ]+)"', page.decode())
    assert found, "no words on the page"
    return found[1]


def test_a_worker_signs_with_a_code_and_words(petition: PublishedPetition, site: Client) -> None:
    code = factories.paper_codes(petition, 1)[0]
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    answer = site.post(f"{base}sign/", {"words": given, "code": code})
    assert (answer.status_code, answer["Location"]) == (303, f"{base}done/")
    assert PaperCode.objects.count() == 0
    status = services.status_of(
        petition=petition, secret=words.secret_of(given), now=timezone.now()
    )
    assert status.status == "held"


def test_a_unit_can_be_named_without_javascript(petition: PublishedPetition, site: Client) -> None:
    code = factories.paper_codes(petition, 1)[0]
    base, unit = f"/p/{petition.pid}/en/plain/", b64u(factories.UNIT)
    page = site.post(base).content
    assert f'<option value="{unit}">Site 1</option>'.encode() in page
    form = {"words": _drawn(page), "code": code}
    wrong = site.post(f"{base}sign/", {**form, "unit": b64u(bytes(range(16)))})
    assert (wrong.status_code, PaperCode.objects.count()) == (422, 1)
    assert b"Choose from the list." in wrong.content
    mistyped = site.post(f"{base}sign/", {**form, "code": "", "unit": unit})
    assert f'value="{unit}" selected'.encode() in mistyped.content
    assert site.post(f"{base}sign/", {**form, "unit": unit}).status_code == 303
    epoch = epochs.refresh(petition.id, manifests.CLASS_A).open
    waiting = epochs.unseal(epoch.key, bytes(PendingRecord.objects.get().sealed))
    assert waiting.unit == factories.UNIT


def test_the_form_can_be_sent_again(petition: PublishedPetition, site: Client) -> None:
    code = factories.paper_codes(petition, 1)[0]
    base = f"/p/{petition.pid}/en/plain/"
    form = {"words": _drawn(site.post(base).content), "code": code}
    answers = [site.post(f"{base}sign/", form) for _ in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (303, f"{base}done/")
    }
    assert PendingRecord.objects.count() == SpentProof.objects.count() == 1


def test_every_slot_of_a_plain_signature_is_empty(petition: PublishedPetition) -> None:
    code = factories.paper_codes(petition, 1)[0]
    secret = bytes(16)
    services.sign_plainly(
        petition=petition, secret=secret, proof=PlainProof(code), now=timezone.now()
    )
    epoch = epochs.refresh(petition.id, manifests.CLASS_A).open
    waiting = epochs.unseal(epoch.key, bytes(PendingRecord.objects.get().sealed))
    record = messages.read_record(waiting.record, petition.manifest.envelope_bytes)
    info = envelopes.slot_info(petition.manifest.hash, "organizers", record.pk_w)
    private = sealing.private_key(factories.ORGANIZERS_SEED)
    assert not any(sealing.open_slot(private, record.envelope, info))


def test_a_spent_slip_does_nothing(petition: PublishedPetition, site: Client) -> None:
    code = factories.paper_codes(petition, 1)[0]
    base = f"/p/{petition.pid}/en/plain/"
    site.post(f"{base}sign/", {"words": _drawn(site.post(base).content), "code": code})
    finder = _drawn(site.post(base).content)
    assert site.post(f"{base}sign/", {"words": finder, "code": code}).status_code == 422
    assert PendingRecord.objects.count() == 1


def test_a_wrong_code_loses_nothing_that_was_typed(
    petition: PublishedPetition, site: Client
) -> None:
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    answer = site.post(f"{base}sign/", {"words": given, "code": "WRNG-0000-0000-0000"})
    assert answer.status_code == 422
    assert _drawn(answer.content) == given
    assert b"WRNG-0000-0000-0000" in answer.content


def test_a_mistyped_word_is_named(petition: PublishedPetition, site: Client) -> None:
    answer = site.post(
        f"/p/{petition.pid}/en/plain/receipt/",
        {"words": "abandon " * 10 + "abandom about", "do": "check"},
    )
    assert answer.status_code == 422
    assert "abandom" in answer.content.decode()


def test_words_withdraw(petition: PublishedPetition, site: Client) -> None:
    code = factories.paper_codes(petition, 1)[0]
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    site.post(f"{base}sign/", {"words": given, "code": code})
    answer = site.post(f"{base}receipt/", {"words": given, "do": "withdraw"})
    assert (answer.status_code, answer["Location"]) == (303, f"{base}receipt/withdrawn/")
    again = site.post(f"{base}sign/", {"words": given, "code": code})
    assert again["Location"] == f"{base}receipt/withdrawn/"
    secret = words.secret_of(given)
    status = services.status_of(petition=petition, secret=secret, now=timezone.now())
    assert status.status == "withdrawn"


def test_words_appear_only_on_answers_that_are_not_kept(
    petition: PublishedPetition, site: Client
) -> None:
    base = f"/p/{petition.pid}/en/plain/"
    assert site.get(base).content == site.get(base).content
    answer = site.post(base)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_code_of_the_wrong_length_is_said_so_and_not_tried(
    petition: PublishedPetition, site: Client
) -> None:
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    answer = site.post(f"{base}sign/", {"words": given, "code": "AB12-CD3"})
    assert answer.status_code == 422
    assert "You typed 7." in answer.content.decode()
    assert 'value="AB12-CD3"' in answer.content.decode()


@pytest.mark.parametrize(("page", "service"), [("sign", "sign_plainly"), ("receipt", "status_of")])
def test_a_database_that_does_not_answer_loses_nothing_that_was_typed(
    petition: PublishedPetition, site: Client, page: str, service: str
) -> None:
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    with mock.patch.object(services, service, side_effect=OperationalError("locked")):
        answer = site.post(f"{base}{page}/", {"words": given, "code": "0000-0000-0000-0000"})
    assert answer.status_code == 422
    assert "Send the form again in a moment." in answer.content.decode()
    assert given in answer.content.decode()


def test_a_page_that_cannot_be_read_now_says_so(petition: PublishedPetition, site: Client) -> None:
    with mock.patch(
        "organizing.petitions.selectors.published", side_effect=OperationalError("out of reach")
    ):
        answer = site.get(f"/p/{petition.pid}/en/receipt/")
    assert answer.status_code == 503
    assert "The site cannot answer just now" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_where_a_signature_stands_is_told_by_a_page_that_has_no_words(
    petition: PublishedPetition, site: Client
) -> None:
    base = f"/p/{petition.pid}/en/plain/"
    given = _drawn(site.post(base).content)
    looked = site.post(f"{base}receipt/", {"words": given, "do": "check"})
    assert (looked.status_code, looked["Location"]) == (303, f"{base}receipt/unknown/")
    for end, said in (
        ("receipt/unknown/", "The site knows no signature for these words."),
        ("receipt/held/", "The site holds your signature."),
        ("receipt/withdrawn/", "Your signature is withdrawn."),
        ("done/", "You have signed."),
    ):
        page = site.get(base + end)
        assert page.status_code == 200
        assert said in page.content.decode()
        assert page.content == site.get(base + end).content
        assert site.post(base + end).status_code == 405
