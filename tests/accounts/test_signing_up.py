"""Sign-up: a pseudonym and a password; an address only if wanted, and never the employer's."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import User
from tests import factories
from tests.accounts.people import PASSWORD

pytestmark = pytest.mark.django_db
# Each from a network of its own: throttles outlive a test.
networks = (f"198.51.100.{number}" for number in count(1))


def sign_up(**fields: str) -> tuple[Client, Any]:
    data = {"username": "Heron", "password1": PASSWORD, "password2": PASSWORD, **fields}
    client = Client(REMOTE_ADDR=next(networks))
    return client, client.post(reverse("account_signup"), data)


def test_a_pseudonym_and_a_password_are_enough() -> None:
    sign_up()
    user = User.objects.get(username="Heron")
    assert user.email == ""
    assert user.check_password(PASSWORD)


def test_a_passkey_is_offered_next() -> None:
    client, answer = sign_up()
    assert answer.url == reverse("account_protect")
    page = client.get(answer.url)
    assert reverse("mfa_add_webauthn") in page.content.decode()


def test_adding_a_passkey_right_after_sign_up_asks_for_nothing_again() -> None:
    client, _answer = sign_up()
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_where_the_site_has_no_name_an_app_is_offered_instead() -> None:
    client, _answer = sign_up()
    page = client.get(reverse("account_protect"), headers={"host": "127.0.0.1:8000"})
    assert reverse("mfa_add_webauthn") not in page.content.decode()
    assert reverse("mfa_activate_totp") in page.content.decode()


def test_signing_up_tells_nobody_at_which_employers_there_are_campaigns() -> None:
    factories.campaign()
    answers = []
    for domain in (factories.DOMAIN, "nobody-works-here.example"):
        # With a password that is refused, so that the same can be asked again and again.
        _client, answer = sign_up(email=f"someone@{domain}", password1="x", password2="x")
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        answers.append(page.replace(domain, ""))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "name",
    [
        "\N{CYRILLIC SMALL LETTER A}gate",  # beside Latin letters
        "Agate\N{ZERO WIDTH SPACE}",
        "Aga\N{SOFT HYPHEN}te",
        "Agatx\N{COMBINING ACUTE ACCENT}",
        "Agate\N{RIGHT-TO-LEFT OVERRIDE}",
    ],
)
def test_a_pseudonym_that_could_be_taken_for_anothers_is_refused(name: str) -> None:
    _client, answer = sign_up(username=name)
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_other_ways_of_writing_the_same_letters_are_the_same_pseudonym() -> None:
    sign_up(username="\N{FULLWIDTH LATIN CAPITAL LETTER A}gate Blue")
    assert User.objects.get().username == "Agate Blue"
    for again in ("Agate Blue", " Agate  Blue ", "Agate\N{NO-BREAK SPACE}Blue"):
        _client, answer = sign_up(username=again)
        assert answer.status_code == 200


@pytest.mark.parametrize("name", ["مالك-الحزين", "Ñandú7", "Chouette_d’or", "あおサギ", "Zoë.2"])
def test_pseudonyms_of_any_alphabet_are_taken(name: str) -> None:
    sign_up(username=name)
    assert User.objects.get().username == name


def test_a_pseudonym_that_is_an_address_is_refused() -> None:
    _client, answer = sign_up(username="someone@example.org")
    assert not User.objects.exists()
    assert "looks like an e-mail address" in answer.content.decode()


def test_a_taken_address_is_accepted_like_any_other() -> None:
    sign_up(email="someone@example.org")
    _client, answer = sign_up(username="Kestrel", email="someone@example.org")
    assert answer.url == reverse("account_protect")
    assert User.objects.filter(email="someone@example.org").count() == 2


def test_what_was_typed_is_kept_when_something_is_wrong() -> None:
    _client, answer = sign_up(password2="another one entirely", email="a@example.org")
    page = answer.content.decode()
    assert 'value="Heron"' in page
    assert 'value="a@example.org"' in page
    assert PASSWORD not in page
