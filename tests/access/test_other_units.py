"""A unit that is not one's own: named nowhere, and answered for as if there were none."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from organizing.accounts.models import Membership, Role, User
from organizing.outreach.models import Contact
from organizing.tracking import forms, selectors, services
from organizing.tracking.models import PaperEntry
from organizing.units import headcounts
from organizing.units.headcounts import NewCount
from organizing.units.models import Unit
from tests.access.addresses import addresses
from tests.access.cast import (
    DRAFTER,
    LEAD,
    MISSING,
    ORGANIZER,
    REPRESENTATIVE,
    Scene,
    set_scene,
)
from tests.access.table import TABLE, Side
from tests.access.test_every_address import ADMITTED, address, asked, undone
from tests.accounts.people import enter, member
from tests.api.cast import get, token_of
from tests.drafting.cast import TODAY
from tests.outreach.cast import contact_at
from tests.oversight.cast import give, unit

pytestmark = pytest.mark.django_db
NAME, ABOVE, CODE, PEOPLE = "Zqxhidden", "Zqxabove", "zqx-code", 77_131
SOURCE, NOTE, TYPIST = "zqx source", "bring slips to zqx", "Zqxtypist"
# A representative to whom no unit was given.
UNGIVEN = "representative of nothing"
OPEN = [n for n, r in TABLE.items() if r.side is Side.WORKSPACE and REPRESENTATIVE in r.may]


@dataclass
class Place:
    """A representative of site 6; beside it a site that is not theirs, with everything that a unit can have."""

    scene: Scene
    other: Unit
    contact: UUID
    entry: UUID
    user: User
    browsers: dict[str, Client]

    @property
    def client(self) -> Client:
        return self.browsers[REPRESENTATIVE]

    @property
    def hidden(self) -> list[bytes]:
        """What stands nowhere."""
        words = [NAME, ABOVE, CODE, SOURCE, NOTE, TYPIST, f"{PEOPLE}", f"{PEOPLE:,}"]
        ids = [self.other.id, self.other.parent_id, self.contact, self.entry]
        return [str(word).encode() for word in (*words, *ids)]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Built once; each test undoes what it does."""
    with django_db_blocker.unblock(), undone():
        scene = set_scene()
        campaign = scene.campaign
        other = unit(campaign, CODE, NAME, unit(campaign, "zqx-above", ABOVE))
        headcounts.add(campaign.id, [NewCount(other.id, PEOPLE, TODAY, SOURCE)], TODAY)
        typist = member(campaign, TYPIST, Role.REPRESENTATIVE).user
        give(typist, campaign, other)
        entry = services.type_paper(act=scene.act, unit=other, count=9, day=TODAY, user=typist)
        kestrel = member(campaign, "Kestrel", Role.REPRESENTATIVE)
        give(kestrel.user, campaign, scene.unit)
        lead = enter(member(campaign, "Lapwing", Role.LEAD))
        browsers = {REPRESENTATIVE: enter(kestrel), LEAD: lead}
        for name, role in ((ORGANIZER, Role.ORGANIZER), (DRAFTER, Role.DRAFTER)):
            browsers[name] = enter(member(campaign, name, role))
        browsers[UNGIVEN] = enter(member(campaign, "Wheatear", Role.REPRESENTATIVE))
        contact = contact_at(campaign, other, NOTE)
        yield Place(scene, other, contact, entry.id, kestrel.user, browsers)


def named(place: Place, answer: Any) -> list[str]:
    """What of the other unit stands in an answer, and in what it packs."""
    content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return [word.decode() for word in place.hidden if word in content]


def files(answer: Any) -> list[str]:
    """Addresses of the files that a page offers."""
    page = answer.content.decode()
    return [
        html.unescape(found) for found in re.findall(r'href="([^"]*(?:as=|/file/)[^"]*)"', page)
    ]


def test_no_page_and_no_file_names_it(place: Place) -> None:
    looked = 0
    for name in OPEN:
        url = address(place.scene, name)
        with undone():
            page = place.client.get(url)
            if page.status_code != 200:
                continue
            more = [place.client.get(link if "/" in link else url + link) for link in files(page)]
        for answer in (page, *more):
            assert answer.status_code == 200
            assert named(place, answer) == [], name
            looked += 1
    assert looked > 30


def test_whoever_sees_all_finds_it(place: Place) -> None:
    """Else the search above would find nothing anywhere."""
    names = ("units", "outreach-contacts", "tracking-paper", "support-sites", "units-file")
    for name in names:
        with undone():
            answer = place.browsers[LEAD].get(address(place.scene, name))
        assert {NAME, ABOVE} & set(named(place, answer)), name


@pytest.mark.parametrize("name", ["api-start", "api-acts", "api-total", "api-units"])
def test_no_answer_to_a_token_names_it(place: Place, name: str) -> None:
    with undone():
        answer = get(address(place.scene, name), token_of(place.user, place.scene.campaign))
        assert answer.status_code == 200
        assert named(place, answer) == []


