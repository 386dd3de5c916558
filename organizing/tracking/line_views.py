"""Target lines of a campaign: those that come with the site, and its own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizing.accounts.access import Campaign, User
from organizing.accounts.views import signed_in
from organizing.errors import WrongState
from organizing.tracking import access, selectors, services
from organizing.tracking.act_views import around
from organizing.tracking.forms import LineForm
from organizing.tracking.presets import PRESETS


@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """All lines; a POST adds one of the campaign's own."""
    user = signed_in(request)
    campaign = access.campaign_to_plan(user, campaign_id)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_line(campaign=campaign, content=form.content())
        except WrongState:
            form.add_error(None, too_many())
        else:
            messages.success(request, _("The line is drawn on every report."))
            return redirect("tracking-lines", campaign.id)
    return _page(request, user, campaign, form)


def too_many() -> str:
    """Why there is no room for another line."""
    return _("There are %(number)d lines already. Remove one first.") % {
        "number": services.MOST_LINES
    }


def _page(request: HttpRequest, user: User, campaign: Campaign, form: LineForm) -> HttpResponse:
    found = selectors.target_lines(campaign)
    used = {line.preset for line in found}
    context = {
        **around(user, campaign),
        "lines": found,
        "presets": [preset for name, preset in PRESETS.items() if name not in used],
        "form": form,
    }
    return render(request, "tracking/lines.html", context)


@require_POST
def preset(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Draws a line that comes with the site."""
    campaign = access.campaign_to_plan(signed_in(request), campaign_id)
    name = request.POST.get("preset", "")
    if name not in PRESETS:
        return redirect("tracking-lines", campaign.id)
    try:
        services.add_preset(campaign=campaign, name=name)
        messages.success(request, _("The line is drawn on every report."))
    except WrongState:
        messages.error(request, too_many())
    return redirect("tracking-lines", campaign.id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, campaign_id: UUID, line_id: UUID) -> HttpResponse:
    """Other words or another share."""
    user = signed_in(request)
    campaign = access.campaign_to_plan(user, campaign_id)
    line = access.line_in(campaign, line_id)
    form = LineForm(request.POST or None, initial=selectors.line_fields(line))
    if request.method == "POST" and form.is_valid():
        services.edit_line(line=line, content=form.content())
        messages.success(request, _("The line has been changed."))
        return redirect("tracking-lines", campaign.id)
    context = {**around(user, campaign), "form": form, "line": line}
    return render(request, "tracking/line.html", context)


@require_POST
def remove(request: HttpRequest, campaign_id: UUID, line_id: UUID) -> HttpResponse:
    """Takes a line away."""
    campaign = access.campaign_to_plan(signed_in(request), campaign_id)
    services.remove_line(line=access.line_in(campaign, line_id))
    messages.success(request, _("The line is gone."))
    return redirect("tracking-lines", campaign.id)
