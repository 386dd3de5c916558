"""What is left on a device: every cookie goes with the window."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.test import Client

from organizing.accounts.models import Role
from tests import factories
from tests.accounts.people import PASSWORD, enter, make_person, member

pytestmark = pytest.mark.django_db


def is_kept(cookies: SimpleCookie) -> list[str]:
    """Names of cookies that a browser writes to its disk."""
    return [
        name
        for name, cookie in cookies.items()
        if cookie.value and (cookie["expires"] or cookie["max-age"])
    ]


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
)
def test_an_entrance_leaves_nothing(path: str) -> None:
    answer = Client().get(path)
    assert "csrftoken" in answer.cookies
    assert is_kept(answer.cookies) == []


def test_signing_in_leaves_nothing() -> None:
    make_person("Wren", factor=False)
    client = Client()
    answer = client.post("/accounts/login/", {"login": "Wren", "password": PASSWORD})
    assert "sessionid" in answer.cookies
    assert is_kept(answer.cookies) == []


def test_the_workspace_leaves_nothing() -> None:
    campaign = factories.campaign()
    client = enter(member(campaign, "Heron", Role.ORGANIZER))
    answers = [client.get("/workspace/"), client.get(f"/workspace/campaign/{campaign.id}/")]
    assert [name for answer in answers for name in is_kept(answer.cookies)] == []
