"""From the tree into the petition, from the petition onto the signing page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organizing.crypto.encoding import b64u
from organizing.errors import WrongState
from organizing.petitions.models import Petition
from organizing.units import offering
from organizing.units.offering import Choice
from tests import factories
from tests.accounts.people import enter
from tests.factories import Wanted
from tests.units.trees import TODAY, Yard, small

pytestmark = pytest.mark.django_db
WANTED = Wanted(k=10, units=False)
ALL = Choice()


def draft(yard: Yard) -> Petition:
    yard.campaign.k = 10
    yard.campaign.save()
    return factories.draft(WANTED, of=yard.campaign)


def offer(yard: Yard, petition: Petition, choice: Choice = ALL) -> list[str]:
    offering.offer_units(petition=petition, choice=choice, user=yard.user, today=TODAY)
    petition.refresh_from_db()
    return [unit["name"] for unit in petition.units]


def test_a_petition_offers_large_units_by_the_keys_of_the_tree() -> None:
    yard = small()
    petition = draft(yard)
    names = offer(yard, petition)
    assert names == [
        *("North", "North / Warehouse / Early", "North / Warehouse / Night", "South"),
    ]
    assert petition.units[-1]["id"] == b64u(yard.node("S").key)
    assert petition.mailbox
    assert offering.chosen(yard.tree(), petition) == Choice()


def test_a_choice_is_found_again_in_the_petition() -> None:
    yard = small()
    petition = draft(yard)
    for choice in (Choice(1), Choice(0, frozenset({"N-W-2"})), Choice(2, frozenset({"S"}))):
        offer(yard, petition, choice)
        assert offering.chosen(yard.tree(), petition) == choice


def test_two_units_of_one_name_are_told_apart_by_their_codes() -> None:
    yard = small()
    assert yard.take("S2,South,site,,50,2026-10-01,c\n")
    assert offer(yard, draft(yard))[-2:] == ["South (S)", "South (S2)"]


def test_a_frozen_petition_keeps_its_units() -> None:
    yard = small()
    petition = factories.frozen(WANTED, of=yard.campaign)
    with pytest.raises(WrongState):
        offering.offer_units(petition=petition, choice=Choice(), user=yard.user, today=TODAY)


def test_organizers_see_what_a_choice_comes_to_before_it_is_saved() -> None:
    yard = small()
    petition, client = draft(yard), enter(yard.person)
    url = reverse("units-offer", args=[petition.id])
    assert b"offers no units yet" in client.get(url).content
    shown = client.post(url, {"deepest": "1", "left_out": "S", "show": ""})
    petition.refresh_from_db()
    assert (shown.status_code, petition.units) == (200, [])
    assert b"North" in shown.content
    assert client.post(url, {"deepest": "0", "left_out": "nonsense"}).status_code == 400
    assert client.post(url, {"deepest": "0", "left_out": ""}).status_code == 302
    petition.refresh_from_db()
    assert len(petition.units) == 4
    assert b"This is what the petition offers now." in client.get(url).content
    proofs = client.get(reverse("workspace-proofs", args=[petition.id]))
    assert b'name="units"' not in proofs.content


def test_changing_proofs_leaves_the_units_of_the_tree_alone() -> None:
    yard = small()
    petition, client = draft(yard), enter(yard.person)
    names = offer(yard, petition)
    answer = client.post(reverse("workspace-proofs", args=[petition.id]), {"mail_domains": ""})
    petition.refresh_from_db()
    assert (answer.status_code, petition.mailbox) == (302, False)
    assert [unit["name"] for unit in petition.units] == names


def page(petition: Petition, language: str) -> str:
    answer: Any = Client(SERVER_NAME="127.0.0.1").get(f"/p/{petition.private_id}/{language}/")
    content: str = answer.content.decode()
    return content


def frozen(yard: Yard) -> Petition:
    """The draft with the units of the tree, frozen."""
    petition = draft(yard)
    offer(yard, petition)
    return factories.freeze(petition)


def test_the_signing_page_groups_units_and_says_what_the_site_learns() -> None:
    found = page(frozen(small()), "en")
    select = found.partition('<select id="unit"')[2].partition("</select>")[0]
    words = re.findall(r'(?:optgroup label="|value="[^"]*">)([^"<>]+)["<]', select)
    assert words == [
        *("I would rather not say", "North", "Warehouse / Early", "Warehouse / Night"),
        *("Another part of North", "South"),
    ]
    assert "The site learns what you choose here" in found
    assert "Small parts are not listed." in found


def test_before_freezing_organizers_hear_of_units_that_became_too_small() -> None:
    yard = small()
    petition, client = draft(yard), enter(yard.person)
    offer(yard, petition)
    url = reverse("workspace-freeze", args=[petition.id])
    assert offering.holds(petition, TODAY)
    assert b"not those of the tree of today" not in client.get(url).content
    assert yard.take("S,South,site,,12,2026-11-01,council\n")
    assert not offering.holds(petition, TODAY)
    assert b"not those of the tree of today" in client.get(url).content


def test_units_typed_by_hand_hold_where_there_is_no_tree() -> None:
    petition = factories.draft(Wanted())
    assert petition.units
    assert offering.holds(petition, TODAY)
