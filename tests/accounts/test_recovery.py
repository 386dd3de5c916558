"""A way back for who lost every factor: somebody vouches, and everybody on the committee sees it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from organizing.accounts import services
from organizing.accounts.models import Campaign, Membership, RecoveryVouch, Role
from organizing.errors import NotFound, WrongState
from tests import factories
from tests.accounts.people import PASSWORD, Person, enter, member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
networks = (f"192.0.2.{number}" for number in count(1))


@pytest.fixture
def campaign() -> Campaign:
    return factories.campaign()


@pytest.fixture
def heron(campaign: Campaign) -> Person:
    return member(campaign, "Heron", Role.ORGANIZER)


@pytest.fixture
def kestrel(campaign: Campaign) -> Person:
    return member(campaign, "Kestrel", Role.REPRESENTATIVE)


def link_for(heron: Person, kestrel: Person, campaign: Campaign) -> str:
    """What Heron sees after vouching for Kestrel."""
    seat = Membership.objects.get(user=kestrel.user, campaign=campaign)
    address = reverse("workspace-vouch", args=[campaign.id, seat.id])
    client = enter(heron)
    assert RecoveryVouch.objects.count() == 0
    client.get(address)
    assert RecoveryVouch.objects.count() == 0
    link = client.post(address).context["link"]
    return str(link).removeprefix("http://127.0.0.1:8000")


def use(link: str, name: str = "Kestrel", password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client(REMOTE_ADDR=next(networks))
    return client, client.post(link, {"username": name, "password": password})


def factors(person: Person) -> int:
    count: int = Authenticator.objects.filter(user=person.user).count()
    return count


def test_the_link_removes_the_old_factors_and_leads_to_a_new_one(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    old_session = enter(kestrel)
    client, answer = use(link_for(heron, kestrel, campaign))
    assert factors(kestrel) == 0
    assert answer["Location"] == reverse("account_protect")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get("/workspace/")["Location"] == reverse("account_protect")
    assert old_session.get("/workspace/").status_code == 302


def test_opening_the_link_changes_nothing(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    link = link_for(heron, kestrel, campaign)
    page = Client().get(link)
    assert page.status_code == 200
    assert "Kestrel" not in page.content.decode()
    assert factors(kestrel) == 2


def test_the_link_works_once(campaign: Campaign, heron: Person, kestrel: Person) -> None:
    link = link_for(heron, kestrel, campaign)
    use(link)
    _client, answer = use(link)
    assert "This did not work" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "password"), [("Kestrel", "wrong"), ("Nobody", PASSWORD), ("Heron", PASSWORD)]
)
def test_whoever_is_not_the_one_vouched_for_gets_one_answer(
    campaign: Campaign, heron: Person, kestrel: Person, name: str, password: str
) -> None:
    _client, answer = use(link_for(heron, kestrel, campaign), name, password)
    assert answer.status_code == 200
    assert "This did not work" in answer.content.decode()
    assert factors(kestrel) == factors(heron) == 2


def test_the_committee_sees_who_vouched_for_whom(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    use(link_for(heron, kestrel, campaign))
    other = enter(member(campaign, "Osprey", Role.ORGANIZER))
    page = other.get(reverse("workspace-members", args=[campaign.id]))
    [line] = page.context["vouches"]
    assert (line.by, line.member, line.used) == ("Heron", "Kestrel", True)


def test_only_the_hash_of_a_link_is_kept(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    token = link_for(heron, kestrel, campaign).rstrip("/").rsplit("/", 1)[-1]
    row = RecoveryVouch.objects.get()
    assert token.encode() not in bytes(row.token_hash)
    assert len(bytes(row.token_hash)) == 32


def test_nobody_vouches_for_themselves(campaign: Campaign, heron: Person) -> None:
    seat = Membership.objects.get(user=heron.user)
    with pytest.raises(WrongState):
        services.vouch_for(membership=seat, by=heron.user, today=TODAY)


def test_a_link_is_over_after_two_days(campaign: Campaign, heron: Person, kestrel: Person) -> None:
    seat = Membership.objects.get(user=kestrel.user)
    token = services.vouch_for(membership=seat, by=heron.user, today=TODAY)
    with pytest.raises(NotFound):
        services.use_vouch(user=kestrel.user, token=token, today=TODAY + timedelta(days=3))
    services.use_vouch(user=kestrel.user, token=token, today=TODAY + timedelta(days=2))


def test_the_word_of_somebody_who_was_removed_is_worth_nothing(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    seat = Membership.objects.get(user=kestrel.user)
    token = services.vouch_for(membership=seat, by=heron.user, today=TODAY)
    Membership.objects.filter(user=heron.user).delete()
    with pytest.raises(NotFound):
        services.use_vouch(user=kestrel.user, token=token, today=TODAY)


def test_organizers_of_one_campaign_do_not_answer_for_another(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    bait = factories.campaign()
    stranger = member(bait, "Magpie", Role.ORGANIZER)
    Membership.objects.create(campaign=bait, user=kestrel.user, role=Role.DRAFTER)
    seat = Membership.objects.get(campaign=bait, user=kestrel.user)
    token = services.vouch_for(membership=seat, by=stranger.user, today=TODAY)
    with pytest.raises(NotFound):
        services.use_vouch(user=kestrel.user, token=token, today=TODAY)
    assert factors(kestrel) == 2
    own = Membership.objects.get(campaign=campaign, user=kestrel.user)
    services.vouch_for(membership=own, by=heron.user, today=TODAY - timedelta(days=3))
    with pytest.raises(NotFound):
        services.use_vouch(user=kestrel.user, token=token, today=TODAY)
    services.vouch_for(membership=own, by=heron.user, today=TODAY)
    services.use_vouch(user=kestrel.user, token=token, today=TODAY)
    assert factors(kestrel) == 0
    # Both committees see it; the link that was too old stays what it was.
    assert RecoveryVouch.objects.filter(used=True).count() == 2


def test_whoever_only_drafts_elsewhere_needs_one_link(
    campaign: Campaign, heron: Person, kestrel: Person
) -> None:
    Membership.objects.create(campaign=factories.campaign(), user=kestrel.user, role=Role.DRAFTER)
    own = Membership.objects.get(campaign=campaign, user=kestrel.user)
    token = services.vouch_for(membership=own, by=heron.user, today=TODAY)
    services.use_vouch(user=kestrel.user, token=token, today=TODAY)
    assert factors(kestrel) == 0
