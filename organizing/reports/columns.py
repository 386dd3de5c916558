"""Columns and cells that several tables share."""

from django.utils.translation import gettext as _

from organizing.reports import wording
from organizing.reports.tables import Cell, Column, Kind
from organizing.tracking.figures import UnitFigure


def name_column() -> Column:
    """Names of units."""
    return Column(_("Unit"), Kind.NAME, _("The unit, with everything under it."))


def signers_column(k: int) -> Column:
    """Lower bounds of signers."""
    meaning = _(
        "At least so many have signed on the site by the day under “%(as_of)s”. Fewer than %(k)s are never shown, "
        "and sometimes a larger number is hidden with a small one, so that no subtraction gives the small one away."
    )
    return Column(_("Signers, at least"), Kind.NUMBER, meaning % {"k": k, "as_of": _("As of")})


def people_column(k: int) -> Column:
    """Head-counts."""
    meaning = _("The newest head-count. One under %(k)s is not shown.") % {"k": k}
    return Column(_("People"), Kind.NUMBER, meaning)


def coverage_column() -> Column:
    """Shares of the head-count."""
    meaning = _(
        "Signers on the site of a hundred people, rounded down; in an act on paper alone, signatures on paper. It can "
        "be more, never less."
    )
    return Column(_("Coverage, at least"), Kind.SHARE, meaning)


def passed_column() -> Column:
    """The highest target line."""
    meaning = _(
        "The highest target line that is known to be passed by signers on the site alone; in an act on paper alone, "
        "by signatures on paper."
    )
    return Column(_("Line passed"), Kind.SHARE, meaning)


def change_column() -> Column:
    """What the last whole week added."""
    meaning = _(
        "New signers on the site in the last whole week, where that week can be shown by itself."
    )
    return Column(_("Last week"), Kind.NUMBER, meaning)


def paper_column(k: int) -> Column:
    """Signatures on paper."""
    meaning = _(
        "Signatures on paper, counted by two people; at least so many, and never part of the signers on the site. "
        "Somebody can have signed both. Fewer than %(k)s are not shown."
    )
    return Column(_("On paper"), Kind.NUMBER, meaning % {"k": k})


def as_of_column() -> Column:
    """How new a number is."""
    return Column(_("As of"), Kind.DAY, _("The Sunday up to which the number is known."))


def name_cell(figure: UnitFigure, href: str = "") -> Cell:
    """A unit, and where more of it is."""
    return Cell(Kind.NAME, wording.name(figure), href=href)


def signers_cell(figure: UnitFigure, k: int) -> Cell:
    """At least so many, or words instead."""
    return Cell(Kind.NUMBER, figure.signers, wording.instead(figure, k))


def people_cell(figure: UnitFigure, k: int) -> Cell:
    """The head-count, or words instead."""
    return Cell(Kind.NUMBER, figure.people, wording.no_people(k))


def coverage_cell(figure: UnitFigure) -> Cell:
    """Per cent, or words instead; of an act on paper alone, what its picture shows."""
    share = wording.percent(figure) if figure.on_site else wording.percent_on_paper(figure)
    return Cell(Kind.SHARE, share, wording.without(figure))


def passed_cell(figure: UnitFigure) -> Cell:
    """The highest line that is known to be passed, or words instead."""
    passed = [line.share for line in figure.lines if wording.is_passed(figure, line)]
    return Cell(Kind.SHARE, max(passed, default=None), _("none known"))


def paper_cell(figure: UnitFigure) -> Cell:
    """On paper, or words instead."""
    return Cell(Kind.NUMBER, figure.paper, wording.none_shown())


def as_of_cell(figure: UnitFigure) -> Cell:
    """The day, or words instead."""
    day = figure.as_of if figure.on_site else wording.paper_as_of(figure)
    return Cell(Kind.DAY, day, wording.without(figure))
