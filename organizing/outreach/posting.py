"""Mails under way: which are due, who sends one, and what happens when the sender dies.

A mail is sent at least once, and twice only where a worker dies in the moment between the relay's "accepted" and
our own note of it; both then carry the same Message-ID (docs/decisions/0011-mondays-mail-goes-out-at-least-once.md).
"""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from organizing.accounts.access import Campaign
from organizing.accounts.models import Role
from organizing.accounts.selectors import is_at_employer
from organizing.outreach import boxes
from organizing.outreach.models import Mailing, MailKind, MailWish
from organizing.oversight.models import ReadAlert
from organizing.tracking.selectors import acts

# Monday morning where the campaign is; where the site stood still, until Tuesday evening.
DIGEST_AT, DIGEST_LATE = time(7), timedelta(hours=36)
ALERT_LATE = timedelta(days=1)
# Until the end of the day after, so that a relay that was down brings it late rather than never.
KEPT_TRYING = timedelta(days=1)
# Longer than a relay can keep one waiting: seven answers, each within EMAIL_TIMEOUT of 20 seconds.
LEASE = timedelta(minutes=10)
# How many senders may die over one mail. A relay that cannot be reached is not counted.
MOST_TRIES = 3
# A test is for whoever wants any.
_WISHED = {MailKind.DIGEST: {"digest": True}, MailKind.ALERT: {"alerts": True}, MailKind.TEST: {}}
_COMMITTEE = (Role.ORGANIZER, Role.LEAD)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a sender needs for one mail. `token`: the part of the Message-ID before the @."""

    mailing_id: UUID
    kind: MailKind
    address: str
    language: str
    token: str


def prepare_digests(*, now: datetime) -> None:
    """Notes a mail for everybody who wants the digest, where it is Monday morning and there are figures.

    Whether any of them changed does not matter: a mail that came only then would tell that somebody signed.
    A campaign that fails keeps no other one waiting: its error is raised at the end.
    """
    with ExitStack() as every:
        for campaign in Campaign.objects.all():
            every.callback(_prepare_digest, campaign, now)


def _prepare_digest(campaign: Campaign, now: datetime) -> None:
    monday = due_week(campaign.time_zone, now)
    if monday is not None and acts(campaign):
        wishes = MailWish.objects.filter(membership__campaign=campaign, digest=True)
        _prepare(wishes, MailKind.DIGEST, monday.isoformat(), now)


def due_week(zone: str, now: datetime) -> date | None:
    """The Monday whose digest is due at this moment in a time zone (IANA), or None."""
    here = now.astimezone(ZoneInfo(zone))
    monday = here.date() - timedelta(days=here.weekday())
    begins = datetime.combine(monday, DIGEST_AT, ZoneInfo(zone))
    return monday if begins <= now < begins + DIGEST_LATE else None


def prepare_alerts(*, now: datetime) -> None:
    """Notes a mail for those on a committee who want it, for each alert since yesterday; where one fails, as above."""
    alerts = ReadAlert.objects.filter(settled=False, day__gte=now.date() - ALERT_LATE)
    with ExitStack() as every:
        for alert in alerts:
            every.callback(_prepare_alert, alert, now)


def _prepare_alert(alert: ReadAlert, now: datetime) -> None:
    wishes = MailWish.objects.filter(
        membership__campaign_id=alert.campaign_id, membership__role__in=_COMMITTEE, alerts=True
    )
    # Not to the account that is looked at: whoever holds it would be warned.
    others = wishes.exclude(membership__user_id=alert.user_id)
    _prepare(others, MailKind.ALERT, str(alert.id), now)


def _prepare(wishes: Iterable[MailWish], kind: MailKind, about: str, now: datetime) -> None:
    # Whoever comes second finds the row there, and adds none.
    Mailing.objects.bulk_create(
        [
            Mailing(membership_id=wish.membership_id, kind=kind, about=about, made_on=now.date())
            for wish in wishes
        ],
        ignore_conflicts=True,
    )


def _free(now: datetime) -> Q:
    waits = Q(leased_until=None) | Q(leased_until__lte=now)
    recent = Q(made_on__gte=now.date() - KEPT_TRYING)
    return waits & recent & Q(done=False, tries__lt=MOST_TRIES)


def waiting(*, now: datetime) -> list[UUID]:
    """Mails that nobody is sending at this moment."""
    return list(Mailing.objects.filter(_free(now)).order_by("id").values_list("id", flat=True))


@transaction.atomic
def take(*, mailing_id: UUID, now: datetime) -> Letter | None:
    """Takes the lease of a mail; None where somebody else has it, or where it must not go out."""
    rows = Mailing.objects.filter(_free(now), id=mailing_id)
    # One statement: of two senders, the second finds the row leased.
    if not rows.update(leased_until=now + LEASE, tries=F("tries") + 1):
        return None
    row = Mailing.objects.get(id=mailing_id)
    kind = MailKind(row.kind)
    wish = MailWish.objects.filter(membership_id=row.membership_id, **_WISHED[kind]).first()
    content = boxes.read(wish) if wish else {}
    # Nobody wants it any more, or the domain has become the employer's since it was typed.
    if wish is None or not content or is_at_employer(content["address"], wish.membership.user):
        finish(mailing_id=mailing_id)
        return None
    return Letter(row.id, kind, content["address"], content["language"], _token(row.id))


def _token(mailing_id: UUID) -> str:
    """The same at each try, and keyed: a relay's log beside a seized database would join address and pseudonym."""
    return salted_hmac("outreach/message-id", mailing_id.bytes, algorithm="sha256").hexdigest()[:32]


def finish(*, mailing_id: UUID) -> None:
    """The relay has taken the mail, or never will. Nothing is kept of a test: nobody will ask again for the same."""
    rows = Mailing.objects.filter(id=mailing_id)
    rows.filter(kind=MailKind.TEST).delete()
    rows.update(done=True, leased_until=None)


def put_back(*, mailing_id: UUID, now: datetime) -> None:
    """The relay did not take the mail: another try after the next ten minutes, which costs none of the three."""
    rows = Mailing.objects.filter(id=mailing_id, done=False)
    rows.update(leased_until=now + LEASE, tries=F("tries") - 1)
