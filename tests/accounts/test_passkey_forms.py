"""Anybody can send what looks like a passkey; none of it is an error of ours, nor a line in the log."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.accounts.people import enter, make_person

pytestmark = pytest.mark.django_db
SAID = ["[" * 100_000, '{"a":' * 5_000, "9" * 5_000, "NaN", "[]", '{"response": 1}', "\0", ""]


@pytest.mark.parametrize("said", SAID, ids=range(len(SAID)))
def test_a_stranger_is_answered_without_an_error(said: str) -> None:
    stranger = Client()
    stranger.get("/accounts/2fa/webauthn/login/")
    assert stranger.post("/accounts/2fa/webauthn/login/", {"credential": said}).status_code == 302


@pytest.mark.parametrize("said", SAID, ids=range(len(SAID)))
@pytest.mark.parametrize("page", ["add", "reauthenticate"])
def test_so_is_the_owner_of_an_account(page: str, said: str) -> None:
    owner = enter(make_person("Wren"))
    answer = owner.post(f"/accounts/2fa/webauthn/{page}/", {"credential": said, "name": "key"})
    assert answer.status_code in (200, 302)
