"""What goes wrong before, in and behind a view of the interface is said as problem+json, never as a page."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.api import access
from organizing.errors import Unavailable
from organizing.safety.throttles import Throttle
from organizing.tracking import selectors
from tests.api.cast import token_of
from tests.oversight.cast import Workplace

pytestmark = pytest.mark.django_db


@pytest.fixture
def token() -> str:
    cache.clear()
    place = Workplace.built()
    return token_of(place.person(Role.LEAD, "Kestrel").user, place.campaign)


def asked(token: str, method: str = "GET", **headers: str) -> Any:
    """An answer as it goes out: an error of ours is no error of this test."""
    site = Client(raise_request_exception=False)
    headers = {"Authorization": f"Bearer {token}", **headers}
    return site.generic(method, reverse("api-acts"), headers=headers)


def said(answer: Any) -> tuple[int, str]:
    """What a program reads: the status that the answer has, and the sentence."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["status"] == answer.status_code
    return answer.status_code, answer.json()["detail"]


@pytest.mark.parametrize("error", [Unavailable(), OperationalError("gone")])
@pytest.mark.parametrize(
    ("place", "name"), [(access, "holder_of"), (Throttle, "hit"), (selectors, "acts")]
)
def test_what_cannot_be_answered_now_is_said_to_a_program(
    token: str, place: object, name: str, error: Exception
) -> None:
    with mock.patch.object(place, name, side_effect=error):
        found = said(asked(token))
    assert found == (503, "This cannot be answered now. Send the same request again.")


def test_a_door_that_fails_before_the_view_says_so_as_well(token: str) -> None:
    view = mock.Mock(side_effect=OperationalError("gone"))
    with mock.patch("organizing.api.door.get_resolver") as found:
        found.return_value.resolve.return_value = mock.Mock(func=view, args=(), kwargs={})
        with override_settings(MIDDLEWARE=["organizing.api.door.ApiDoor"]):
            assert said(asked(token))[0] == 503
    view.assert_called_once()


def test_so_is_what_broke_here(token: str) -> None:
    with mock.patch.object(selectors, "acts", side_effect=ZeroDivisionError):
        assert said(asked(token))[0] == 500


def test_so_is_a_request_for_another_host(token: str) -> None:
    assert said(asked(token, Host="elsewhere.test"))[0] == 400


def test_a_method_that_is_not_allowed_still_names_those_that_are(token: str) -> None:
    answer = asked(token, "DELETE")
    assert said(answer)[0] == 405
    assert answer["Allow"] == "GET"
