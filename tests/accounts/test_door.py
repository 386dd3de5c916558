"""No page of the workspace without a second factor that is set up, and used in this session."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.people import enter, make_person

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_to_sign_in_and_comes_back() -> None:
    answer = Client().get("/workspace/new/")
    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fworkspace%2Fnew%2F"


def test_without_a_second_factor_somebody_is_told_to_set_one_up() -> None:
    client = enter(make_person("Wren", factor=False))
    answer = client.get("/workspace/new/")
    assert answer["Location"] == reverse("account_protect")
    assert "A password alone can be guessed" in client.get(answer["Location"]).content.decode()


def test_setting_one_up_leads_on_to_where_somebody_was_heading() -> None:
    person = make_person("Heron")
    assert person.factor is not None
    client = enter(person)
    session = client.session
    session["after_protect"] = "/workspace/new/"
    session.save()
    assert client.get(reverse("account_protect"))["Location"] == "/workspace/new/"
    assert client.get(reverse("account_protect"))["Location"] == "/workspace/"


def test_a_second_factor_that_this_session_has_not_used_opens_nothing() -> None:
    client = enter(make_person("Heron"), used=False)
    answer = client.get("/workspace/")
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_factor_that_was_removed_opens_nothing_any_more() -> None:
    person = make_person("Heron")
    client = enter(person)
    assert client.get("/workspace/").status_code == 200
    assert person.factor is not None
    person.factor.delete()
    assert client.get("/workspace/")["Location"] == reverse("account_protect")


def test_the_factor_of_somebody_else_opens_nothing() -> None:
    heron, kestrel = make_person("Heron"), make_person("Kestrel")
    client = enter(heron)
    session = client.session
    assert kestrel.factor is not None
    session["account_authentication_methods"][-1]["id"] = kestrel.factor.pk
    session.save()
    assert client.get("/workspace/").status_code == 302


def test_a_form_that_is_sent_without_a_second_factor_changes_nothing() -> None:
    client = enter(make_person("Heron"), used=False)
    answer = client.post("/workspace/new/", {"name": "Hall B"})
    assert answer.status_code == 302
    assert "next=%2Fworkspace%2F" in answer["Location"]


def test_no_page_of_the_workspace_may_be_kept_by_a_cache() -> None:
    assert enter(make_person("Heron")).get("/workspace/")["Cache-Control"] == "no-store"
