"""The page of counts: for organizers and representatives, and as sparing as the counts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign
from organizing.campaigns import selectors
from organizing.campaigns.picturing import next_mark
from organizing.crypto import codes
from organizing.crypto.manifests import MAILBOX
from organizing.eligibility.models import RequestTally
from organizing.eligibility.proofs import day_of
from organizing.eligibility.services import count_requested
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition
from organizing.signing.models import Batch, Tally
from tests import factories
from tests.factories import DOMAIN, Wanted
from tests.reference_client import messages
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition(campaign: Campaign) -> Petition:
    return factories.frozen(Wanted(k=10, epoch_seconds=86_400), of=campaign)


def counted(petition: Petition, proof_class: int, total: int) -> None:
    now = timezone.now()
    Batch.objects.create(
        petition=petition, proof_class=proof_class, number=1, due_at=now, added=total, total=total
    )
    tally = Tally.objects.filter(petition=petition, proof_class=proof_class)
    tally.update(total=total, due_at=now)


def page(client: Client, petition: Petition) -> str:
    answer = client.get(reverse("workspace-counts", args=[petition.id]))
    assert answer.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_before_the_first_batch_the_page_says_what_happens_next(
    representative: Client, petition: Petition
) -> None:
    shown = page(representative, petition)
    assert "fewer than 10" in shown
    assert "If fewer wait, nothing moves" in shown
    assert "Next batch:" in shown


def test_both_classes_stand_apart_with_picture_and_table(
    organizer: Client, petition: Petition
) -> None:
    counted(petition, 1, 1640)
    counted(petition, 2, 83)
    shown = page(organizer, petition)
    assert "1,640" in shown
    assert ">83<" in shown
    assert '<svg class="ring"' in shown
    assert '<svg class="chart"' in shown
    assert "<caption>Totals after each batch</caption>" in shown


def test_a_small_class_shows_in_no_number_label_or_stroke(
    organizer: Client, petition: Petition
) -> None:
    counted(petition, 1, 200)
    small = page(organizer, petition)
    counted(petition, 2, 7)
    assert page(organizer, petition) == small


def _opened_a_month_ago(petition: Petition) -> None:
    petition.opens_at = timezone.now() - timedelta(days=30)
    petition.save()


def test_days_before_a_code_could_be_asked_for_are_not_listed(petition: Petition) -> None:
    today = timezone.now().date()
    assert selectors.mailbox_days(petition, today) == []
    yesterday = today - timedelta(days=1)
    petition.opens_at = timezone.now() - timedelta(days=1)
    assert [day.day for day in selectors.mailbox_days(petition, today)] == [yesterday]
    _opened_a_month_ago(petition)
    assert len(selectors.mailbox_days(petition, today)) == selectors.DAYS_SHOWN


def test_requests_for_mailbox_codes_show_in_bands(organizer: Client, petition: Petition) -> None:
    today = timezone.now().date()
    _opened_a_month_ago(petition)
    yesterday = today - timedelta(days=1)
    RequestTally.objects.create(petition=petition, day=yesterday, requested=57)
    days = selectors.mailbox_days(petition, today)
    assert len(days) == selectors.DAYS_SHOWN
    assert (days[0].requested.low, days[0].requested.high) == (50, 99)
    assert (days[1].requested.low, days[1].requested.high) == (0, 9)
    shown = page(organizer, petition)
    assert "50 to 99" in shown
    assert ">57<" not in shown


def test_a_day_with_one_request_looks_like_a_day_without(petition: Petition) -> None:
    today = timezone.now().date()
    _opened_a_month_ago(petition)
    before = selectors.mailbox_days(petition, today)
    day = today - timedelta(days=2)
    RequestTally.objects.create(petition=petition, day=day, requested=1)
    assert selectors.mailbox_days(petition, today) == before


def test_what_is_asked_for_today_shows_to_nobody_and_other_days_to_organizers_alone(
    organizer: Client, representative: Client, petition: Petition
) -> None:
    today = timezone.now().date()
    _opened_a_month_ago(petition)
    yesterday = today - timedelta(days=1)
    RequestTally.objects.create(petition=petition, day=yesterday, requested=9)
    seen = [page(client, petition) for client in (organizer, representative)]
    for _ in range(petition.k + 1):
        count_requested(petition_id=petition.id, today=today)
    assert [page(client, petition) for client in (organizer, representative)] == seen
    assert ["Codes asked for" in one for one in seen] == [True, False]


def test_no_credential_that_is_given_out_shows_before_its_batch(
    organizer: Client, petition: Petition
) -> None:
    _opened_a_month_ago(petition)
    here = Stage(petitions.published(petition.private_id), InProcess())
    key, day = petitions.issuer_secrets(petition.id).code_key, day_of(timezone.now())
    before = page(organizer, petition)
    for number in range(petition.k + 1):
        address = f"worker{number}@{DOMAIN}"
        code = codes.mail_code(key, here.petition.manifest.hash, address, day)
        here.signer().issue(MAILBOX, messages.mailbox_proof(address, code))
    assert page(organizer, petition) == before


@pytest.mark.parametrize(
    ("total", "mark"), [(0, 10), (9, 10), (10, 20), (199, 200), (200, 500), (1640, 2000)]
)
def test_the_ring_goes_on_to_the_next_round_number(total: int, mark: int) -> None:
    assert next_mark(total) == mark
