"""Figures in words: how a number, a share and what is not shown are said, everywhere the same."""

import math
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from organizing.tracking.figures import Crossing, UnitFigure, Unsaid

NOTHING = "–"


def number(value: int) -> str:
    """1,640; one under nought begins with a mark that keeps its sign before it where lines run from the right."""
    told = formats.number_format(value, force_grouping=True)
    return f"\u200e{told}" if value < 0 else told


def share(percent: int) -> str:
    """29%"""
    return _("%(number)s%%") % {"number": percent}


def day(value: date) -> str:
    """Nov. 2, for axes and columns: as in `full_day`, short, and without the year, which stands beside them."""
    order = formats.get_format("MONTH_DAY_FORMAT").replace("\\d\\e ", "").replace("F", "N")
    return formats.date_format(value, order)


def full_day(value: date) -> str:
    """With the year, as everywhere in the workspace."""
    return formats.date_format(value, "DATE_FORMAT")


def band(k: int, through: date | None, *, whole: bool) -> str:
    """Instead of a number of signers. A unit's can be hidden for the sake of a smaller one beside it."""
    if whole and through:
        # Many can have signed since.
        return _("fewer than %(k)s up to %(day)s") % {"k": k, "day": full_day(through)}
    if whole:
        return _("fewer than %(k)s") % {"k": k}
    return _("fewer than %(k)s, or hidden") % {"k": k}


def instead(figure: UnitFigure, k: int) -> str:
    """Instead of a figure's number of signers."""
    if not figure.on_site:
        return _("on paper alone")
    if figure.first_on:
        return first_on(figure.first_on)
    if not figure.counted:
        return _("not counted by itself")
    if figure.below is not None:
        return _("fewer than %(k)s") % {"k": number(figure.below)}
    # What was shown once, and left again, is known too roughly to say how few are left.
    if figure.unit_id is None and figure.blocks:
        return not_shown()
    return band(k, figure.through, whole=figure.unit_id is None)


def first_on(monday: date) -> str:
    """Instead of every number, while no whole week is over: it says nothing of how many have signed."""
    return _("first figures on %(day)s") % {"day": full_day(monday)}


def not_shown() -> str:
    """Instead of what would follow from a number that is not shown."""
    return _("not shown")


def unshown(figure: UnitFigure) -> str:
    """The same where there is little room: `not shown` only where there is something to show."""
    return pgettext("figures, in their first week", "not yet") if figure.first_on else not_shown()


def without(figure: UnitFigure) -> str:
    """Instead of what is told of signers on the site alone: an act on paper alone has none that could be hidden."""
    return unshown(figure) if figure.on_site or figure.first_on else NOTHING


def none_shown() -> str:
    """Instead of a number on paper: there is none, or too few."""
    return _("none shown")


def no_people(k: int) -> str:
    """Instead of a head-count."""
    return _("unknown, or fewer than %(k)s") % {"k": k}


def percent(figure: UnitFigure) -> int | None:
    """The coverage of a hundred, rounded down: it is a lower bound. None where it is not shown."""
    # 0.29 times a hundred is a hair under 29.
    return None if figure.coverage is None else int(figure.coverage * 100 + 1e-9)


def paper_share(figure: UnitFigure) -> float:
    """Paper signatures of a hundred people, for pictures; nought where none are shown."""
    return figure.paper * 100 / figure.people if figure.paper and figure.people else 0.0


def percent_on_paper(figure: UnitFigure) -> int | None:
    """The same share in whole per cent, rounded down. None where none are shown."""
    return figure.paper * 100 // figure.people if figure.paper and figure.people else None


def paper_as_of(figure: UnitFigure) -> date | None:
    """The Sunday up to which the number on paper is known."""
    last = max((block.last for block in figure.paper_blocks), default=None)
    return last + timedelta(days=6) if last and figure.paper else None


def name(figure: UnitFigure) -> str:
    """The unit's name; the whole campaign has none of its own."""
    return figure.name if figure.unit_id else _("The whole campaign")


