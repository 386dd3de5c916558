"""A unit goes for good: first a page says what comes of it, with numbers, and only then it is done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizing.errors import NotFound
from organizing.units import presenting, regrouping, selectors
from organizing.units.access import campaign_to_edit
from organizing.units.forms import FaultyForm, GoneForm, MergeForm
from organizing.units.problems import Faulty
from organizing.units.unit_views import MOST_NEAR, Desk, desk_for


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Into another unit: asked which, shown what comes of it, and then done."""
    desk = _desk(request, campaign_id, unit_id)
    typed = request.POST or (request.GET if "into" in request.GET else None)
    choice = MergeForm(typed, auto_id="merge_%s")
    if not choice.is_valid():
        return _page(desk, choice, None, 400 if typed else 200)
    return _leave(desk, choice, choice.cleaned_data["into"], _("The unit has been merged."))


@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Into no other unit."""
    desk = _desk(request, campaign_id, unit_id)
    return _leave(desk, None, "", _("The unit has been taken away."))


def _desk(request: HttpRequest, campaign_id: UUID, unit_id: UUID) -> Desk:
    desk = desk_for(request, campaign_id, unit_id, campaign_to_edit)
    if desk.unit.gone:
        raise NotFound
    return desk


def _leave(desk: Desk, choice: FaultyForm | None, into: str, said: str) -> HttpResponse:
    posted = desk.request.method == "POST"
    form = GoneForm(desk.request.POST if posted else None)
    try:
        if posted and form.is_valid():
            regrouping.merge_unit(unit=desk.unit, into=into, user=desk.user, today=desk.today)
            messages.success(desk.request, said)
            return redirect("units-unit", desk.campaign.id, desk.unit.id)
        return _page(desk, choice, (form, into), 400 if posted else 200)
    except Faulty as error:
        refused = choice or form
        refused.refuse(error)
        return _page(desk, choice, None if choice else (form, into), 400)


def _page(
    desk: Desk, choice: FaultyForm | None, asked: tuple[GoneForm, str] | None, status: int
) -> HttpResponse:
    tree = selectors.tree(desk.campaign.id, desk.today)
    codes = regrouping.near(tree, desk.unit.id)[:MOST_NEAR]
    context: dict[str, Any] = {
        **presenting.around(desk.user, desk.campaign),
        "node": tree.by_id[desk.unit.id],
        "near": [tree.by_code[code] for code in codes],
        "choice": choice,
        "form": asked[0] if asked else None,
        "into": asked[1] if asked else "",
        "outlook": regrouping.outlook(tree, desk.unit.id, asked[1]) if asked else None,
    }
    return render(desk.request, "units/leave.html", context, status=status)
