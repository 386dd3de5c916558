"""Sign-in tells nothing, keeps nothing, and cannot be used to lock anybody out."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import User
from tests.accounts.people import PASSWORD, SECRET, digits, forget_used_digits, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def guess(name: str, password: str, network: str) -> Any:
    return Client(REMOTE_ADDR=network).post(LOGIN, {"login": name, "password": password})


def without_what_was_typed(page: str, name: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return page.replace(name, "NAME")


def test_an_unknown_pseudonym_and_a_wrong_password_get_the_same_answer() -> None:
    make_person("Heron")
    known, unknown = (guess(n, "not the password", "203.0.113.1") for n in ("Heron", "Nobody"))
    assert known.status_code == unknown.status_code == 200
    assert known.headers.keys() == unknown.headers.keys()
    assert "The pseudonym or the password is not right." in known.content.decode()
    first = without_what_was_typed(known.content.decode(), "Heron")
    assert first == without_what_was_typed(unknown.content.decode(), "Nobody")


def test_the_right_password_leads_to_the_second_factor_and_no_further() -> None:
    make_person("Heron")
    client = Client(REMOTE_ADDR="203.0.113.2")
    answer = client.post(LOGIN, {"login": "Heron", "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/workspace/")["Location"].startswith(LOGIN)


def test_password_and_second_factor_open_the_workspace() -> None:
    person = make_person("Heron")
    forget_used_digits(person)
    client = Client(REMOTE_ADDR="203.0.113.3")
    client.post(LOGIN, {"login": "Heron", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert client.get("/workspace/").status_code == 200


def test_nothing_tells_when_somebody_was_here_last() -> None:
    person = make_person("Heron")
    forget_used_digits(person)
    client = Client(REMOTE_ADDR="203.0.113.4")
    client.post(LOGIN, {"login": "Heron", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert "last_login" not in {field.name for field in User._meta.fields}
    for factor in Authenticator.objects.all():
        assert factor.last_used_at is None
        assert (factor.created_at.hour, factor.created_at.minute, factor.created_at.second) == (
            0,
        ) * 3


def test_the_secret_of_a_second_factor_is_not_in_the_database() -> None:
    make_person("Heron")
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = str(cursor.fetchall())
    assert "secret" in rows
    assert SECRET not in rows


def test_guessing_from_one_network_does_not_lock_out_another() -> None:
    make_person("Heron")
    for _attempt in range(6):
        answer = guess("Heron", "not the password", "203.0.113.5")
    assert "Too many" in answer.content.decode()
    assert guess("Heron", PASSWORD, "203.0.113.6")["Location"] == reverse("mfa_authenticate")


def everything_cached(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What any method of the cache is called with from now on."""
    seen: list[str] = []
    backend = type(caches["default"])

    def watch(name: str) -> None:
        original = getattr(backend, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            seen.append(repr((args[1:], kwargs)))
            return original(*args, **kwargs)

        monkeypatch.setattr(backend, name, watched)

    for method in ("add", "get", "set", "incr", "delete", "touch", "get_many", "set_many"):
        watch(method)
    return seen


def test_no_cache_key_or_value_holds_an_address_or_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    network, name = "203.0.113.77", "Capercaillie"
    person = make_person(name)
    forget_used_digits(person)
    seen = everything_cached(monkeypatch)
    client = Client(REMOTE_ADDR=network)
    client.post(LOGIN, {"login": name, "password": "not the password"})
    client.post(LOGIN, {"login": name, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": digits()})
    client.post(reverse("account_reset_password"), {"email": "someone@example.org"})
    Client(REMOTE_ADDR=network).post(reverse("account_signup"), {"username": name})
    assert any("allauth" in call for call in seen)
    plain = (network, name, name.lower(), f"testserver:{name.lower()}")
    hashed = [hashlib.sha256(text.encode()).hexdigest() for text in plain]
    for call in seen:
        assert not [text for text in (*plain, *hashed) if text in call], call
