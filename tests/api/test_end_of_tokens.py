"""Who takes an account back takes it back whole: no token that was made meanwhile opens anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organizing.accounts import services as accounts
from organizing.accounts.models import Membership, Role
from organizing.accounts.tasks import mail_reset
from organizing.safety import throttles
from tests.accounts.people import PASSWORD, Person, enter
from tests.api.cast import get, today, token_of
from tests.oversight.cast import Workplace

pytestmark = pytest.mark.django_db
NEW = {"password1": "seven copper umbrellas", "password2": "seven copper umbrellas"}


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    throttles._keys.clear()
    return Workplace.built()


@pytest.fixture
def kestrel(place: Workplace) -> Person:
    return place.person(Role.REPRESENTATIVE, "Kestrel")


def opens(token: str) -> bool:
    found: Any = get(reverse("api-start"), token)
    return bool(found.status_code == 200)


def test_another_password_ends_every_token_and_nobody_elses(
    place: Workplace, kestrel: Person
) -> None:
    mine = token_of(kestrel.user, place.campaign)
    others = token_of(place.person(Role.LEAD, "Heron").user, place.campaign)
    enter(kestrel).post(reverse("account_change_password"), {"oldpassword": PASSWORD, **NEW})
    kestrel.user.refresh_from_db()
    assert kestrel.user.check_password(NEW["password1"])
    assert not opens(mine)
    assert opens(others)


def test_a_password_by_mail_ends_them_too(place: Workplace, kestrel: Person) -> None:
    accounts.set_email(user=kestrel.user, email="kestrel@example.org")
    token = token_of(kestrel.user, place.campaign)
    mail_reset(kestrel.user.pk)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    client = Client()
    form = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    client.post(form.redirect_chain[-1][0], NEW)
    assert not opens(token)


def test_so_does_a_second_factor_that_is_taken_away(place: Workplace, kestrel: Person) -> None:
    token = token_of(kestrel.user, place.campaign)
    seat = Membership.objects.get(user=kestrel.user)
    heron = place.person(Role.ORGANIZER, "Heron").user
    vouched = accounts.vouch_for(membership=seat, by=heron, today=today())
    assert opens(token)
    accounts.use_vouch(user=kestrel.user, token=vouched, today=today() + timedelta(days=1))
    assert not Authenticator.objects.filter(user=kestrel.user).exists()
    assert not opens(token)