PARTS = {"unit_id": "other", "contact_id": "contact", "entry_id": "entry"}
NAMED = [n for n in TABLE if n in addresses() and addresses()[n] & PARTS.keys()]


def theirs_and_none(place: Place, name: str) -> tuple[str, str]:
    """An address with what belongs to the other unit, and with what is not there."""
    petition = place.scene.draft if TABLE[name].draft else place.scene.frozen
    known = place.scene.arguments(addresses()[name], petition)
    ids = {"unit_id": place.other.id, "contact_id": place.contact, "entry_id": place.entry}
    theirs = {part: ids.get(part, value) for part, value in known.items()}
    none = {part: MISSING if part in ids else value for part, value in known.items()}
    return reverse(name, kwargs=theirs), reverse(name, kwargs=none)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", NAMED)
def test_its_addresses_answer_as_those_of_nothing(place: Place, name: str, method: str) -> None:
    answers = []
    for url in theirs_and_none(place, name):
        with undone():
            answers.append(asked(place.client, url, method))
    theirs, none = answers
    assert theirs.status_code == none.status_code
    assert theirs.status_code in {403, 404, 405}
    assert theirs.content == none.content


@pytest.mark.parametrize("role", [ORGANIZER, LEAD, DRAFTER, UNGIVEN, REPRESENTATIVE])
@pytest.mark.parametrize("name", NAMED)
def test_each_role_finds_what_it_may_and_nothing_else(place: Place, role: str, name: str) -> None:
    """With the method that the address is for; whoever sees all units finds this one, and misses none."""
    rule = TABLE[name]
    with undone():
        theirs, none = (
            asked(place.browsers[role], url, rule.only or "GET")
            for url in theirs_and_none(place, name)
        )
    if role in (ORGANIZER, LEAD) and role in rule.may:
        assert theirs.status_code in ADMITTED
        assert none.status_code == 404
        return
    seen = REPRESENTATIVE if role == UNGIVEN else role
    assert theirs.status_code == none.status_code == (404 if seen in rule.may else 403)
    assert theirs.content == none.content


QUERIES = (
    *(("units-history", "unit"), ("outreach-contacts", "unit")),
    *(("support-sites", "in"), ("support-rings", "in"), ("support-weeks", "in")),
)


@pytest.mark.parametrize(("name", "part"), QUERIES)
def test_asked_for_in_a_query_it_is_not_there(place: Place, name: str, part: str) -> None:
    url, answers = address(place.scene, name), []
    for identifier in (place.other.id, MISSING):
        with undone():
            answers.append(place.client.get(url, {part: str(identifier)}))
    theirs, none = answers
    assert theirs.status_code == none.status_code
    assert said(theirs, place) == said(none, place)


def said(answer: Any, place: Place) -> bytes:
    """A page without what was typed, and without what differs from one page to the next."""
    page = answer.content.replace(str(place.other.id).encode(), str(MISSING).encode())
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


@pytest.mark.parametrize("typed", ["id", "code"])
@pytest.mark.parametrize("many", [False, True])
def test_nothing_is_entered_for_it(
    place: Place, typed: str, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where units are too many for a list, and the code is typed."""
    if many:
        monkeypatch.setattr(forms, "MOST_TO_CHOOSE", 0)
    theirs = str(place.other.id) if typed == "id" else CODE
    rows = Contact.objects.count(), PaperEntry.objects.count()
    for name, fields in (
        ("outreach-note", {"text": "bring slips", "assigned": ""}),
        ("tracking-paper", {"count": "4", "day": TODAY.isoformat()}),
    ):
        answers = []
        for unit_id in (theirs, "nothing"):
            with undone():
                url = address(place.scene, name)
                answers.append(place.client.post(url, {**fields, "unit": unit_id}))
                assert (Contact.objects.count(), PaperEntry.objects.count()) == rows
        pages = [said(answer, place) for answer in answers]
        assert (
            pages[0].replace(theirs.encode(), b"nothing").replace(str(MISSING).encode(), b"nothing")
            == pages[1]
        )


def test_a_note_cannot_be_given_to_its_representative(place: Place) -> None:
    typist = Membership.objects.get(user__username=TYPIST)
    fields = {"unit": str(place.scene.unit.id), "text": "bring slips", "assigned": str(typist.pk)}
    with undone():
        answer = place.client.post(address(place.scene, "outreach-note"), fields)
        assert answer.status_code == 400
        assert TYPIST.encode() not in answer.content


def test_what_waits_there_is_not_counted(place: Place) -> None:
    lines = selectors.act_lines(
        place.scene.campaign, today=TODAY, only=frozenset({place.scene.unit.id})
    )
    everything = selectors.act_lines(place.scene.campaign, today=TODAY, only=None)
    assert [line.waiting for line in lines] == [1]
    assert [line.waiting for line in everything] == [2]
