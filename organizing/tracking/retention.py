"""What tracking erases, and when. Acts, target lines and what was released stay with the campaign."""

from datetime import datetime, timedelta

from organizing.safety.retention import Rule, register
from organizing.tracking.models import PaperEntry

KEPT = timedelta(days=180)


def _forget_who_counted(now: datetime) -> None:
    over = now.date() - KEPT
    PaperEntry.objects.filter(week__lt=over).update(typed_by=None, confirmed_by=None)
    PaperEntry.objects.filter(week=None, day__lt=over).delete()


register(
    Rule(
        "who counted paper",
        "Who typed and who confirmed a number on paper, and numbers that nobody confirmed, after 180 days.",
        _forget_who_counted,
    )
)
