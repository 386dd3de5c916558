"""Writes who read what, limits it, and tells the committee."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import Greatest

from organizing import jobs
from organizing.accounts.access import Campaign, User
from organizing.errors import Busy, Throttled
from organizing.oversight import breadth
from organizing.oversight.labels import TAKEN_OUT
from organizing.oversight.models import AlertKind, ReadAlert, ReadLog
from organizing.safety.throttles import Throttle

# A representative who goes through every site on a Monday reads some thirty reports.
READS_ALERT, READS_MOST = 60, 200
# Seeing everything this often in a day is copying; small campaigns count as forty units.
VIEWS_ALERT, FEWEST_UNITS = 25, 40
HOURLY = Throttle("report", 90)
# What never is much on one day, and adds up in five weeks: sixteen reads on every one of them.
WEEKS_ALERT = 500
# Whoever has read here for so long and never took anything along does so for the first time.
LONG_HERE = timedelta(weeks=4)


class _Day(NamedTuple):
    reads: int
    rows: int
    largest: int


def record_read(
    *,
    user: User,
    campaign: Campaign,
    report: str,
    units: int,
    now: datetime,
    shown: Collection[UUID] = (),
) -> None:
    """Notes that somebody is about to see a report of so many units; call it before showing anything.

    `shown`: the units whose figures are in it.

    Raises Throttled, with the seconds to wait, for bulk reading. The committee gets an alert before that.
    """
    _stop_bursts(user, campaign, now)
    day = now.date()
    if _so_far(user, campaign, day).reads >= READS_MOST:
        _alert(user, campaign, day, AlertKind.STOPPED)
        raise Throttled(retry_after=_rest_of_day(now))
    _alert_if_first(user, campaign, day, report)
    _write(user, campaign, day, report, units)
    _alert_if_bulk(user, campaign, day)
    _alert_if_slow(user, campaign, day)
    _alert_if_wide(user, campaign, day, shown)


def record_day(*, user: User, campaign: Campaign, report: str, units: int, now: datetime) -> None:
    """Notes that somebody saw, on this day, a list that is worked with all day long; call it before showing it.

    Once a day: it is one page, so that seeing it again copies nothing more, and counting that would stop work.
    """
    day = now.date()
    rows = ReadLog.objects.filter(user=user, campaign=campaign, day=day, report=report)
    if not rows.exists():
        _write(user, campaign, day, report, units)


def _stop_bursts(user: User, campaign: Campaign, now: datetime) -> None:
    try:
        HOURLY.hit(str(user.pk))
    except Busy as error:
        _alert(user, campaign, now.date(), AlertKind.STOPPED)
        raise Throttled(retry_after=error.retry_after) from error


def _rest_of_day(now: datetime) -> int:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return max(1, int((midnight - now).total_seconds()))


def _so_far(user: User, campaign: Campaign, day: date) -> _Day:
    rows = ReadLog.objects.filter(user=user, campaign=campaign, day=day)
    found = rows.aggregate(reads=Sum("reads"), rows=Sum("rows"), largest=Max("units"))
    return _Day(found["reads"] or 0, found["rows"] or 0, found["largest"] or 0)


@transaction.atomic
def _write(user: User, campaign: Campaign, day: date, report: str, units: int) -> None:
    line, _made = ReadLog.objects.get_or_create(
        user=user, campaign=campaign, day=day, report=report
    )
    # Added up by the database: two requests at once are two reads.
    ReadLog.objects.filter(id=line.id).update(
        reads=F("reads") + 1, units=Greatest(F("units"), units), rows=F("rows") + units
    )


def _alert_if_bulk(user: User, campaign: Campaign, day: date) -> None:
    found = _so_far(user, campaign, day)
    many_rows = found.rows > VIEWS_ALERT * max(FEWEST_UNITS, found.largest)
    if found.reads > READS_ALERT or many_rows:
        _alert(user, campaign, day, AlertKind.BULK)


def _alert_if_slow(user: User, campaign: Campaign, day: date) -> None:
    rows = ReadLog.objects.filter(user=user, campaign=campaign, day__gte=breadth.window_start(day))
    if (rows.aggregate(reads=Sum("reads"))["reads"] or 0) > WEEKS_ALERT:
        _alert_once(user, campaign, day, AlertKind.SLOW)


def _alert_if_wide(user: User, campaign: Campaign, day: date, shown: Collection[UUID]) -> None:
    new = breadth.note_units(user, campaign, shown, day) if shown else False
    if new and breadth.is_wide(user, campaign, day):
        _alert_once(user, campaign, day, AlertKind.WIDE)


def _alert_if_first(user: User, campaign: Campaign, day: date, report: str) -> None:
    rows = ReadLog.objects.filter(user=user, campaign=campaign)
    if report not in TAKEN_OUT or rows.filter(report__in=TAKEN_OUT).exists():
        return
    if rows.filter(day__lte=day - LONG_HERE).exists():
        _alert(user, campaign, day, AlertKind.FIRST)


def _alert_once(user: User, campaign: Campaign, day: date, kind: AlertKind) -> None:
    """An alert about what adds up over weeks, unless there was the same in them."""
    rows = ReadAlert.objects.filter(user=user, campaign=campaign, kind=kind)
    if not rows.filter(day__gte=breadth.window_start(day)).exists():
        _alert(user, campaign, day, kind)


@transaction.atomic
def _alert(user: User, campaign: Campaign, day: date, kind: AlertKind) -> None:
    _found, made = ReadAlert.objects.get_or_create(user=user, campaign=campaign, day=day, kind=kind)
    if made:
        jobs.enqueue("outreach.mail_due")


@transaction.atomic
def settle_alert(*, alert: ReadAlert) -> None:
    """Takes an alert off the list; the reads stay in the log."""
    alert.settled = True
    alert.save(update_fields=["settled"])
