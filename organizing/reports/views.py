"""All acts, the whole campaign in one, and one unit: each a page, or a file of exactly the same."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organizing.accounts.access import campaign_for
from organizing.accounts.views import signed_in
from organizing.oversight.access import COUNTERS
from organizing.reports import bars, charts, figure_tables, unit_rings, wording
from organizing.reports.answering import Report, answer
from organizing.reports.levels import can_stall, level, picked, trail
from organizing.reports.reading import Reading, read
from organizing.tracking import selectors as tracking
from organizing.tracking.figures import ActFigures, UnitFigure

FIRST_STALLS = 5


@require_safe
def acts(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """All acts of a campaign, lined up over time."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    found = tracking.lined_up(campaign, now=timezone.now(), only=frozenset())
    table = figure_tables.acts(found, None, lambda act: _act_url("support-act", campaign_id, act))
    # The newest of which something can be shown already.
    last = max(
        (at for at, act in enumerate(found) if act.total.blocks or act.total.paper), default=-1
    )
    newest = [(row[0].text, row[0].href) for row in table.rows][last:][:1]
    picture = _lined_up(found, None, _("The whole campaign, act by act"))
    context = {"picture": picture, "newest": next(iter(newest), None)}
    report = Report("lined-up", _("Support"), "reports/acts.html", (table,), len(found), context)
    return answer(request, user, campaign, report)


def _act_url(name: str, campaign_id: UUID, act_id: UUID) -> str:
    return reverse(name, args=[campaign_id, act_id])


def _lined_up(found: list[ActFigures], unit_id: UUID | None, title: str) -> str:
    pairs = [(act.day, figure) for act, figure in figure_tables.of_unit(found, unit_id)]
    return bars.side_by_side(pairs, title, mirrored=translation.get_language_bidi())


@require_safe
def act(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """The campaign's total against its lines, and the worst stalls: what a Monday begins with."""
    reading = read(request, campaign_id, act_id)
    found = reading.found
    first = picked(found, found.stalls[:FIRST_STALLS])
    tables = (
        figure_tables.units([found.total], found.k, lambda _figure: ""),
        figure_tables.lines(found.total),
        figure_tables.weeks([found.total], found.weeks, named=False),
        figure_tables.stalls(first, found.k, reading.unit_url),
    )
    context = {**_pictures(reading, found.total), "more_stalls": len(found.stalls) > len(first)}
    context["told"] = can_stall(found)
    shown = frozenset(found.stalls[:FIRST_STALLS])
    title, units = _("The whole campaign"), 1 + len(first)
    report = Report("total", title, "reports/act.html", tables, units, context, found, shown)
    return answer(request, reading.user, reading.campaign, report)


def _pictures(reading: Reading, figure: UnitFigure) -> dict[str, Any]:
    """The three pictures of one figure."""
    weeks, k, mirrored = reading.found.weeks, reading.found.k, reading.mirrored
    return {
        "figure": figure,
        "instead": wording.at_least(figure, k),
        "unshown": wording.unshown(figure),
        "paper_as_of": wording.paper_as_of(figure),
        "no_people": wording.no_people(k),
        "strokes": unit_rings.strokes(),
        "ring": unit_rings.unit_ring(figure, k),
        "against_lines": charts.against_lines(figure, weeks, k, mirrored=mirrored),
        "new_signers": charts.new_signers(figure, weeks, mirrored=mirrored),
        "about_blocks": charts.about_blocks(k),
    }


@require_safe
def unit(request: HttpRequest, campaign_id: UUID, act_id: UUID, unit_id: UUID) -> HttpResponse:
    """One unit: its figure, its lines, its weeks, and how it stood in the other acts."""
    reading = read(request, campaign_id, act_id)
    found, campaign = reading.found, reading.campaign
    (figure,) = picked(found, [unit_id])
    others = tracking.lined_up(campaign, now=timezone.now(), only=frozenset([unit_id]))
    tables = (
        figure_tables.units([figure], found.k, lambda _figure: ""),
        figure_tables.lines(figure),
        figure_tables.weeks([figure], found.weeks, named=False),
        figure_tables.acts(others, unit_id, lambda act: _unit_url(campaign_id, act, unit_id)),
    )
    context = {
        **_pictures(reading, figure),
        "trail": trail(found, unit_id)[:-1],
        "parts": level(found, unit_id).number,
        "stalls": unit_id in found.stalls,
        "picture": _lined_up(others, unit_id, figure.name),
    }
    shown = frozenset([unit_id])
    report = Report("unit", figure.name, "reports/unit.html", tables, 1, context, found, shown)
    return answer(request, reading.user, campaign, report)


def _unit_url(campaign_id: UUID, act_id: UUID, unit_id: UUID) -> str:
    return reverse("support-unit", args=[campaign_id, act_id, unit_id])
