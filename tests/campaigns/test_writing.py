"""Writing a petition's text: nothing typed is lost, nothing dangerous is shown."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Campaign
from organizing.campaigns import selectors
from organizing.petitions import selectors as petitions
from organizing.petitions import services
from organizing.petitions.models import Petition
from tests import factories

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Heat hall B",
    "addressee": "The plant manager",
    "demands": "Heat it.\n\n  Now.  \n",
    "body": "It is **cold**.",
    "consent": "The organizers may learn my name.",
    "based_on": "0",
}


@pytest.fixture
def petition(campaign: Campaign) -> Petition:
    return services.create_petition(campaign=campaign)


def text_url(petition: Petition, language: str = "en") -> str:
    return reverse("drafting-write", args=[petition.id, language])


def old_url(petition: Petition, language: str = "en") -> str:
    return reverse("workspace-text", args=[petition.id, language])


def test_a_drafter_begins_a_petition_and_writes_it(campaign: Campaign, drafter: Client) -> None:
    begun = drafter.post(reverse("workspace-petition-new", args=[campaign.id]), {"language": "es"})
    petition = Petition.objects.get()
    assert begun["Location"] == old_url(petition, "es")
    assert drafter.get(begun["Location"])["Location"] == text_url(petition, "es")
    drafter.post(text_url(petition, "es"), TYPED)
    [draft] = selectors.drafts(petition_again(petition))
    assert draft.language.code == "es"
    assert draft.content["demands"] == ["Heat it.", "Now."]
    assert draft.content["consent"] == {"organizers": TYPED["consent"]}


def petition_again(petition: Petition) -> Petition:
    petition.refresh_from_db()
    return petition


def test_a_draft_is_sealed_in_the_database(drafter: Client, petition: Petition) -> None:
    drafter.post(text_url(petition), TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM organizing_petitiontext")
        [(sealed,)] = cursor.fetchall()
    assert b"Heat" not in bytes(sealed)


def test_showing_saves_nothing_and_lets_no_script_through(
    drafter: Client, petition: Petition
) -> None:
    typed = TYPED | {
        "show": "",
        "body": "**cold** <script>alert(1)</script> ![x](https://e.example/p)",
    }
    page = drafter.post(text_url(petition), typed).content.decode()
    assert "<strong>cold</strong>" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert selectors.drafts(petition_again(petition)) == []


def test_a_thirteenth_demand_is_one_too_many(drafter: Client, petition: Petition) -> None:
    demands = "\n".join(f"Demand {number}" for number in range(13))
    page = drafter.post(text_url(petition), TYPED | {"demands": demands}).content.decode()
    assert "There are 13 demands here" in page
    assert "Demand 12" in page


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(
    drafter: Client, organizer: Client, petition: Petition
) -> None:
    organizer.post(text_url(petition), TYPED | {"title": "Theirs"})
    answer = drafter.post(text_url(petition), TYPED | {"title": "Mine"})
    page = drafter.get(answer["Location"]).content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert petitions.title(petition_again(petition)) == "Theirs"


def test_an_approved_text_can_only_be_read(campaign: Campaign, drafter: Client) -> None:
    petition = factories.draft(of=campaign)
    services.approve(petition_id=petition.id)
    answer = drafter.get(old_url(petition))
    assert answer["Location"] == reverse("workspace-preview", args=[petition.id, "en"])
    assert drafter.get(answer["Location"]).status_code == 200


def test_arabic_is_shown_from_right_to_left(campaign: Campaign, drafter: Client) -> None:
    petition = factories.draft(of=campaign)
    page = drafter.get(reverse("workspace-preview", args=[petition.id, "ar"])).content.decode()
    assert '<div class="preview" lang="ar" dir="rtl">' in page


def test_the_preview_shows_what_signers_will_see(campaign: Campaign, drafter: Client) -> None:
    petition = factories.opened(of=campaign)
    public = Client().get(f"/p/{petition.pid}/en/").content.decode()
    page = drafter.get(reverse("workspace-preview", args=[petition.id, "en"])).content.decode()
    article = re.compile(r'<article class="text".*?</article>', re.S)
    head = re.compile(r'<header class="head">.*?</header>', re.S)
    for part in (article, head):
        assert part.findall(page) == part.findall(public) != []


def test_a_language_that_is_none_is_not_there(drafter: Client, petition: Petition) -> None:
    assert drafter.get(text_url(petition, "xx")).status_code == 404
