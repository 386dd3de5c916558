"""Every address of the JSON interface, tried with every kind of token and by every method."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access.addresses import addresses
from tests.access.cast import ENTER, Scene, set_scene
from tests.access.holders import ELSEWHERE_HOLDER, HOLDERS, OUTSIDERS, TOKENS
from tests.access.table import TABLE, Side
from tests.access.test_every_address import address, undone
from tests.api.cast import get

pytestmark = pytest.mark.django_db
NAMES = [name for name, rule in TABLE.items() if rule.side is Side.TOKENS]
OF_AN_ACT = [name for name in NAMES if "act_id" in addresses()[name]]


@pytest.fixture
def scene() -> Scene:
    return set_scene()


def is_right(name: str, holder: str, status: int) -> bool:
    """A holder learns that a scope is missing; anybody else, that a token is."""
    if name == "api-unknown":
        return status == 404
    if holder in OUTSIDERS:
        return status == 401
    if holder == ELSEWHERE_HOLDER:
        return status == (404 if name in OF_AN_ACT else 200)
    return status == (200 if holder in TABLE[name].may else 403)


@pytest.mark.parametrize("name", NAMES)
def test_an_address_opens_to_its_tokens_alone(scene: Scene, name: str) -> None:
    for holder in (*HOLDERS, ELSEWHERE_HOLDER, *OUTSIDERS):
        with undone():
            answer = get(address(scene, name), TOKENS[holder](scene.campaign))
        assert is_right(name, holder, answer.status_code), (holder, answer.status_code)
        assert not answer.cookies


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_can_be_written(scene: Scene, name: str, method: str) -> None:
    with undone():
        answer = get(address(scene, name), TOKENS[HOLDERS[0]](scene.campaign), method)
    assert answer.status_code == (404 if name == "api-unknown" else 405)


@pytest.mark.parametrize("name", NAMES)
def test_no_account_opens_what_needs_a_token(scene: Scene, name: str) -> None:
    for enter in ENTER.values():
        with undone():
            answer = enter(scene).get(address(scene, name))
        assert answer.status_code == (404 if name == "api-unknown" else 401)


@pytest.mark.parametrize("name", OF_AN_ACT)
def test_an_act_of_others_looks_like_none(scene: Scene, name: str) -> None:
    token = TOKENS[ELSEWHERE_HOLDER](scene.campaign)
    theirs = get(address(scene, name), token)
    nothing = get(reverse(name, args=["00000000-0000-0000-0000-000000000000"]), token)
    assert (theirs.status_code, theirs.content) == (nothing.status_code, nothing.content)
