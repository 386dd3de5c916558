"""What oversight erases, and when."""

from datetime import datetime, timedelta

from organizing.oversight import breadth
from organizing.oversight.models import ReadAlert, ReadLog, ReadMark
from organizing.safety.retention import Rule, register

KEPT = timedelta(days=180)


def _erase_reads(now: datetime) -> None:
    ReadLog.objects.filter(day__lt=now.date() - KEPT).delete()
    ReadAlert.objects.filter(day__lt=now.date() - KEPT).delete()


def _erase_marks(now: datetime) -> None:
    ReadMark.objects.filter(week__lt=breadth.window_start(now.date())).delete()


register(Rule("units shown", "Of how many units who saw figures, after five weeks.", _erase_marks))
register(
    Rule("reads of reports", "Who read which report, and alerts, after 180 days.", _erase_reads)
)
