"""Every address, tried by everybody: who may, may; who may not learns no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.access.addresses import addresses
from tests.access.cast import (
    ACTORS,
    DRAFTER,
    ENTER,
    LEAD,
    MISSING,
    NO_FACTOR,
    NOBODY,
    NOWHERE,
    ORGANIZER,
    REPRESENTATIVE,
    Scene,
    set_scene,
)
from tests.access.table import TABLE, Rule, Side

pytestmark = pytest.mark.django_db
MEMBERS = (ORGANIZER, REPRESENTATIVE, LEAD, DRAFTER)
# What a page answers to whoever may: also that a field is empty, or that this cannot be done now.
ADMITTED = {200, 302, 400, 409, 410}


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The scene and everybody's session: made once, gone at the end. Each test undoes what it does."""
    with django_db_blocker.unblock(), undone():
        scene = set_scene()
        yield Cast(scene, {actor: session_of(ENTER[actor](scene)) for actor in ACTORS})


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return cast.scene


@dataclass(frozen=True)
class Cast:
    """What everybody stands before, and the session of each: empty for who has none."""

    scene: Scene
    sessions: dict[str, str]

    def enter(self, actor: str) -> Client:
        """A browser of their own, as it was after they signed in."""
        client = Client()
        if session := self.sessions[actor]:
            client.cookies["sessionid"] = session
        return client


def session_of(client: Client) -> str:
    """What the browser's cookie holds, if there is one."""
    cookie = client.cookies.get("sessionid")
    return cookie.value if cookie else ""


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays: the next actor finds the scene as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def names(side: Side) -> list[str]:
    return [name for name, rule in TABLE.items() if rule.side is side]


def address(scene: Scene, name: str) -> str:
    petition = scene.draft if TABLE[name].draft else scene.frozen
    return reverse(name, kwargs=scene.arguments(addresses()[name], petition))


def asked(client: Client, url: str, method: str) -> Any:
    return client.get(url) if method == "GET" else client.post(url, {})


def test_every_address_is_in_the_table() -> None:
    assert set(addresses()) - set(TABLE) == set()


def test_the_table_has_no_address_that_is_gone() -> None:
    assert set(TABLE) - set(addresses()) == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", names(Side.WORKSPACE))
def test_a_page_of_the_workspace_opens_to_its_roles_alone(
    cast: Cast, scene: Scene, name: str, method: str
) -> None:
    for actor in ACTORS:
        with undone():
            answer = asked(cast.enter(actor), address(scene, name), method)
            found = (answer.status_code, answer.get("Location", ""))
            assert is_right(TABLE[name], actor, method, *found), (actor, found)


def is_right(rule: Rule, actor: str, method: str, status: int, location: str) -> bool:
    """A member learns that the role is wrong; anybody else, that there is nothing here."""
    if actor == NOBODY:
        return location.startswith(reverse("account_login"))
    if actor == NO_FACTOR:
        return location == reverse("account_protect")
    if rule.only and method != rule.only:
        return status == 405
    if actor in rule.may:
        return status in ADMITTED
    return status == (403 if actor in MEMBERS else 404)


@pytest.mark.parametrize("name", names(Side.WORKSPACE))
def test_what_is_not_there_looks_like_what_is_not_yours(
    cast: Cast, scene: Scene, name: str
) -> None:
    here = gone = address(scene, name)
    for own in (scene.campaign.id, scene.draft.id, scene.frozen.id):
        gone = gone.replace(str(own), str(MISSING))
    stranger, method = cast.enter(NOWHERE), TABLE[name].only or "GET"
    yours, nothing = asked(stranger, here, method), asked(stranger, gone, method)
    assert yours.status_code == nothing.status_code
    if here != gone:
        assert yours.status_code == 404
        assert yours.content == nothing.content


@pytest.mark.parametrize("name", names(Side.PUBLIC))
def test_a_public_page_is_the_same_for_everybody(cast: Cast, scene: Scene, name: str) -> None:
    url = address(scene, name)
    stranger = Client().get(url)
    for actor in ACTORS:
        with undone():
            known = cast.enter(actor).get(url)
        assert (stranger.status_code, stranger.content) == (known.status_code, known.content)
        assert not known.cookies
        assert "Cookie" not in known.get("Vary", "")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", names(Side.ACCOUNT))
def test_an_account_is_its_owners_alone(scene: Scene, name: str, method: str) -> None:
    answer = asked(Client(), address(scene, name), method)
    if TABLE[name].only not in {"", method}:
        assert answer.status_code == 405
        return
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", names(Side.ACCOUNT))
def test_every_page_of_an_account_answers_its_owner(cast: Cast, scene: Scene, name: str) -> None:
    for actor in ACTORS[:-1]:
        with undone():
            answer = cast.enter(actor).get(address(scene, name))
        assert answer.status_code in {200, 302, 404}, actor
        assert not answer.get("Location", "").startswith(reverse("account_login")), actor


@pytest.mark.parametrize("name", names(Side.ENTRANCE))
def test_every_entrance_answers_everybody(cast: Cast, scene: Scene, name: str) -> None:
    for actor in ACTORS:
        with undone():
            answer = cast.enter(actor).get(address(scene, name))
        assert answer.status_code in {200, 302}, actor


@pytest.mark.parametrize("name", names(Side.DRAFTS))
def test_drafts_open_to_whoever_is_signed_in(cast: Cast, scene: Scene, name: str) -> None:
    for actor in ACTORS:
        with undone():
            answer = cast.enter(actor).get(address(scene, name))
        if actor == NOBODY:
            assert answer["Location"].startswith(reverse("account_login"))
        else:
            assert answer.status_code == 200, actor
