"""Counts as pictures want them: numbers, and sentences for whoever cannot see them."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from organizing.counting.selectors import Counts

_DAY = 86_400
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Ring:
    """What {% ring_progress %} takes. `mark` is the next round number."""

    mark: int
    independent: int
    mailbox: int
    number: str
    label: str


def next_mark(total: int) -> int:
    """The next of 10, 20, 50, 100, 200, 500 … above a total."""
    power = 10
    while True:
        for step in _STEPS:
            if step * power > total:
                return step * power
        power *= 10


def ring(counts: Counts) -> Ring:
    """The ring of a petition; a class below k leaves no stroke."""
    independent = counts.independent.total or 0
    mailbox = (counts.mailbox.total or 0) if counts.mailbox else 0
    mark = next_mark(independent + mailbox)
    if not independent + mailbox:
        number = _("fewer than %(k)s") % {"k": counts.k}
        return Ring(mark, 0, 0, f"< {counts.k}", number)
    number = formats.number_format(independent + mailbox, force_grouping=True)
    label = _("%(number)s signatures on the way to %(mark)s") % {"number": number, "mark": mark}
    return Ring(mark, independent, mailbox, number, label)


def by_day(counts: Counts) -> bool:
    """Whether there is one batch a day at most, so that its day says all."""
    return counts.epoch_seconds >= _DAY


def points(counts: Counts) -> list[tuple[str, int, int | None]]:
    """What {% history_chart %} takes, the oldest first."""
    style = "MONTH_DAY_FORMAT" if by_day(counts) else "TIME_FORMAT"
    return [
        (formats.date_format(row.at, style), row.independent or 0, row.mailbox)
        for row in counts.history
    ]
