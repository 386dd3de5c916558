"""Monday's mail: when, to whom, how often, and how little it says. Over real SMTP."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.test import override_settings

from organizing.accounts.models import Campaign, Membership, Role
from organizing.accounts.services import remove_member
from organizing.outreach import posting, tasks
from organizing.outreach.models import Mailing, MailKind, MailWish
from organizing.outreach.selectors import Wish
from organizing.oversight.models import ReadAlert
from organizing.tracking.models import Act, Kind
from tests.at_once import at_once
from tests.journeys.mailbox import Mailbox, open_mailbox
from tests.outreach.cast import wishes
from tests.outreach.post_and_die import AFTER, BEFORE, NEVER
from tests.oversight.cast import Workplace
from tests.signing.test_killed import ROOT, environment

ADDRESS = "kestrel@private.test"
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
SMTP = "django.core.mail.backends.smtp.EmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Workplace:
    """A workplace with something to count."""
    built = Workplace.built()
    Act.objects.create(campaign=built.campaign, kind=Kind.CARD, day=MONDAY.date())
    return built


@pytest.fixture
def wish(place: Workplace) -> MailWish:
    user = place.person(Role.REPRESENTATIVE, "Kestrel").user
    return wishes(user, place.campaign, Wish(ADDRESS, "en", digest=True))


@pytest.fixture
def relay() -> Iterator[tuple[Mailbox, str]]:
    """A mail server, to which this process sends."""
    with open_mailbox() as (mailbox, url):
        port = int(url.rpartition(":")[2])
        with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield mailbox, url


def work(now: datetime = MONDAY) -> None:
    """What beat and a worker do together."""
    with mock.patch("organizing.outreach.tasks.timezone.now", return_value=now):
        posting.prepare_digests(now=now)
        posting.prepare_alerts(now=now)
        for mailing_id in posting.waiting(now=now):
            tasks.post(str(mailing_id))


@pytest.mark.parametrize(
    ("zone", "moment", "due"),
    [
        ("UTC", "2026-11-23T06:59:59+00:00", None),
        ("UTC", "2026-11-23T07:00:00+00:00", date(2026, 11, 23)),
        ("UTC", "2026-11-24T18:59:59+00:00", date(2026, 11, 23)),
        ("UTC", "2026-11-24T19:00:00+00:00", None),
        ("America/Los_Angeles", "2026-11-23T14:59:00+00:00", None),
        ("America/Los_Angeles", "2026-11-23T15:00:00+00:00", date(2026, 11, 23)),
        ("Pacific/Auckland", "2026-11-22T18:00:00+00:00", date(2026, 11, 23)),
        # Clocks went back on the Sunday before.
        ("Europe/Madrid", "2026-10-26T05:59:00+00:00", None),
        ("Europe/Madrid", "2026-10-26T06:00:00+00:00", date(2026, 10, 26)),
    ],
)
def test_it_is_due_on_monday_morning_where_the_campaign_is(
    zone: str, moment: str, due: date | None
) -> None:
    assert posting.due_week(zone, datetime.fromisoformat(moment)) == due


def test_it_comes_once_a_week_however_often_beat_runs(
    wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    for minutes in (0, 5, 10, 60, 600):
        work(MONDAY + timedelta(minutes=minutes))
    assert len(relay[0].to(ADDRESS)) == 1
    work(MONDAY + timedelta(days=7))
    assert len(relay[0].to(ADDRESS)) == 2


def test_it_says_hardly_anything(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    work()
    sent = relay[0].to(ADDRESS)[0]
    assert sent["Subject"] == "New figures"
    assert "http://127.0.0.1:8000/workspace/" in sent.get_content()
    telling = (place.campaign.name, str(place.campaign.id), "North", "Kestrel", "petition", "union")
    for word in (*telling, "Roundrobin", "campaign", socket.gethostname()):
        assert word not in sent.as_string().replace(ADDRESS, "").replace("To: ", "")


def test_the_id_of_the_message_leads_to_no_row(wish: MailWish, relay: tuple[Mailbox, str]) -> None:
    work()
    sent, row = relay[0].to(ADDRESS)[0], Mailing.objects.get()
    assert row.id.hex not in sent.as_string()
    assert str(row.id) not in sent.as_string()


def test_it_speaks_the_language_of_the_one_who_asked(
    place: Workplace, relay: tuple[Mailbox, str]
) -> None:
    user = place.person(Role.LEAD, "Kestrel").user
    wishes(user, place.campaign, Wish(ADDRESS, "ar", digest=True))
    with mock.patch("organizing.outreach.tasks.translation.override") as spoken:
        work()
    spoken.assert_called_once_with("ar")


def test_nobody_is_mailed_who_did_not_ask(place: Workplace, relay: tuple[Mailbox, str]) -> None:
    for name, wish in {"Kestrel": Wish(ADDRESS, alerts=True), "Heron": Wish()}.items():
        user = place.person(Role.REPRESENTATIVE, name).user
        if wish.address:
            wishes(user, place.campaign, wish)
    work()
    assert relay[0].mails == []


def test_nobody_is_mailed_who_has_changed_their_mind(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    posting.prepare_digests(now=MONDAY)
    user = wish.membership.user
    wishes(user, place.campaign, Wish(ADDRESS, "en", alerts=True))
    work()
    assert relay[0].mails == []


def test_whoever_asks_again_on_monday_gets_no_second_mail(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    work()
    MailWish.objects.all().delete()
    wishes(wish.membership.user, place.campaign, Wish(ADDRESS, "en", digest=True))
    work(MONDAY + timedelta(hours=1))
    assert len(relay[0].to(ADDRESS)) == 1


def test_a_campaign_without_figures_sends_none(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    Act.objects.all().delete()
    work()
    assert relay[0].mails == []


def test_an_address_that_has_become_the_employers_gets_nothing(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    Campaign.objects.filter(id=place.campaign.id).update(employer_domains=["private.test"])
    work()
    work(MONDAY + timedelta(hours=1))
    assert relay[0].mails == []


def test_whoever_is_removed_gets_nothing_more(
    place: Workplace, wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    posting.prepare_digests(now=MONDAY)
    remove_member(membership=Membership.objects.get(mail_wish=wish))
    work()
    assert relay[0].mails == []


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(wish: MailWish, relay: tuple[Mailbox, str]) -> None:
    posting.prepare_digests(now=MONDAY)
    mailing = Mailing.objects.get()
    with mock.patch("organizing.outreach.tasks.timezone.now", return_value=MONDAY):
        at_once([lambda: tasks.post(str(mailing.id))] * 6)
    assert len(relay[0].to(ADDRESS)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_note_one_mail(wish: MailWish) -> None:
    at_once([lambda: posting.prepare_digests(now=MONDAY)] * 6)
    assert Mailing.objects.count() == 1


def post_elsewhere(step: str, mailing: Mailing, url: str) -> int:
    """The exit code of a worker in a process of its own."""
    command = [sys.executable, "-m", "tests.outreach.post_and_die", step, str(mailing.id)]
    env = {**environment(), "EMAIL_URL": url}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("step", "mails"), [(NEVER, 1), (BEFORE, 1), (AFTER, 2)])
def test_a_worker_that_is_killed_leaves_the_mail_to_the_next(
    wish: MailWish, relay: tuple[Mailbox, str], step: str, mails: int
) -> None:
    now = datetime.now(UTC)
    posting._prepare([wish], MailKind.DIGEST, "2026-11-23", now)
    died = post_elsewhere(step, Mailing.objects.get(), relay[1])
    assert died == (0 if step == NEVER else -signal.SIGKILL)
    with mock.patch("organizing.outreach.posting.prepare_digests"):
        work(now)
        assert len(relay[0].to(ADDRESS)) == (0 if step == BEFORE else 1)
        work(datetime.now(UTC) + posting.LEASE)
        work(datetime.now(UTC) + 2 * posting.LEASE)
    found = relay[0].to(ADDRESS)
    assert len(found) == mails
    # What goes out twice is the same mail, which mail programs show once.
    assert len({mail["Message-ID"] for mail in found}) == 1


def test_a_mail_that_kills_each_worker_is_given_up(wish: MailWish) -> None:
    posting.prepare_digests(now=MONDAY)
    now = MONDAY
    for _worker in range(posting.MOST_TRIES):
        assert posting.take(mailing_id=Mailing.objects.get().id, now=now) is not None
        now += posting.LEASE
    assert posting.waiting(now=now) == []


def test_a_relay_that_is_down_is_tried_again_the_whole_monday(
    wish: MailWish, relay: tuple[Mailbox, str]
) -> None:
    with override_settings(EMAIL_PORT=1):
        for tries in range(6):
            work(MONDAY + tries * timedelta(minutes=10))
    assert relay[0].mails == []
    work(MONDAY + timedelta(hours=2))
    assert len(relay[0].to(ADDRESS)) == 1


def test_an_alert_asks_the_committee_to_look_and_warns_nobody(
    place: Workplace, relay: tuple[Mailbox, str]
) -> None:
    people = {
        name: place.person(role, name).user
        for name, role in (
            ("Heron", Role.ORGANIZER),
            ("Lapwing", Role.LEAD),
            ("Kestrel", Role.REPRESENTATIVE),
        )
    }
    for name, user in people.items():
        wishes(user, place.campaign, Wish(f"{name}@private.test".lower(), "en", alerts=True))
    ReadAlert.objects.create(
        campaign=place.campaign, user=people["Lapwing"], day=MONDAY.date(), kind="bulk"
    )
    for minutes in (0, 20):
        work(MONDAY + timedelta(minutes=minutes))
    assert [recipient for recipient, _mail in relay[0].mails] == ["heron@private.test"]
    sent = relay[0].mails[0][1]
    assert (sent["Subject"], sent.get_content().strip()) == ("Please look", "Please look.")
