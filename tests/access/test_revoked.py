"""Whoever is taken out is out with the next request: in every browser, with every token, by every address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from organizing.accounts.models import Membership, Role
from organizing.accounts.services import remove_member
from organizing.api.models import ApiToken
from organizing.oversight.models import ReadLog
from organizing.oversight.services import record_read
from organizing.reports import answering
from tests.access.addresses import addresses
from tests.access.cast import LEAD, ORGANIZER, REPRESENTATIVE, Scene, set_scene
from tests.access.table import TABLE, Side
from tests.access.test_every_address import ADMITTED, address, asked, undone
from tests.accounts.people import Person, enter, member
from tests.api.cast import get, token_of
from tests.oversight.cast import give
from tests.units.trees import TODAY

pytestmark = pytest.mark.django_db
ROLES = {REPRESENTATIVE: Role.REPRESENTATIVE, LEAD: Role.LEAD, ORGANIZER: Role.ORGANIZER}
# Of no campaign, and so open to whoever is signed in.
OF_NOBODY = {"workspace", "workspace-new", "workspace-join"}
PAGES = [n for n, r in TABLE.items() if r.side is Side.WORKSPACE and n not in OF_NOBODY]
FIGURES = [n for n in PAGES if n.startswith("support")]
ANSWERS = ["api-start", "api-acts", "api-total", "api-units", "api-description"]


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Built once, with an organizer who stays; each test undoes what it does."""
    with django_db_blocker.unblock(), undone():
        found = set_scene()
        member(found.campaign, "Robin", Role.ORGANIZER)
        yield found


@pytest.fixture
def kestrel(scene: Scene) -> Person:
    """A representative of the one site."""
    cache.clear()
    person = member(scene.campaign, "Kestrel", Role.REPRESENTATIVE)
    give(person.user, scene.campaign, scene.unit)
    return person


def remove(person: Person) -> None:
    remove_member(membership=Membership.objects.get(user=person.user))


def opened(scene: Scene, client: Client, names: list[str]) -> dict[str, Any]:
    """Answers of the addresses, each undone."""
    found = {}
    for name in names:
        with undone():
            found[name] = asked(client, address(scene, name), TABLE[name].only or "GET")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_shut_in_a_session_that_stays_open(scene: Scene, role: str) -> None:
    cache.clear()
    person = member(scene.campaign, "Mole", ROLES[role])
    phone, laptop = enter(person), enter(person)
    before = opened(scene, phone, [n for n in PAGES if role in TABLE[n].may])
    assert {n: a.status_code for n, a in before.items() if a.status_code not in ADMITTED} == (
        # The one site was given to nobody here.
        {} if role != REPRESENTATIVE else dict.fromkeys(of_the_site(before), 404)
    )
    remove(person)
    for browser in (phone, laptop):
        after = opened(scene, browser, PAGES)
        assert {n: a.status_code for n, a in after.items() if a.status_code != 404} == {}
    assert phone.get(reverse("workspace")).status_code == 200


def of_the_site(answers: dict[str, Any]) -> set[str]:
    """Addresses that name the site, or what lies there."""
    parts = {"unit_id", "contact_id", "entry_id"}
    return {name for name in answers if addresses()[name] & parts}


def test_nothing_that_was_shown_stays_in_the_browser_to_go_back_to(
    scene: Scene, kestrel: Person
) -> None:
    mine = [n for n in PAGES if REPRESENTATIVE in TABLE[n].may]
    for name, answer in opened(scene, enter(kestrel), mine).items():
        assert "no-store" in answer["Cache-Control"], name


def test_every_token_is_worthless_and_none_is_left(scene: Scene, kestrel: Person) -> None:
    token = token_of(kestrel.user, scene.campaign)
    opens = [name for name in ANSWERS if get(address(scene, name), token).status_code == 200]
    assert opens == ANSWERS
    remove(kestrel)
    for name in ANSWERS:
        answer = get(address(scene, name), token)
        assert answer.status_code == 401, name
        assert answer.content == get(address(scene, name), "rr_" + "A" * 43).content
    assert not ApiToken.objects.filter(membership__user=kestrel.user).exists()


