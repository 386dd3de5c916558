"""What somebody names as a language costs nothing: Django loads those that the site has, and no other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import trans_real

from organizing.petitions import ending, selectors, services
from organizing.safety.spoken import spoken
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/p/nothing/{}/", "/p/nothing/{}/receipt/", "/opener/{}/"])
def test_no_address_makes_the_site_load_a_language_that_it_does_not_have(path: str) -> None:
    made_up = f"x-{path.count('/')}-made-up"
    Client().get(path.format(made_up))
    assert made_up not in vars(trans_real)["_translations"]


def test_a_language_of_the_site_is_spoken_and_any_other_is_english() -> None:
    assert [spoken(name) for name in ("en", "ar", "fr", "", "../en")] == ["en", "ar", *["en"] * 3]


def test_a_petition_in_another_language_says_which_sentences_are_english() -> None:
    petition = factories.draft()
    content = services.TextContent("Assez", "Le conseil", ["Cessez."], "Le corps.", {})
    services.save_text(petition_id=petition.id, language="fr", content=content)
    factories.freeze(petition)
    ending.open_petition(petition_id=petition.id, today=timezone.now().date())
    selectors.forget_published()
    page = Client().get(f"/p/{petition.public_id}/fr/").content.decode()
    assert '<html lang="en" dir="ltr"' in page
    assert '<article class="text" lang="fr">' in page
    assert 'lang="fr" dir="auto">Assez</h1>' in page
