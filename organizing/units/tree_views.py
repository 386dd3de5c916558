"""The tree, its history, and what is added to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizing.accounts.access import Campaign, User
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.errors import NotFound
from organizing.units import changes, headcounts, presenting, services
from organizing.units.access import campaign_to_edit, campaign_to_read, unit_in
from organizing.units.forms import CountForm, NewUnitForm
from organizing.units.problems import Faulty
from organizing.units.sight import Sight, sight_of

HISTORY_LINES = 50


def number(request: HttpRequest, name: str) -> int:
    """A whole number of the address, 0 for none."""
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 9 else 0


@require_safe
def tree(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The units: everything under the top, or one page of it where there is much."""
    user = signed_in(request)
    campaign = campaign_to_read(user, campaign_id)
    return _tree_page(request, user, campaign)


def _tree_page(
    request: HttpRequest, user: User, campaign: Campaign, status: int = 200, **more: Any
) -> HttpResponse:
    sight = sight_of(user, campaign, day_in(campaign, timezone.now()))
    found = sight.tree
    words = request.GET.get("q", "").strip()[:80]
    context = {
        **presenting.around(user, campaign),
        "tree": found,
        "sees_all": sight.scope is None,
        "page": presenting.page(found, None, number(request, "page")),
        "words": words,
        "hits": presenting.find(found, words) if words else (),
        "form": NewUnitForm(auto_id="new_%s"),
        "total_form": CountForm(auto_id="total_%s"),
        "totals": headcounts.of_unit(campaign.id, None),
        **more,
    }
    return render(request, "units/tree.html", context, status=status)


@require_POST
def new(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Adds a unit by hand."""
    user = signed_in(request)
    campaign = campaign_to_edit(user, campaign_id)
    form = NewUnitForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            made = services.add_unit(
                campaign=campaign,
                named=form.named(),
                parent=form.cleaned_data["parent"].strip(),
                user=user,
                today=day_in(campaign, timezone.now()),
            )
        except Faulty as error:
            form.refuse(error)
        else:
            messages.success(request, _("The unit has been added."))
            return redirect("units-unit", campaign.id, made.id)
    return _tree_page(request, user, campaign, 400, form=form)


@require_POST
def total(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """A head-count of the whole campaign."""
    user = signed_in(request)
    campaign = campaign_to_edit(user, campaign_id)
    form, today = CountForm(request.POST, auto_id="total_%s"), day_in(campaign, timezone.now())
    if form.is_valid():
        try:
            services.count_people(campaign=campaign, count=form.count(None), user=user, today=today)
        except Faulty as error:
            form.refuse(error)
        else:
            messages.success(request, _("The head-count has been added."))
            return redirect("units", campaign.id)
    return _tree_page(request, user, campaign, 400, total_form=form)


@require_safe
def history(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What was changed, by whom and on which day, the newest first; of one unit where the address names it."""
    user = signed_in(request)
    campaign = campaign_to_read(user, campaign_id)
    sight = sight_of(user, campaign, day_in(campaign, timezone.now()))
    unit = _named(request, sight)
    lines = changes.history(
        campaign.id,
        units=[unit.id] if unit else sight.only,
        before=number(request, "before"),
        most=HISTORY_LINES,
    )
    context = {
        **presenting.around(user, campaign),
        "unit": unit,
        "lines": presenting.told(lines, sight),
        "older": lines[-1].number if len(lines) == HISTORY_LINES else 0,
    }
    return render(request, "units/history.html", context)


def _named(request: HttpRequest, sight: Sight) -> Any:
    name = request.GET.get("unit", "")
    if not name:
        return None
    try:
        unit_id = UUID(name)
    except ValueError as error:
        raise NotFound from error
    sight.require(unit_id)
    return unit_in(sight.campaign, unit_id)
