"""One report, three ways to take it: a page, CSV of one of its tables, XLSX of all; each way is a read in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from organizing.accounts.access import Campaign, User
from organizing.errors import NotFound
from organizing.oversight.services import record_read
from organizing.reports import files, wording
from organizing.reports.tables import Table
from organizing.tracking.figures import ActFigures

CSV, XLSX = "csv", "xlsx"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is that of the log; `units`: how many units it shows; `shown`: which. The first table is the page's."""

    name: str
    title: str
    template: str
    tables: tuple[Table, ...]
    units: int
    context: Mapping[str, Any] = field(default_factory=dict)
    act: ActFigures | None = None
    shown: frozenset[UUID] = frozenset()


def answer(request: HttpRequest, user: User, campaign: Campaign, report: Report) -> HttpResponse:
    """The page, or a file with `?as=`. Raises Throttled for bulk reading, NotFound for a file that there is none of."""
    wanted, now = request.GET.get("as", ""), timezone.now()
    if wanted not in {"", CSV, XLSX}:
        raise NotFound
    found = _table(report, request.GET.get("table", "")) if wanted == CSV else None
    name = wanted or report.name
    record_read(
        user=user,
        campaign=campaign,
        report=name,
        units=report.units,
        now=now,
        shown=report.shown,
    )
    if found is not None:
        return _file(
            files.csv_of(found).encode(),
            "text/csv; charset=utf-8",
            f"{_name(report, found.name, now)}.csv",
        )
    if wanted == XLSX:
        return _file(_book(campaign, report, now), _XLSX_TYPE, f"{_name(report, '', now)}.xlsx")
    return render(request, report.template, _context(campaign, report))


def _context(campaign: Campaign, report: Report) -> dict[str, Any]:
    tables = {table.name: table for table in report.tables}
    return {**report.context, "campaign": campaign, "act": report.act, "tables": tables}


def _table(report: Report, name: str) -> Table:
    for table in report.tables:
        if table.name == name:
            return table
    raise NotFound


def _name(report: Report, table: str, now: datetime) -> str:
    """What a file is and as of which day; it names no campaign, act or unit, to whoever sees a list of downloads."""
    parts = ["support", report.name, "" if table == report.name else table]
    return "-".join([*(part for part in parts if part), _as_of(report, now).isoformat()])


def _as_of(report: Report, now: datetime) -> date:
    """The Sunday up to which all is known; today where no week is, and for all acts together."""
    if report.act is None:
        return now.date()
    return report.act.weeks[-1] + timedelta(days=6) if report.act.weeks else report.act.today


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _book(campaign: Campaign, report: Report, now: datetime) -> bytes:
    today = report.act.today if report.act else now.date()
    return files.xlsx_of(report.tables, about(campaign, report, wording.full_day(today)), today)


def about(campaign: Campaign, report: Report, today: str) -> list[tuple[str, str]]:
    """What a sheet is, for whoever finds it later."""
    lines = [(_("Campaign"), campaign.name)]
    if report.act:
        lines.append((_("Act"), f"{report.act.name} ({wording.full_day(report.act.day)})"))
    lines += [(_("Report"), report.title), (_("Day"), today)]
    k = report.act.k if report.act else campaign.k
    rule = _(
        "These are the figures of the page, cell by cell. No number under %(k)s is shown, and no subtraction gives "
        "one back. What is not shown is not nought."
    )
    if report.act and report.act.first_on:
        lines.append((_("First figures"), wording.first_on(report.act.first_on)))
    return [*lines, (_("The rule"), rule % {"k": k})]
