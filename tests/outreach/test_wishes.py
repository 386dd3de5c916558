"""Mail only to those who ask for it, at an address of their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from organizing.accounts.models import Membership, Role
from organizing.outreach import selectors
from organizing.outreach.models import MailWish
from organizing.outreach.selectors import Wish
from tests import factories
from tests.accounts.people import enter
from tests.oversight.cast import Workplace

pytestmark = pytest.mark.django_db
ADDRESS = "kestrel@private.test"


@pytest.fixture
def place() -> Workplace:
    return Workplace.built()


def ask(place: Workplace, role: Role, **typed: str) -> Any:
    client = enter(place.person(role, "Kestrel"))
    return client.post(reverse("outreach-mail", args=[place.campaign.id]), typed)


def kept() -> Wish:
    return selectors.wish(Membership.objects.get(user__username="Kestrel"))


def test_a_wish_is_kept(place: Workplace) -> None:
    assert ask(place, Role.REPRESENTATIVE, address=ADDRESS, digest="on").status_code == 302
    assert kept() == Wish(ADDRESS, "en", digest=True, alerts=False)


@pytest.mark.parametrize("domain", [factories.DOMAIN, f"mail.{factories.DOMAIN}"])
def test_an_address_at_the_employers_domain_is_refused(place: Workplace, domain: str) -> None:
    answer = ask(place, Role.LEAD, address=f"kestrel@{domain}", digest="on")
    assert b"belongs to an employer" in answer.content
    assert b"that mail from this site comes to you" in answer.content
    assert b"take over the account" not in answer.content
    assert not MailWish.objects.exists()


def test_alerts_are_for_the_committee(place: Workplace) -> None:
    ask(place, Role.REPRESENTATIVE, address=ADDRESS, digest="on", alerts="on")
    assert not kept().alerts


def test_a_lead_representative_may_ask_for_alerts_alone(place: Workplace) -> None:
    ask(place, Role.LEAD, address=ADDRESS, alerts="on")
    assert kept() == Wish(ADDRESS, "en", digest=False, alerts=True)


def test_a_wish_without_an_address_asks_for_one(place: Workplace) -> None:
    answer = ask(place, Role.LEAD, digest="on")
    assert b"Type an address, or untick what you do not want." in answer.content


def test_whoever_unticks_everything_is_forgotten(place: Workplace) -> None:
    client = enter(place.person(Role.LEAD, "Kestrel"))
    url = reverse("outreach-mail", args=[place.campaign.id])
    client.post(url, {"address": ADDRESS, "digest": "on"})
    assert ADDRESS in client.get(url).content.decode()
    client.post(url, {"address": ADDRESS})
    assert not MailWish.objects.exists()
