"""Paper codes: shown once, on slips that fold shut, and counted only roughly."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Campaign
from organizing.campaigns.slips import make_slips
from organizing.eligibility.models import CodeBatch, PaperCode
from organizing.petitions import links
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition
from organizing.templatetags.fingerprints import in_groups
from tests import factories
from tests.factories import Wanted

pytestmark = pytest.mark.django_db
WANTED = {"label": "canteen", "size": "12", "language": "es"}


@pytest.fixture
def petition(campaign: Campaign) -> Petition:
    return factories.frozen(Wanted(k=10), of=campaign)


def codes_url(petition: Petition) -> str:
    return reverse("workspace-codes", args=[petition.id])


def test_the_sheet_is_shown_once_and_may_not_be_kept(organizer: Client, petition: Petition) -> None:
    sheet = organizer.post(codes_url(petition), WANTED)
    printed = re.findall(r'<p class="code">([^<]+)</p>', sheet.content.decode())
    assert len(set(printed)) == 12
    assert all(re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code) for code in printed)
    assert sheet["Cache-Control"] == "no-store"
    later = organizer.get(codes_url(petition)).content.decode()
    assert not [code for code in printed if code in later]


def test_the_sheet_speaks_the_language_of_who_gets_a_slip(
    organizer: Client, petition: Petition
) -> None:
    sheet = organizer.post(codes_url(petition), WANTED | {"language": "ar"}).content.decode()
    assert '<ul class="slips full" lang="ar" dir="rtl">' in sheet
    assert sheet.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')


def test_a_slip_names_neither_petition_nor_place(organizer: Client, petition: Petition) -> None:
    sheet = organizer.post(codes_url(petition), WANTED).content.decode()
    slips = sheet[sheet.index('<ul class="slips') :]
    assert petitions.title(petition) not in slips
    assert "canteen" not in slips


def test_a_slip_has_the_fingerprint_for_whoever_types_its_address(
    organizer: Client, petition: Petition
) -> None:
    sheet = organizer.post(codes_url(petition), WANTED).content.decode()
    assert sheet.count(in_groups(links.fingerprint(petition))) == int(WANTED["size"])
    assert sheet.count(f'<bdi dir="ltr">{links.address(petition)}</bdi>') == int(WANTED["size"])


def test_the_picture_holds_fingerprint_and_code_in_the_fragment(petition: Petition) -> None:
    link = links.signing_link(petition, "en", "0123456789ABCDEF")
    path, _mark, fragment = link.partition("#")
    assert path.endswith(f"/p/{petition.private_id}/en/")
    assert fragment == f"m={links.fingerprint(petition)}&c=0123456789ABCDEF"
    [slip] = make_slips(petition, "en", ["0123456789ABCDEF"])
    assert slip.code == "0123-4567-89AB-CDEF"
    assert slip.picture.startswith("<svg")
    assert "style=" not in slip.picture


@pytest.mark.parametrize("size", ["0", "501", "many"])
def test_a_batch_has_between_one_and_five_hundred_codes(
    organizer: Client, petition: Petition, size: str
) -> None:
    answer = organizer.post(codes_url(petition), WANTED | {"size": size})
    assert 'id="id_size_error"' in answer.content.decode()
    assert 'value="canteen"' in answer.content.decode()
    assert not CodeBatch.objects.exists()


def test_no_codes_are_made_before_the_petition_is_frozen(
    campaign: Campaign, organizer: Client
) -> None:
    draft = factories.draft(of=campaign)
    assert (
        "while the petition is frozen or open" in organizer.get(codes_url(draft)).content.decode()
    )
    assert organizer.post(codes_url(draft), WANTED | {"language": "en"}).status_code == 409
    assert not CodeBatch.objects.exists()


def test_a_batch_is_revoked_after_asking(organizer: Client, petition: Petition) -> None:
    organizer.post(codes_url(petition), WANTED)
    batch = CodeBatch.objects.get()
    address = reverse("workspace-revoke", args=[petition.id, batch.id])
    organizer.get(address)
    assert PaperCode.objects.count() == 12
    organizer.post(address)
    assert PaperCode.objects.count() == 0
    assert "revoked" in organizer.get(codes_url(petition)).content.decode()


def test_a_batch_of_another_petition_is_not_there(
    campaign: Campaign, organizer: Client, petition: Petition
) -> None:
    organizer.post(codes_url(petition), WANTED)
    other = factories.frozen(Wanted(k=10), of=campaign)
    batch = CodeBatch.objects.get()
    answer = organizer.post(reverse("workspace-revoke", args=[other.id, batch.id]))
    assert answer.status_code == 404
    assert PaperCode.objects.count() == 12


def test_spending_one_code_changes_nothing_on_the_page(
    organizer: Client, petition: Petition
) -> None:
    organizer.post(codes_url(petition), WANTED | {"size": "40"})
    before = listed(organizer, petition)
    # One after another: whoever knows where a word would change could watch for a colleague's slip there.
    for digest in list(PaperCode.objects.values_list("digest", flat=True)):
        PaperCode.objects.filter(digest=digest).delete()
        assert listed(organizer, petition) == before


def listed(organizer: Client, petition: Petition) -> str:
    page = organizer.get(codes_url(petition)).content.decode()
    return page[page.index("<table") : page.index("</table>")]
