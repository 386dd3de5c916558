"""Contacts to make: units, never people; sealed, assigned, ticked, forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing import keyring, resealing
from organizing.accounts.models import Membership, Role
from organizing.accounts.services import remove_member
from organizing.outreach import boxes, presenting, retention
from organizing.outreach.models import Contact, MailWish
from organizing.outreach.selectors import Wish
from tests.accounts.people import Person, enter
from tests.outreach.cast import contact_at, wishes
from tests.oversight.cast import Workplace, give

pytestmark = pytest.mark.django_db
TEXT = "bring forty slips to the night shift, gate 3"


@pytest.fixture
def place() -> Workplace:
    return Workplace.built()


@pytest.fixture
def kestrel(place: Workplace) -> Person:
    """A representative of the north."""
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    give(person.user, place.campaign, place.north)
    return person


@pytest.fixture
def lead(place: Workplace) -> Client:
    return enter(place.person(Role.LEAD, "Lapwing"))


def url(name: str, place: Workplace, *more: UUID) -> str:
    return reverse(name, args=[place.campaign.id, *more])


def note(client: Client, place: Workplace, text: str, **typed: Any) -> Any:
    fields = {"unit": place.night.id, "text": text, "assigned": "", **typed}
    return client.post(url("outreach-note", place), fields, follow=True)


def listed(client: Client, place: Workplace, show: str = "all") -> str:
    return client.get(url("outreach-contacts", place), {"show": show}).content.decode()


def seat(person: Person) -> Membership:
    return Membership.objects.get(user=person.user)


def test_a_representative_notes_gives_and_ticks(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    client = enter(kestrel)
    page = note(client, place, TEXT, assigned=seat(kestrel).id).content.decode()
    assert TEXT in page
    assert "North / Night shift" in page
    contact = Contact.objects.get()
    assert TEXT in listed(client, place, "mine")
    assert TEXT not in listed(lead, place, "mine")
    lead.post(url("outreach-change", place, contact.id), {"do": "tick"})
    assert TEXT not in listed(client, place)
    assert TEXT in listed(client, place, "done")
    client.post(url("outreach-change", place, contact.id), {"do": "untick"})
    assert TEXT in listed(client, place)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("talk to Maria on night shift", "“Maria” looks like a person’s name"),
        ("ring +44 20 7946 0958 first", "looks like somebody’s telephone number"),
        ("write to a.brandt@example.com", "looks like somebody’s e-mail address"),
    ],
)
def test_a_note_about_a_person_is_refused_with_the_reason_and_nothing_is_lost(
    place: Workplace, kestrel: Person, text: str, why: str
) -> None:
    answer = note(enter(kestrel), place, text)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert why in page
    assert "Notes are about units, never about people." in page
    assert f'value="{text}"' in page
    assert f'<option value="{place.night.id}" selected>' in page
    assert not Contact.objects.exists()


def test_one_units_contacts_stand_alone_with_a_form_for_it(place: Workplace, lead: Client) -> None:
    contact_at(place.campaign, place.night, TEXT)
    contact_at(place.campaign, place.south, "posters at gate 2")
    page = lead.get(url("outreach-contacts", place), {"unit": str(place.south.id)})
    text = page.content.decode()
    assert "posters at gate 2" in text
    assert TEXT not in text
    assert f'<option value="{place.south.id}" selected>' in text


def test_what_lies_outside_the_scope_is_not_there(place: Workplace, kestrel: Person) -> None:
    contact = contact_at(place.campaign, place.south, "posters at gate 2")
    client = enter(kestrel)
    assert "posters at gate 2" not in listed(client, place)
    assert client.post(url("outreach-change", place, contact), {"do": "tick"}).status_code == 404
    assert note(client, place, "more slips", unit=place.south.id).status_code == 400


def test_a_contact_goes_to_nobody_who_does_not_see_the_unit(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    typed = {"unit": place.south.id, "assigned": seat(kestrel).id}
    answer = note(lead, place, "posters at gate 2", **typed)
    assert answer.status_code == 400
    assert "They do not see this unit." in answer.content.decode()
    contact = contact_at(place.campaign, place.south, "posters at gate 2")
    give_it = {"do": "assign", "assigned": seat(kestrel).id}
    page = lead.post(url("outreach-change", place, contact), give_it, follow=True)
    assert "they do not see this unit" in page.content.decode()
    assert Contact.objects.get(id=contact).assigned is None


def test_a_contact_is_given_to_another_and_back_to_nobody(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    contact = contact_at(place.campaign, place.night, TEXT)
    change = url("outreach-change", place, contact)
    lead.post(change, {"do": "assign", "assigned": seat(kestrel).id})
    assert "<bdi>Kestrel</bdi> does it" in listed(lead, place)
    lead.post(change, {"do": "assign", "assigned": ""})
    assert "<bdi>Kestrel</bdi> does it" not in listed(lead, place)
    lead.post(change, {"do": "erase"})
    assert not Contact.objects.exists()


def test_a_note_outlives_whoever_was_to_do_it(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    contact_at(place.campaign, place.night, TEXT, seat(kestrel))
    remove_member(membership=seat(kestrel))
    assert TEXT in listed(lead, place)
    assert Contact.objects.get().assigned is None


def test_a_note_at_a_unit_that_is_gone_is_seen_by_whoever_sees_all(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    contact = contact_at(place.campaign, place.night, TEXT)
    place.night.gone = True
    place.night.save()
    assert TEXT in listed(lead, place)
    assert TEXT not in listed(enter(kestrel), place)
    assert lead.post(url("outreach-change", place, contact), {"do": "tick"}).status_code == 302


def test_neither_words_nor_addresses_are_readable_at_rest(
    place: Workplace, kestrel: Person
) -> None:
    contact_at(place.campaign, place.night, TEXT)
    wishes(kestrel.user, place.campaign, Wish("kestrel@private.test", "en", digest=True))
    with connection.cursor() as cursor:
        for table in ("organizing_contact", "organizing_mailwish"):
            cursor.execute(f"SELECT * FROM {table}")
            raw = repr(cursor.fetchall())
            assert "night shift" not in raw
            assert "private.test" not in raw
            assert "Heron" not in raw


@pytest.mark.django_db(transaction=True)
def test_a_new_application_key_opens_what_the_old_one_sealed(
    place: Workplace, kestrel: Person
) -> None:
    contact_at(place.campaign, place.night, TEXT)
    wish = wishes(kestrel.user, place.campaign, Wish("kestrel@private.test", "en", digest=True))
    names = {found.name for found in resealing.places()}
    assert {"Contact", "MailWish"} <= names
    call_command("rotate_application_key", verbosity=0)
    for row in (Contact.objects.get(), MailWish.objects.get(id=wish.id)):
        assert keyring.is_sealed_with_newest(bytes(row.sealed), row.context())
    assert boxes.read(Contact.objects.get())["text"] == TEXT


def test_contacts_are_forgotten(place: Workplace) -> None:
    now = timezone.now()
    ticked = contact_at(place.campaign, place.night, "ticked")
    Contact.objects.filter(id=ticked).update(done_on=now.date() - timedelta(days=31))
    fresh = contact_at(place.campaign, place.night, "ticked lately")
    Contact.objects.filter(id=fresh).update(done_on=now.date() - timedelta(days=30))
    old = contact_at(place.campaign, place.night, "never made")
    Contact.objects.filter(id=old).update(made_on=now.date() - timedelta(days=181))
    retention._erase_contacts(now)
    assert [row.id for row in Contact.objects.all()] == [fresh]


def test_no_unit_is_chosen_for_whoever_chooses_none(place: Workplace, lead: Client) -> None:
    page = listed(lead, place)
    first = page.split('name="unit"')[1].split("</option>")[0]
    assert 'value=""' in first
    assert "Choose a unit" in first
    again = note(lead, place, TEXT, unit="")
    assert again.status_code == 400
    assert TEXT in again.content.decode()
    assert not Contact.objects.exists()


def test_notes_go_to_those_who_see_a_unit_of_ones_own_and_nobody_else_is_named(
    place: Workplace, kestrel: Person, lead: Client
) -> None:
    for name, units in (("Siskin", [place.south]), ("Dunlin", [place.day]), ("Wheatear", [])):
        give(place.person(Role.REPRESENTATIVE, name).user, place.campaign, *units)
    contact = contact_at(place.campaign, place.night, TEXT)
    page = listed(enter(kestrel), place)
    named = [name for name in ("Lapwing", "Dunlin", "Siskin", "Wheatear") if name in page]
    assert named == ["Lapwing", "Dunlin"]
    assert "Siskin" in listed(lead, place)
    change = url("outreach-change", place, contact)
    siskin = Membership.objects.get(user__username="Siskin").id
    for asked in (siskin, 999_999):
        answer = enter(kestrel).post(change, {"do": "assign", "assigned": asked}, follow=True)
        assert "they do not see this unit" in answer.content.decode()
    assert Contact.objects.get(id=contact).assigned is None


def test_a_unit_far_down_a_long_list_is_offered_to_whose_it_is(
    place: Workplace, kestrel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenting, "MOST_OFFERED", 3)
    give(kestrel.user, place.campaign, place.south)
    assert f'<option value="{place.south.id}"' in listed(enter(kestrel), place)