@pytest.mark.parametrize("kind", ["", "csv", "xlsx"])
def test_a_download_under_way_is_one_answer_and_the_next_is_none(
    scene: Scene, kestrel: Person, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is made whole before its first byte leaves: nothing trickles on to whoever is out."""
    client = enter(kestrel)

    def removed_meanwhile(**about: Any) -> None:
        record_read(**about)
        remove(kestrel)

    url = address(scene, "support-sites")
    query = {"as": kind, "table": "figures"} if kind else {}
    monkeypatch.setattr(answering, "record_read", removed_meanwhile)
    answer = client.get(url, query)
    assert answer.status_code == 200
    assert not answer.streaming
    assert ReadLog.objects.filter(user=kestrel.user).count() == 1
    monkeypatch.setattr(answering, "record_read", record_read)
    assert client.get(url, query).status_code == 404
    assert ReadLog.objects.filter(user=kestrel.user).count() == 1


def test_no_answer_of_the_interface_or_of_the_tree_trickles(scene: Scene, kestrel: Person) -> None:
    token, client = token_of(kestrel.user, scene.campaign), enter(kestrel)
    answers = [get(address(scene, name), token) for name in ANSWERS]
    answers += [client.get(address(scene, name)) for name in ("units-file", "units", *FIGURES)]
    assert {answer.status_code for answer in answers} == {200}
    assert not any(answer.streaming for answer in answers)


def test_no_address_opens_figures_by_itself() -> None:
    """There is no link of a calendar, a feed or a file that somebody who is out could keep."""
    with_token = {name for name, parts in addresses().items() if "token" in parts}
    assert with_token == {"workspace-join", "drafting-join", "account_recover"}
    for name in (*FIGURES, "workspace-counts", "units", "units-file"):
        assert TABLE[name].side is Side.WORKSPACE, name
    feeds = {name for name in addresses() if "feed" in name or "calendar" in name}
    assert feeds == {"petition-feed"}
    assert TABLE["petition-feed"].side is Side.PUBLIC


def test_units_that_are_taken_away_are_gone_with_the_next_request(
    scene: Scene, kestrel: Person
) -> None:
    client, token = enter(kestrel), token_of(kestrel.user, scene.campaign)
    names = ["support-unit", "units-unit", "outreach-change", "tracking-paper-confirm"]
    before = opened(scene, client, names)
    assert {n: a.status_code for n, a in before.items() if a.status_code not in ADMITTED} == {}
    assert len(get(address(scene, "api-units"), token).json()["units"]) == 1
    give(kestrel.user, scene.campaign)
    after = opened(scene, client, names)
    assert {a.status_code for a in after.values()} == {404}
    assert get(address(scene, "api-units"), token).json()["units"] == []
    assert client.get(address(scene, "support-act")).status_code == 200, "the total stays"
    assert scene.unit.name not in client.get(address(scene, "units")).content.decode()


def test_an_organizer_shuts_somebody_out_from_the_page_of_the_alert(
    scene: Scene, kestrel: Person
) -> None:
    user = Membership.objects.get(user__username="Robin").user
    robin = Person(user, Authenticator.objects.get(user=user, type="totp"))
    scene.alert.user, scene.alert.day = kestrel.user, TODAY
    scene.alert.save()
    organizer, spy = enter(robin), enter(kestrel)
    page = organizer.get(reverse("oversight-reads", args=[scene.campaign.id])).content.decode()
    seat = Membership.objects.get(user=kestrel.user).id
    url = reverse("workspace-remove", args=[scene.campaign.id, seat])
    assert f'href="{url}"' in page
    assert spy.get(address(scene, "support")).status_code == 200
    assert organizer.post(url).status_code == 302
    assert spy.get(address(scene, "support")).status_code == 404
