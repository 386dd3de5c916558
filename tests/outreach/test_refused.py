"""A relay that refuses: for now, and the mail comes later; or for good, and nobody asks again. Over real SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from organizing.accounts.models import Role
from organizing.outreach import posting, tasks
from organizing.outreach.models import Mailing
from organizing.outreach.selectors import Wish
from organizing.tracking.models import Act, Kind
from tests.journeys.mailbox import Mailbox
from tests.outreach.cast import wishes
from tests.oversight.cast import Workplace
from tests.services import free_port

ADDRESS = "kestrel@private.test"
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
OK = "250 OK"
pytestmark = pytest.mark.django_db


class Refusing(Mailbox):
    """Says something else than yes, as often as it is told to. `asked`: how often somebody came."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.answers: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}

    def _answer(self, step: str) -> str:
        return self.answers[step].pop() if self.answers[step] else OK

    async def handle_MAIL(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether the sender may send."""
        self.asked += 1
        envelope.mail_from = address
        return self._answer("MAIL")

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whether there is such a mailbox."""
        answer = self._answer("RCPT")
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Whether the mail is taken."""
        answer = self._answer("DATA")
        return answer if answer != OK else await super().handle_DATA(server, session, envelope)


@pytest.fixture
def relay() -> Iterator[Refusing]:
    """A mail server to which this process sends."""
    box = Refusing()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port):
        yield box
    server.stop()


@pytest.fixture(autouse=True)
def mailing() -> Mailing:
    """Monday's mail to somebody who wants it."""
    place = Workplace.built()
    Act.objects.create(campaign=place.campaign, kind=Kind.CARD, day=MONDAY.date())
    user = place.person(Role.REPRESENTATIVE, "Kestrel").user
    wishes(user, place.campaign, Wish(ADDRESS, "en", digest=True))
    posting.prepare_digests(now=MONDAY)
    return Mailing.objects.get()


def work(*, after: timedelta = timedelta()) -> None:
    """What a worker does with whatever waits."""
    now = MONDAY + after
    with mock.patch("organizing.outreach.tasks.timezone.now", return_value=now):
        for mailing_id in posting.waiting(now=now):
            tasks.post(str(mailing_id))


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("RCPT", "450 4.2.0 Greylisted, come again"),
        ("RCPT", "421 4.3.2 Shutting down"),
        ("DATA", "452 4.2.2 Mailbox full"),
        ("MAIL", "451 4.3.0 Try again later"),
        # It is us that the relay does not like: the operator can mend that before the day is over.
        ("MAIL", "550 5.7.1 Sender refused"),
    ],
)
def test_a_mail_that_is_put_off_comes_once_the_relay_takes_it(
    mailing: Mailing, relay: Refusing, step: str, answer: str
) -> None:
    # More often than workers may die over a mail: a relay's "later" is none of those.
    relay.answers[step] = [answer] * (posting.MOST_TRIES + 1)
    for tries in range(posting.MOST_TRIES + 1):
        work(after=tries * posting.LEASE)
        assert relay.mails == []
    work(after=timedelta(hours=1))
    work(after=timedelta(hours=2))
    assert len(relay.to(ADDRESS)) == 1
    mailing.refresh_from_db()
    assert (mailing.done, mailing.tries) == (True, 1)


def test_nobody_asks_again_before_ten_minutes_are_over(relay: Refusing) -> None:
    relay.answers["RCPT"] = ["450 4.2.0 Greylisted, come again"] * 9
    for minutes in range(10):
        work(after=timedelta(minutes=minutes))
    assert relay.asked == 1


def test_nobody_asks_again_after_tuesday(mailing: Mailing, relay: Refusing) -> None:
    relay.answers["RCPT"] = ["450 4.2.0 Greylisted, come again"] * 999
    for hours in range(36):
        work(after=timedelta(hours=hours))
    assert relay.asked == 36
    for days in range(2, 5):
        work(after=timedelta(days=days))
    assert relay.asked == 36
    assert not mailing.done


@pytest.mark.parametrize(
    ("step", "answer"),
    [("RCPT", "550 5.1.1 No such user"), ("DATA", "554 5.7.1 Not taken")],
)
def test_a_mail_that_is_refused_for_good_is_not_sent_again(
    mailing: Mailing, relay: Refusing, step: str, answer: str
) -> None:
    relay.answers[step] = [answer]
    work()
    work(after=timedelta(hours=1))
    assert (relay.mails, relay.asked) == ([], 1)
    mailing.refresh_from_db()
    assert mailing.done
