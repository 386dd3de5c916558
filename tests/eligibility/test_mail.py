"""The mail with a code says nothing but the code."""

import socket
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone

from organizing.crypto.messages import CodeRequest
from organizing.eligibility import services, tasks
from organizing.eligibility.models import RequestTally
from organizing.petitions.selectors import PublishedPetition
from organizing.safety import retention
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = f"sam@{factories.DOMAIN}"


@pytest.fixture
def petition(monkeypatch: pytest.MonkeyPatch) -> PublishedPetition:
    """An open petition, whose jobs run at once, in an hour in which no mail was sent yet."""
    cache.clear()
    monkeypatch.setattr("organizing.jobs.send_now", lambda _name, **job: tasks.mail_code(**job))
    return factories.opened()


def _ask(petition: PublishedPetition, address: str, language: str = "en") -> None:
    request = CodeRequest(petition.manifest.hash, language, address)
    services.request_mail_code(petition=petition, request=request, now=timezone.now())


def test_it_names_neither_the_petition_nor_this_host(petition: PublishedPetition) -> None:
    _ask(petition, ADDRESS)
    sent = mail.outbox[0].message().as_string()
    for telling in ("Stop the recording", petition.pid, "/p/", "http", socket.gethostname()):
        assert telling not in sent
    assert mail.outbox[0].to == [ADDRESS]


def test_it_comes_in_the_language_that_was_asked_for(petition: PublishedPetition) -> None:
    _ask(petition, ADDRESS, "es")
    assert mail.outbox[0].subject == "Tu código"


@pytest.mark.parametrize("address", ["sam@elsewhere.test", "not an address", "sam@"])
def test_none_goes_to_an_address_that_cannot_have_a_code(
    petition: PublishedPetition, address: str
) -> None:
    _ask(petition, address)
    assert mail.outbox == []


def test_a_tag_reaches_the_mailbox_without_it(petition: PublishedPetition) -> None:
    _ask(petition, f"Sam+petition@{factories.DOMAIN}")
    assert mail.outbox[0].to == [ADDRESS]


def test_asking_again_on_one_day_gives_the_same_code(petition: PublishedPetition) -> None:
    _ask(petition, ADDRESS)
    _ask(petition, ADDRESS)
    assert mail.outbox[0].body == mail.outbox[1].body


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, petition: PublishedPetition) -> None:
    """Jobs that are repeated as a worker repeats them, without the waiting."""

    def run(_name: str, **job: str | int) -> None:
        tasks.mail_code.apply(kwargs=job)

    monkeypatch.setattr("organizing.jobs.send_now", run)


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, OSError], None]:
    """Makes the relay fail so many times, in this way."""
    send = EmailMessage.send

    def break_it(times: int, error: OSError) -> None:
        left = [error] * times

        def sometimes(message: EmailMessage) -> int:
            if left:
                raise left.pop()
            return send(message)

        monkeypatch.setattr(EmailMessage, "send", sometimes)

    return break_it


_GONE = SMTPServerDisconnected("gone")
_NOT_YET = SMTPRecipientsRefused({ADDRESS: (450, b"greylisted")})
_NOBODY = SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize("error", [_GONE, _NOT_YET])
def test_it_comes_once_the_relay_takes_it(
    petition: PublishedPetition, relay: Callable[[int, OSError], None], error: OSError
) -> None:
    relay(5, error)
    _ask(petition, ADDRESS)
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    # Organizers see how many asked, not how often the relay was.
    assert RequestTally.objects.get().requested == 1


@pytest.mark.usefixtures("queue")
def test_nobody_tries_again_where_there_is_no_such_mailbox(
    petition: PublishedPetition, relay: Callable[[int, OSError], None]
) -> None:
    relay(1, _NOBODY)
    _ask(petition, ADDRESS)
    assert mail.outbox == []


@pytest.mark.usefixtures("queue")
def test_an_address_gets_three_mails_an_hour(petition: PublishedPetition) -> None:
    for _time in range(5):
        _ask(petition, ADDRESS)
    assert len(mail.outbox) == 3


def test_a_job_that_comes_after_the_keys_are_destroyed_is_dropped(
    petition: PublishedPetition, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = []
    monkeypatch.setattr("organizing.jobs.send_now", lambda _name, **job: waiting.append(job))
    _ask(petition, ADDRESS)
    retention.apply_all(now=petition.sending_ends_at)
    tasks.mail_code(**waiting.pop())
    assert mail.outbox == []
