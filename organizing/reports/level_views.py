"""Many units on one page: side by side, as rings, week by week, and where it stalls."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizing.reports import bars, figure_tables, heat, multiples, scales, unit_rings, wording
from organizing.reports.answering import Report, answer
from organizing.reports.levels import Level, can_stall, paged, picked
from organizing.reports.reading import Reading, level_asked, page_asked, read
from organizing.tracking.figures import UnitFigure


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit's picture, with what stands under it."""

    figure: UnitFigure
    picture: SafeString
    href: str
    caption: list[str]


def _drawn(reading: Reading, level: Level, pictures: list[SafeString]) -> list[Drawn]:
    return [
        Drawn(figure, picture, reading.unit_url(figure), wording.caption(figure, reading.found.k))
        for figure, picture in zip(level.units, pictures, strict=True)
    ]


@require_safe
def sites(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """Small multiples: all units of one level, on one scale."""
    reading = read(request, campaign_id, act_id)
    level, found = level_asked(request, reading.found), reading.found
    top = scales.share_ceiling(level.units)
    drawn = [
        multiples.multiple(figure, found.weeks, found.k, top, mirrored=reading.mirrored)
        for figure in level.units
    ]
    return _level(request, reading, "sites", level, _("Side by side"), drawn, multiples.desc(top))


@require_safe
def rings(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """A ring for each unit of one level."""
    reading = read(request, campaign_id, act_id)
    level = level_asked(request, reading.found)
    drawn = [unit_rings.unit_ring(figure, reading.found.k) for figure in level.units]
    return _level(request, reading, "rings", level, _("Rings"), drawn, unit_rings.desc())


def _level(
    request: HttpRequest,
    reading: Reading,
    name: str,
    level: Level,
    title: str,
    drawn: list[SafeString],
    desc: str,
) -> HttpResponse:
    table = figure_tables.units(level.units, reading.found.k, reading.unit_url)
    context = {
        "level": level,
        "drawn": _drawn(reading, level, drawn),
        "desc": desc,
        "strokes": unit_rings.strokes() if name == "rings" else "",
    }
    return _answer(
        request,
        reading,
        Report(name, title, f"reports/{name}.html", (table,), len(level.units), context),
        level.units,
    )


@require_safe
def weeks(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """The heat table: units by weeks, the last quarter of a year or all of it."""
    reading = read(request, campaign_id, act_id)
    level, found = level_asked(request, reading.found), reading.found
    everything = request.GET.get("weeks") == "all"
    since = heat.since(found.weeks, everything=everything)
    context = {
        "level": level,
        "rows": heat.rows(level.units, found.weeks, since, reading.unit_url),
        "weeks": [(week, wording.day(week)) for week in found.weeks[since:]],
        "earlier": since > 0,
        "legend": heat.legend(),
    }
    tables = (figure_tables.weeks(level.units, found.weeks, since),)
    report = Report(
        "heat", _("Week by week"), "reports/weeks.html", tables, len(level.units), context
    )
    return _answer(request, reading, report, level.units)


@require_safe
def stalls(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """Where nothing more can be shown for weeks: the biggest first, and among those the worst."""
    reading = read(request, campaign_id, act_id)
    found = reading.found
    page = paged(picked(found, found.stalls), page_asked(request))
    top = scales.share_ceiling(page.units)
    drawn = [bars.bar(figure, top, mirrored=reading.mirrored) for figure in page.units]
    ruler = bars.ruler(page.units, top, mirrored=reading.mirrored)
    context = {"level": page, "drawn": _drawn(reading, page, drawn), "ruler": ruler}
    context |= {"told": can_stall(found)}
    tables = (figure_tables.stalls(page.units, found.k, reading.unit_url),)
    title = _("Where it stalls")
    report = Report("stalls", title, "reports/stalls.html", tables, len(page.units), context)
    return _answer(request, reading, report, page.units)


def _answer(
    request: HttpRequest, reading: Reading, report: Report, figures: Iterable[UnitFigure]
) -> HttpResponse:
    shown = frozenset(figure.unit_id for figure in figures if figure.unit_id)
    whole = replace(report, act=reading.found, shown=shown)
    return answer(request, reading.user, reading.campaign, whole)
