"""Campaigns: the list, making one, its petitions, its settings, and coming in by an invitation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizing.accounts import selectors as accounts
from organizing.accounts import services
from organizing.accounts.access import campaign_for
from organizing.accounts.views import join_by, signed_in
from organizing.campaigns import access, selectors
from organizing.campaigns.context import around_campaign
from organizing.campaigns.forms import CampaignForm, NewPetitionForm
from organizing.oversight import selectors as oversight


@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """The campaigns of whoever is signed in."""
    seats = accounts.seats(signed_in(request))
    return render(request, "campaigns/workspace.html", {"seats": seats})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Makes a campaign; whoever makes it is its first organizer."""
    user = signed_in(request)
    form = CampaignForm(request.POST or None, own_address=user.email)
    if request.method == "POST" and form.is_valid():
        campaign = services.create_campaign(user=user, **form.cleaned_data)
        return redirect("workspace-campaign", campaign.id)
    return render(request, "campaigns/new.html", {"form": form})


@require_safe
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The petitions of a campaign."""
    user = signed_in(request)
    found = campaign_for(user, campaign_id, access.ANY_ROLE)
    around = around_campaign(user, found)
    context = {
        **around,
        "alerts": oversight.open_alerts(found) if around["may_oversee"] else [],
        "lines": selectors.petition_lines(found),
        "form": NewPetitionForm(),
    }
    return render(request, "campaigns/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """A campaign's name and its employer's domains."""
    user = signed_in(request)
    found = campaign_for(user, campaign_id, access.ORGANIZERS)
    initial = {
        "name": found.name,
        "employer_domains": "\n".join(found.employer_domains),
        "time_zone": found.time_zone,
    }
    form = CampaignForm(request.POST or None, own_address=user.email, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.edit_campaign(campaign=found, **form.cleaned_data)
        messages.success(request, _("The campaign has been changed."))
        return redirect("workspace-campaign", found.id)
    context = {**around_campaign(user, found), "form": form}
    return render(request, "campaigns/settings.html", context)


join = join_by(
    "campaigns/join.html",
    accounts.is_open_invitation,
    services.accept_invitation,
    "workspace-campaign",
)
