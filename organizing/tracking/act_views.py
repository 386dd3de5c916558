"""Acts of a campaign: the list, a new one, another name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import Campaign, User, role_in
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.errors import WrongState
from organizing.oversight.access import scope_for
from organizing.tracking import access, selectors, services
from organizing.tracking.forms import ActForm, ActNameForm
from organizing.tracking.models import Kind


def around(user: User, campaign: Campaign) -> dict[str, Any]:
    """What every page about acts shows around its content."""
    return {"campaign": campaign, "may_plan": role_in(user, campaign) in access.PLANNERS}


@require_safe
def acts(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Every act, the oldest first, and what can be done with it."""
    user = signed_in(request)
    campaign = access.campaign_to_count(user, campaign_id)
    today, only = day_in(campaign, timezone.now()), scope_for(user, campaign)
    lines = selectors.act_lines(campaign, today=today, only=only)
    context = {**around(user, campaign), "lines": lines}
    return render(request, "tracking/acts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Notes an act that is not a petition of this site."""
    user = signed_in(request)
    campaign = access.campaign_to_plan(user, campaign_id)
    form = ActForm(request.POST or None, today=day_in(campaign, timezone.now()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.add_act(
            campaign=campaign, kind=Kind(data["kind"]), day=data["day"], name=data["name"]
        )
        messages.success(request, _("The act is noted. Signatures on paper can be entered."))
        return redirect("tracking-acts", campaign.id)
    return render(request, "tracking/act.html", {**around(user, campaign), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """Another name or day."""
    user = signed_in(request)
    act = access.act_in(user, campaign_id, act_id, access.PLANNERS)
    initial = {"name": selectors.name_of(act), "day": act.day}
    today = day_in(act.campaign, timezone.now())
    form = ActNameForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        services.rename_act(act=act, name=form.cleaned_data["name"], day=form.cleaned_data["day"])
        messages.success(request, _("The act has been changed."))
        return redirect("tracking-acts", act.campaign_id)
    context = {**around(user, act.campaign), "form": form, "act": act}
    return render(request, "tracking/act.html", context)


@require_POST
def remove(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """Takes away an act that nothing was entered for."""
    act = access.act_in(signed_in(request), campaign_id, act_id, access.PLANNERS)
    try:
        services.remove_act(act=act)
        messages.success(request, _("The act is gone."))
    except WrongState:
        messages.error(request, _("This act stays: signatures have been entered for it."))
    return redirect("tracking-acts", campaign_id)