def at_least(figure: UnitFigure, k: int) -> str:
    """at least 120 of 410"""
    if not figure.on_site and not figure.first_on:
        return _paper_alone(figure)
    if figure.signers is None:
        return instead(figure, k)
    signers = number(figure.signers)
    if figure.people is None:
        return _("at least %(signers)s") % {"signers": signers}
    return _("at least %(signers)s of %(people)s") % {
        "signers": signers,
        "people": number(figure.people),
    }


def _paper_alone(figure: UnitFigure) -> str:
    if not figure.paper:
        return _("none on paper shown")
    if figure.people is None:
        return _("at least %(paper)s on paper") % {"paper": number(figure.paper)}
    return _("at least %(paper)s of %(people)s on paper") % {
        "paper": number(figure.paper),
        "people": number(figure.people),
    }


def on_paper(figure: UnitFigure) -> str:
    """and 14 on paper; empty where nothing on paper is shown, or nothing else can be."""
    if not figure.paper or not figure.on_site:
        return ""
    return _("and %(number)s on paper") % {"number": number(figure.paper)}


def caption(figure: UnitFigure, k: int) -> list[str]:
    """The share, how many of how many, and what is on paper, in as few words as stand under a picture."""
    found = percent(figure)
    parts = [
        "" if found is None else share(found),
        at_least(figure, k),
        on_paper(figure),
    ]
    return [part for part in parts if part]


def told(figure: UnitFigure, k: int) -> str:
    """All of one figure in a sentence, for whoever cannot see the picture."""
    parts = [f"{name(figure)}: {at_least(figure, k)}"]
    found = percent(figure)
    parts += [share(found)] if found is not None else []
    parts += [on_paper(figure)] if figure.paper else []
    return _(", ").join(parts)


def joined(added: int, weeks: int) -> str:
    """48 in 3 weeks"""
    if weeks == 1:
        return number(added)
    return ngettext("%(number)s in %(weeks)s week", "%(number)s in %(weeks)s weeks", weeks) % {
        "number": number(added),
        "weeks": weeks,
    }


def scale(ceiling: int) -> str:
    """What the heights of pictures mean."""
    return _(
        "Heights are shares of the head-count, from 0 to %(ceiling)s%% in every picture of this page. "
        "What is hatched is not shown. An open, dashed box is paper."
    ) % {"ceiling": ceiling}


def reached(figure: UnitFigure) -> int | None:
    """What an act counts of a unit: signers on the site, or signatures on paper where it is on paper alone."""
    return figure.signers if figure.on_site else figure.paper


def is_passed(figure: UnitFigure, line: Crossing) -> bool:
    """Whether a line is known to be passed by what the act counts."""
    if figure.on_site:
        return bool(line.passed)
    return (figure.paper or 0) * 100 >= line.share * (figure.people or math.inf)


def passed(figure: UnitFigure, line: Crossing) -> str:
    """Whether a line is passed, as far as can be said."""
    if figure.paper and figure.people and not figure.on_site:
        # What is shown is a lower bound on paper, too.
        return _("passed on paper") if is_passed(figure, line) else _("not yet seen on paper")
    if line.passed is None:
        return _("not known")
    return _("passed") if line.passed else _("not yet")


def unsaid(figure: UnitFigure, line: Crossing) -> str:
    """Why no day is named by which a line may be crossed; empty where there is one, or nothing to ask."""
    if figure.paper and figure.people and not figure.on_site:
        return "" if is_passed(figure, line) else _("no days are worked out for paper")
    reasons = {
        Unsaid.NO_HEAD_COUNT: _("no share is shown"),
        Unsaid.LOWER_BOUND: _("part of the signers is hidden"),
        Unsaid.FEW_WEEKS: _("too few weeks are known"),
        Unsaid.OUT_OF_DATE: _("the newest number is old"),
        Unsaid.CHANGING: _("the pace changes too much"),
        Unsaid.TOO_WIDE: _("the span would be too wide"),
    }
    return reasons.get(line.unsaid, "") if line.unsaid else ""


def tenths(thousandths: int) -> str:
    """4% for forty of a thousand."""
    return share(thousandths // 10)


def between(low: str | None, high: str | None) -> str:
    """A band of the heat table."""
    if low is None:
        return _("under %(high)s") % {"high": high}
    if high is None:
        return _("%(low)s and more") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
