"""A forgotten password: the answer and the work are the same for an address that nobody has."""

from __future__ import annotations

from itertools import count
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from organizing.accounts import services
from organizing.accounts.tasks import mail_reset
from tests.accounts.people import PASSWORD, enter, make_person

pytestmark = pytest.mark.django_db
networks = (f"198.51.100.{number}" for number in count(201))


def ask(email: str) -> tuple[Any, list[Any]]:
    """The answer, and the jobs that it left."""
    with mock.patch("organizing.jobs.enqueue") as enqueue:
        client = Client(REMOTE_ADDR=next(networks))
        answer = client.post(reverse("account_reset_password"), {"email": email})
    return answer, enqueue.call_args_list


def test_the_same_answer_and_one_job_for_every_address() -> None:
    person = make_person("Heron")
    services.set_email(user=person.user, email="heron@example.org")
    known, jobs = ask("heron@example.org")
    unknown, other_jobs = ask("nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert jobs == [mock.call("accounts.mail_reset", user_id=person.user.pk)]
    assert other_jobs == [mock.call("accounts.mail_reset", user_id=0)]
    assert mail.outbox == []


def test_the_mail_is_neutral_and_its_link_sets_a_new_password() -> None:
    person = make_person("Heron")
    services.set_email(user=person.user, email="heron@example.org")
    mail_reset(person.user.pk)
    [letter] = mail.outbox
    assert letter.to == ["heron@example.org"]
    for word in ("Heron", "Roundrobin", "petition", "campaign"):
        assert word not in f"{letter.subject} {letter.body}"
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    client = Client()
    form = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    new = "seven copper umbrellas"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    person.user.refresh_from_db()
    assert person.user.check_password(new)


def test_nothing_is_mailed_for_nobody() -> None:
    make_person("Heron")
    mail_reset(0)
    mail_reset(999_999)
    assert mail.outbox == []


def test_an_address_is_changed_and_removed_in_one_form() -> None:
    person = make_person("Heron")
    client = enter(person)
    client.post(reverse("account_email"), {"email": "heron@example.org"})
    person.user.refresh_from_db()
    assert person.user.email == "heron@example.org"
    client.post(reverse("account_email"), {"email": ""})
    person.user.refresh_from_db()
    assert person.user.email == ""


def test_changing_the_address_asks_for_the_password_again() -> None:
    client = enter(make_person("Heron"))
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.post(reverse("account_email"), {"email": "heron@example.org"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert PASSWORD not in answer.content.decode()
