"""Who sees which units."""

from __future__ import annotations

import re
from functools import partial

import pytest
from django.urls import reverse

from organizing.accounts.models import Membership, Role
from organizing.accounts.services import remove_member
from organizing.drafting.access import needs_second_factor
from organizing.errors import Forbidden, NotFound, WrongState
from organizing.oversight import access, scopes, selectors
from organizing.units.models import UnitScope
from organizing.units.regrouping import merge_unit
from organizing.units.selectors import tree
from tests import factories
from tests.accounts.people import enter, make_person
from tests.at_once import at_once
from tests.oversight.cast import NOW, Workplace, give, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Workplace:
    return Workplace.built()


def names(place: Workplace, role: Role, name: str) -> list[str]:
    person = Membership.objects.get(campaign=place.campaign, user__username=name).user
    sees = access.scope_for(person, place.campaign)
    return [node.name for node in selectors.visible(sees, tree(place.campaign.id, NOW.date()))]


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.LEAD])
def test_organizers_and_the_lead_representative_see_all_units(place: Workplace, role: Role) -> None:
    person = place.person(role, "Heron")
    assert access.scope_for(person.user, place.campaign) is None
    assert names(place, role, "Heron") == ["North", "Day shift", "Night shift", "South"]


def test_a_lead_representative_comes_in_by_an_invitation(place: Workplace) -> None:
    organizer = enter(place.person(Role.ORGANIZER, "Heron"))
    page = organizer.post(
        reverse("workspace-invite", args=[place.campaign.id]), {"role": "lead"}
    ).content.decode()
    token = re.findall(r"/workspace/join/([^/<]+)/", page)[0]
    lapwing = make_person("Lapwing")
    enter(lapwing).post(reverse("workspace-join", args=[token]))
    assert access.scope_for(lapwing.user, place.campaign) is None


@pytest.mark.parametrize("role", [Role.LEAD, Role.REPRESENTATIVE, Role.ORGANIZER])
def test_whoever_sees_counts_needs_a_second_factor_for_drafts_too(
    place: Workplace, role: Role
) -> None:
    person = place.person(role, "Heron")
    assert needs_second_factor(person.user, factories.draft(of=place.campaign).id)


def test_a_representative_sees_no_unit_until_one_is_given(place: Workplace) -> None:
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    assert access.scope_for(person.user, place.campaign) == frozenset()
    assert names(place, Role.REPRESENTATIVE, "Kestrel") == []


def test_a_unit_comes_with_everything_under_it_and_nothing_beside(place: Workplace) -> None:
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    give(person.user, place.campaign, place.north)
    assert names(place, Role.REPRESENTATIVE, "Kestrel") == ["North", "Day shift", "Night shift"]
    give(person.user, place.campaign, place.night)
    assert names(place, Role.REPRESENTATIVE, "Kestrel") == ["Night shift"]


def test_a_drafter_has_no_scope_and_a_stranger_learns_nothing(place: Workplace) -> None:
    with pytest.raises(Forbidden):
        access.scope_for(place.person(Role.DRAFTER, "Wren").user, place.campaign)
    with pytest.raises(NotFound):
        access.scope_for(make_person("Rook").user, place.campaign)


def test_what_took_the_place_of_a_unit_is_not_seen_by_itself(place: Workplace) -> None:
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    give(person.user, place.campaign, place.night)
    place.night.gone, place.night.counted_under = True, place.north
    place.night.save()
    assert names(place, Role.REPRESENTATIVE, "Kestrel") == []
    page = enter(person).get(reverse("oversight-mine", args=[place.campaign.id]))
    assert b"merged or split since" in page.content


def test_units_of_another_campaign_are_never_given(place: Workplace) -> None:
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    elsewhere = unit(factories.campaign(), "X", "Elsewhere")
    give(person.user, place.campaign, place.south, elsewhere)
    assert access.scope_for(person.user, place.campaign) == frozenset({place.south.id})


def test_only_a_representative_is_given_units(place: Workplace) -> None:
    person = place.person(Role.LEAD, "Heron")
    seat = Membership.objects.get(user=person.user)
    with pytest.raises(WrongState):
        scopes.give_units(membership=seat, units=frozenset())


def test_an_organizer_gives_units_on_a_page_and_takes_them_back(place: Workplace) -> None:
    client = enter(place.person(Role.ORGANIZER, "Heron"))
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    seat = Membership.objects.get(user=person.user)
    url = reverse("oversight-scope", args=[place.campaign.id, seat.id])
    assert b"Night shift" in client.get(url).content
    ticked = [str(place.night.id), str(place.south.id)]
    assert client.post(url, {"units": ticked}, follow=True).status_code == 200
    assert access.scope_for(person.user, place.campaign) == frozenset(
        {place.night.id, place.south.id}
    )
    members = client.get(reverse("workspace-members", args=[place.campaign.id])).content
    assert b"<bdi>Night shift</bdi>" in members
    client.post(url, {})
    assert access.scope_for(person.user, place.campaign) == frozenset()


def test_units_are_found_by_words_of_their_path(place: Workplace) -> None:
    client = enter(place.person(Role.ORGANIZER, "Heron"))
    seat = give(place.person(Role.REPRESENTATIVE, "Kestrel").user, place.campaign)
    url = reverse("oversight-scope", args=[place.campaign.id, seat.id])
    page = client.get(url, {"q": "north night"}).content.decode()
    assert "North / Night shift" in page
    assert "North / Day shift" not in page


@pytest.mark.django_db(transaction=True)
def test_two_who_give_units_at_once_do_not_mix_them(place: Workplace) -> None:
    seat = give(place.person(Role.REPRESENTATIVE, "Kestrel").user, place.campaign)
    wishes = [frozenset({place.north.id, place.day.id}), frozenset({place.south.id})] * 3
    at_once([partial(scopes.give_units, membership=seat, units=wish) for wish in wishes])
    assert access.scope_for(seat.user, place.campaign) in wishes


def test_whoever_is_removed_sees_nothing_with_the_next_request(place: Workplace) -> None:
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    seat = give(person.user, place.campaign, place.night)
    client, url = enter(person), reverse("oversight-mine", args=[place.campaign.id])
    assert client.get(url).status_code == 200
    remove_member(membership=seat)
    assert client.get(url).status_code == 404
    assert not UnitScope.objects.exists()


def test_the_members_page_says_which_given_unit_is_gone_and_shows_nothing(place: Workplace) -> None:
    organizer = place.person(Role.ORGANIZER, "Heron")
    kite = place.person(Role.REPRESENTATIVE, "Kite")
    give(kite.user, place.campaign, place.day)
    members = reverse("workspace-members", args=[place.campaign.id])
    client = enter(organizer)
    assert "merged or split since" not in client.get(members).content.decode()
    merge_unit(unit=place.day, into="N-N", user=organizer.user, today=NOW.date())
    shown = client.get(members).content.decode()
    assert "<bdi>Day shift</bdi> (merged or split since: shows nothing" in shown
    assert "sees the total alone" not in shown
