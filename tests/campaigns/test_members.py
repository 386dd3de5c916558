"""Campaigns, and who is let in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organizing.accounts import services
from organizing.accounts.access import role_in
from organizing.accounts.models import Campaign, Invitation, Membership, Role
from organizing.errors import NotFound, WrongState
from tests import factories
from tests.accounts.people import Person, enter, make_person, member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def campaign() -> Campaign:
    return factories.campaign()


@pytest.fixture
def heron(campaign: Campaign) -> Person:
    return member(campaign, "Heron", Role.ORGANIZER)


def test_whoever_begins_a_campaign_is_its_organizer() -> None:
    person = make_person("Heron")
    enter(person).post(
        reverse("workspace-new"),
        {"name": "Hall B", "employer_domains": "Works.example\n@b.example, c.example;"},
    )
    campaign = Campaign.objects.get()
    assert campaign.employer_domains == ["works.example", "b.example", "c.example"]
    assert role_in(person.user, campaign) == Role.ORGANIZER


@pytest.mark.parametrize(
    ("domain", "reason"),
    [("gmail.com", "Anybody can have an address"), ("not a domain", "is not a mail domain")],
)
def test_a_domain_that_proves_nothing_is_refused_with_the_reason(domain: str, reason: str) -> None:
    answer = enter(make_person("Heron")).post(
        reverse("workspace-new"), {"name": "Hall B", "employer_domains": domain}
    )
    assert reason in answer.content.decode()
    assert 'value="Hall B"' in answer.content.decode()
    assert not Campaign.objects.exists()


def test_an_invitation_is_shown_once_and_kept_as_a_hash(campaign: Campaign, heron: Person) -> None:
    client = enter(heron)
    answer = client.post(reverse("workspace-invite", args=[campaign.id]), {"role": Role.DRAFTER})
    token = answer.context["link"].rstrip("/").rsplit("/", 1)[-1]
    assert token in answer.content.decode()
    page = client.get(reverse("workspace-members", args=[campaign.id])).content.decode()
    assert token not in page
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_opening_an_invitation_spends_nothing(campaign: Campaign, heron: Person) -> None:
    today = timezone.now().date()
    token = services.invite(campaign=campaign, role=Role.DRAFTER, today=today)
    wren = make_person("Wren")
    client = enter(wren)
    client.get(reverse("workspace-join", args=[token]))
    assert role_in(wren.user, campaign) is None
    client.post(reverse("workspace-join", args=[token]))
    assert role_in(wren.user, campaign) == Role.DRAFTER


def test_an_invitation_works_once(campaign: Campaign) -> None:
    token = services.invite(campaign=campaign, role=Role.ORGANIZER, today=TODAY)
    services.accept_invitation(user=make_person("Wren").user, token=token, today=TODAY)
    with pytest.raises(NotFound):
        services.accept_invitation(user=make_person("Rook").user, token=token, today=TODAY)


def test_an_invitation_is_over_after_seven_days(campaign: Campaign) -> None:
    token = services.invite(campaign=campaign, role=Role.DRAFTER, today=TODAY)
    with pytest.raises(NotFound):
        services.accept_invitation(
            user=make_person("Wren").user, token=token, today=TODAY + timedelta(days=8)
        )


def test_a_member_who_opens_a_link_keeps_the_role(campaign: Campaign, heron: Person) -> None:
    token = services.invite(campaign=campaign, role=Role.DRAFTER, today=TODAY)
    services.accept_invitation(user=heron.user, token=token, today=TODAY)
    assert role_in(heron.user, campaign) == Role.ORGANIZER
    assert Invitation.objects.exists()


def test_all_open_invitations_can_be_made_worthless(campaign: Campaign, heron: Person) -> None:
    token = services.invite(campaign=campaign, role=Role.DRAFTER, today=TODAY)
    enter(heron).post(reverse("workspace-withdraw-invitations", args=[campaign.id]))
    with pytest.raises(NotFound):
        services.accept_invitation(user=make_person("Wren").user, token=token, today=TODAY)


def test_a_removed_member_sees_nothing_at_once(campaign: Campaign, heron: Person) -> None:
    wren = member(campaign, "Wren", Role.DRAFTER)
    theirs = enter(wren)
    address = reverse("workspace-campaign", args=[campaign.id])
    assert theirs.get(address).status_code == 200
    seat = Membership.objects.get(user=wren.user)
    enter(heron).post(reverse("workspace-remove", args=[campaign.id, seat.id]))
    assert theirs.get(address).status_code == 404


def test_the_last_organizer_cannot_be_removed(campaign: Campaign, heron: Person) -> None:
    seat = Membership.objects.get(user=heron.user)
    with pytest.raises(WrongState):
        services.remove_member(membership=seat)
    answer = enter(heron).post(reverse("workspace-remove", args=[campaign.id, seat.id]))
    assert answer.status_code == 409
    assert "cannot be done now" in answer.content.decode()


def test_a_seat_of_another_campaign_cannot_be_removed(campaign: Campaign, heron: Person) -> None:
    other = factories.campaign()
    member(other, "Kite", Role.ORGANIZER)
    seat = Membership.objects.get(campaign=other)
    answer = enter(heron).post(reverse("workspace-remove", args=[campaign.id, seat.id]))
    assert answer.status_code == 404
    assert Membership.objects.filter(campaign=other).exists()


def test_the_only_organizer_is_not_offered_for_removal(campaign: Campaign, heron: Person) -> None:
    page = reverse("workspace-members", args=[campaign.id])
    seat = Membership.objects.get(user=heron.user)
    remove = reverse("workspace-remove", args=[campaign.id, seat.id])
    assert remove not in enter(heron).get(page).content.decode()
    member(campaign, "Lapwing", Role.ORGANIZER)
    assert remove in enter(heron).get(page).content.decode()


def test_a_member_who_may_not_see_a_page_is_shown_the_way_out(campaign: Campaign) -> None:
    client = enter(member(campaign, "Wren", Role.DRAFTER))
    answer = client.get(reverse("workspace-members", args=[campaign.id]))
    assert answer.status_code == 403
    for way in ("workspace", "account_logout"):
        assert f'href="{reverse(way)}"' in answer.content.decode()
    assert "Wren" in answer.content.decode()
