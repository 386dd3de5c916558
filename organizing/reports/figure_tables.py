"""Which tables stand beside the pictures: units, weeks, target lines, stalls and acts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from organizing.reports import columns, wording
from organizing.reports.charts import needed
from organizing.reports.course import Run, runs
from organizing.reports.tables import Cell, Column, Kind, Table
from organizing.tracking.figures import ActFigures, Block, Crossing, UnitFigure

Href = Callable[[UnitFigure], str]


@dataclass(frozen=True, slots=True)
class Counted:
    """Blocks, and how they were counted."""

    words: str
    blocks: tuple[Block, ...]
    paper: bool


def units(figures: Iterable[UnitFigure], k: int, href: Href) -> Table:
    """One row a unit, with everything that a picture of it shows."""
    heads = (
        columns.name_column(),
        columns.signers_column(k),
        columns.people_column(k),
        columns.coverage_column(),
        columns.passed_column(),
        columns.change_column(),
        columns.paper_column(k),
        columns.as_of_column(),
    )
    rows = tuple(
        (
            columns.name_cell(figure, href(figure)),
            columns.signers_cell(figure, k),
            columns.people_cell(figure, k),
            columns.coverage_cell(figure),
            columns.passed_cell(figure),
            Cell(Kind.NUMBER, figure.change, wording.without(figure)),
            columns.paper_cell(figure),
            columns.as_of_cell(figure),
        )
        for figure in figures
    )
    return Table("figures", _("Figures"), heads, rows)


def weeks(
    figures: Iterable[UnitFigure], days: Sequence[date], since: int = 0, *, named: bool = True
) -> Table:
    """One row for each block and for each run of weeks of which nothing is shown. One unit alone needs no name."""
    heads = [
        Column(_("First week"), Kind.DAY, _("The Monday of the first week of a row.")),
        Column(_("Last week"), Kind.DAY, _("The Monday of its last week.")),
        Column(_("Weeks"), Kind.NUMBER, _("How many weeks are joined in it.")),
        Column(_("New signers"), Kind.NUMBER, _("New signers in these weeks together.")),
        Column(_("How counted"), Kind.TEXT, _("On the site, or on paper by two people.")),
    ]
    first = [columns.name_column()] if named else []
    rows = tuple(
        (*([columns.name_cell(figure)] if named else []), *cells)
        for figure in figures
        for cells in _week_rows(figure, days, since)
    )
    return Table("weeks", _("Week by week"), (*first, *heads), rows)


def _week_rows(figure: UnitFigure, days: Sequence[date], since: int) -> Iterable[tuple[Cell, ...]]:
    if figure.first_on and not days:
        yield _young_cells(figure.first_on)
        return
    for one in counted(figure):
        for run in runs(one.blocks, days, since):
            yield (*_run_cells(run, days), Cell(Kind.TEXT, one.words))


def _young_cells(first_on: date) -> tuple[Cell, ...]:
    """The one row of a file that would have none: why."""
    words, nothing = wording.first_on(first_on), wording.NOTHING
    days, numbers = [Cell(Kind.DAY, None, words)], [Cell(Kind.NUMBER, None, nothing)]
    return (*days, Cell(Kind.DAY, None, nothing), *numbers, *numbers, Cell(Kind.TEXT, nothing))


def counted(figure: UnitFigure) -> list[Counted]:
    """Blocks of the site, where it can be signed on; and those on paper, where any can be shown."""
    site = [Counted(_("on the site"), figure.blocks, paper=False)] if figure.on_site else []
    paper = Counted(_("on paper"), figure.paper_blocks, paper=True)
    return [*site, paper] if figure.paper_blocks or not site else site


def _run_cells(run: Run, days: Sequence[date]) -> tuple[Cell, ...]:
    return (
        Cell(Kind.DAY, days[run.first]),
        Cell(Kind.DAY, days[run.last]),
        Cell(Kind.NUMBER, run.weeks),
        Cell(Kind.NUMBER, run.added, wording.not_shown()),
    )


def lines(figure: UnitFigure) -> Table:
    """The target lines of a unit: passed, or when that may be."""
    heads = (
        Column(_("Line"), Kind.NAME, _("What the share stands for.")),
        Column(_("Share"), Kind.SHARE, _("Of the people of the unit.")),
        Column(_("Signers"), Kind.NUMBER, _("How many signers it asks for.")),
        Column(
            _("Passed"),
            Kind.TEXT,
            _(
                "Whether the signers on the site alone reach it; in an act on paper alone, the signatures on paper."
            ),
        ),
        Column(
            _("Earliest day"),
            Kind.DAY,
            _("If the pace of the last weeks goes on: the earliest day."),
        ),
        Column(_("Latest day"), Kind.DAY, _("The latest day; four times in five it lies between.")),
        Column(_("Why no days"), Kind.TEXT, _("Why no days are named.")),
    )
    rows = tuple(_line_row(figure, one) for one in figure.lines)
    return Table("lines", _("Target lines"), heads, rows)


def _line_row(figure: UnitFigure, line: Crossing) -> tuple[Cell, ...]:
    asked = needed(line, figure.people) if figure.people else None
    days = line.projected
    return (
        Cell(Kind.NAME, line.label),
        Cell(Kind.SHARE, line.share),
        Cell(Kind.NUMBER, asked, wording.not_shown()),
        Cell(Kind.TEXT, wording.passed(figure, line)),
        Cell(Kind.DAY, days.earliest if days else None, wording.NOTHING),
        Cell(Kind.DAY, days.latest if days else None, wording.NOTHING),
        Cell(Kind.TEXT, wording.unsaid(figure, line)),
    )


def stalls(figures: Iterable[UnitFigure], k: int, href: Href) -> Table:
    """Where nothing more can be shown for three weeks: the biggest first, and among those the worst."""
    heads = (
        *(
            columns.name_column(),
            columns.people_column(k),
            columns.coverage_column(),
            columns.signers_column(k),
            columns.as_of_column(),
        ),
        Column(
            _("Next line"), Kind.SHARE, _("The lowest target line that is not known to be passed.")
        ),
        Column(_("Missing, at most"), Kind.NUMBER, _("How many more signers that line asks for.")),
        columns.paper_column(k),
    )
    rows = tuple(_stall_row(figure, k, href(figure)) for figure in figures)
    return Table("stalls", _("Where it stalls"), heads, rows)


def _stall_row(figure: UnitFigure, k: int, href: str) -> tuple[Cell, ...]:
    line = next((one for one in figure.lines if not wording.is_passed(figure, one)), None)
    missing, reached = None, wording.reached(figure)
    if line and figure.people and reached is not None:
        missing = max(0, needed(line, figure.people) - reached)
    return (
        *(
            columns.name_cell(figure, href),
            columns.people_cell(figure, k),
            columns.coverage_cell(figure),
        ),
        *(columns.signers_cell(figure, k), columns.as_of_cell(figure)),
        Cell(Kind.SHARE, line.share if line else None, _("no line")),
        Cell(Kind.NUMBER, missing, wording.unshown(figure)),
        columns.paper_cell(figure),
    )


def acts(found: Sequence[ActFigures], unit_id: UUID | None, href: Callable[[UUID], str]) -> Table:
    """The same unit, or the whole campaign, in each act, the oldest first."""
    k = max((one.k for one in found), default=0)
    heads = (
        Column(_("Act"), Kind.NAME, _("What people did together, and could be counted.")),
        Column(_("Day"), Kind.DAY, _("The day on which it began.")),
        *(
            columns.signers_column(k),
            columns.people_column(k),
            columns.coverage_column(),
            columns.paper_column(k),
            columns.as_of_column(),
        ),
    )
    rows = tuple(_act_row(act, figure, href(act.act_id)) for act, figure in of_unit(found, unit_id))
    return Table("acts", _("Acts"), heads, rows)


def of_unit(
    found: Sequence[ActFigures], unit_id: UUID | None
) -> list[tuple[ActFigures, UnitFigure]]:
    """Each act with the figure of one unit in it, by day; acts in which the unit is not are left out."""
    pairs = []
    for act in sorted(found, key=lambda one: one.day):
        figures = (act.total, *act.units)
        pairs += [(act, figure) for figure in figures if figure.unit_id == unit_id]
    return pairs


def _act_row(act: ActFigures, figure: UnitFigure, href: str) -> tuple[Cell, ...]:
    return (
        Cell(Kind.NAME, act.name, href=href),
        Cell(Kind.DAY, act.day),
        *(
            columns.signers_cell(figure, act.k),
            columns.people_cell(figure, act.k),
            columns.coverage_cell(figure),
        ),
        *(columns.paper_cell(figure), columns.as_of_cell(figure)),
    )
