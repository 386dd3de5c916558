"""A test mail, for whoever wants to know whether mail arrives: asked for, seldom, and saying nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Role
from organizing.outreach import posting, services, tasks
from organizing.outreach.models import Mailing, MailKind, MailWish
from organizing.safety import throttles
from tests.accounts.people import enter
from tests.journeys.mailbox import Mailbox, open_mailbox
from tests.oversight.cast import Workplace

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "kestrel@private.test"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    return Workplace.built()


@pytest.fixture
def client(place: Workplace) -> Client:
    """Somebody who has just saved an address."""
    made = enter(place.person(Role.REPRESENTATIVE, "Kestrel"))
    made.post(url(place), {"address": ADDRESS, "digest": "on"})
    return made


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server; tasks run at once, as by a worker."""

    def work(name: str, kwargs: dict[str, str]) -> None:
        assert name == "outreach.post"
        tasks.post(**kwargs)

    monkeypatch.setattr(current_app, "send_task", work)
    with open_mailbox() as (found, address):
        port = int(address.rpartition(":")[2])
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield found


def url(place: Workplace) -> str:
    return reverse("outreach-mail", args=[place.campaign.id])


def ask(client: Client, place: Workplace) -> str:
    answer: Any = client.post(url(place), {"do": "test"}, follow=True)
    assert answer.redirect_chain == [(url(place), 302)]
    return str(answer.content.decode())


def sent(mailbox: Mailbox) -> list[EmailMessage]:
    return [mail for _recipient, mail in mailbox.mails]


def test_saving_sends_nothing_and_offers_a_test(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    client.post(url(place), {"address": ADDRESS, "digest": "on"})
    assert sent(mailbox) == []
    page = client.get(url(place)).content.decode()
    assert f"A test mail goes to <bdi>{ADDRESS}</bdi>" in page
    assert "on its way" in ask(client, place)
    assert len(mailbox.to(ADDRESS)) == 1
    assert client.post(url(place), {"address": ADDRESS}, follow=True).status_code == 200
    assert b"A test mail goes to" not in client.get(url(place)).content


def test_it_says_nothing_of_the_campaign_or_the_site(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    ask(client, place)
    (mail,) = sent(mailbox)
    assert mail["Subject"] == "Test"
    assert "This mail was asked for" in mail.get_content()
    assert "http" not in mail.get_content()
    telling = (
        place.campaign.name,
        str(place.campaign.id),
        "North",
        "Kestrel",
        "petition",
        "figures",
    )
    for word in (*telling, "Roundrobin", "campaign", socket.gethostname()):
        assert word not in mail.as_string().replace(ADDRESS, "")


def test_nothing_is_kept_of_a_test_that_was_sent_and_what_was_not_sent_is_found_again(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    with override_settings(EMAIL_PORT=1):
        ask(client, place)
    assert sent(mailbox) == []
    later = timezone.now() + posting.LEASE
    (waiting,) = posting.waiting(now=later)
    Mailing.objects.update(leased_until=None)
    tasks.post(str(waiting))
    assert len(sent(mailbox)) == 1
    assert not Mailing.objects.exists()


def test_the_fourth_within_an_hour_is_refused(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    said = [ask(client, place) for _time in range(services.TESTS.limit + 1)]
    assert ["on its way" in page for page in said] == [True, True, True, False]
    assert "Three test mails an hour are enough" in said[-1]
    assert len(sent(mailbox)) == 3


def test_another_address_makes_no_room_for_a_fourth(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    for number in range(4):
        client.post(url(place), {"address": f"heron{number}@private.test", "digest": "on"})
        ask(client, place)
    assert len(sent(mailbox)) == 3


@pytest.mark.parametrize("domain", ["private.test", "test"])
def test_none_goes_to_what_has_become_the_employers(
    place: Workplace, client: Client, mailbox: Mailbox, domain: str
) -> None:
    Campaign.objects.filter(id=place.campaign.id).update(employer_domains=[domain])
    assert "belongs to an employer" in ask(client, place)
    assert sent(mailbox) == []
    assert not Mailing.objects.exists()


def test_what_became_the_employers_while_it_waited_is_not_sent(
    place: Workplace, client: Client, mailbox: Mailbox
) -> None:
    Campaign.objects.filter(id=place.campaign.id).update(employer_domains=["private.test"])
    seat = MailWish.objects.get().membership
    row = Mailing.objects.create(
        membership=seat, kind=MailKind.TEST, about="x", made_on="2026-11-23"
    )
    tasks.post(str(row.id))
    assert sent(mailbox) == []
    assert not Mailing.objects.exists()


def test_whoever_keeps_no_address_is_told_so(place: Workplace, mailbox: Mailbox) -> None:
    bare = enter(place.person(Role.LEAD, "Heron"))
    assert "No address is kept" in ask(bare, place)
    assert sent(mailbox) == []


def test_the_campaigns_page_promises_no_figures_by_mail(place: Workplace, client: Client) -> None:
    page = client.get(reverse("workspace-campaign", args=[place.campaign.id])).content.decode()
    assert "A mail on Mondays that new figures are there" in page
    assert "Figures by mail" not in page
