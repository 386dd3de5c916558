"""A petition on its way: proofs, key, approval, freezing. What comes after is in publishing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import campaign_for
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.campaigns import access, selectors, services
from organizing.campaigns.context import around_campaign, around_petition
from organizing.campaigns.forms import FreezeForm, NewPetitionForm
from organizing.drafting import reviewing
from organizing.errors import Malformed
from organizing.petitions import languages, links
from organizing.petitions import services as petitions
from organizing.petitions.access import petition_for
from organizing.petitions.forms import ProofsForm
from organizing.petitions.models import State
from organizing.petitions.selectors import OVER
from organizing.publishing import gate, versions
from organizing.units import offering
from organizing.units.selectors import has_units


@require_POST
def new(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Makes an empty draft and goes on to its text."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, access.WRITERS)
    form = NewPetitionForm(request.POST)
    if not form.is_valid():
        lines = selectors.petition_lines(campaign)
        context = {**around_campaign(user, campaign), "lines": lines, "form": form}
        return render(request, "campaigns/campaign.html", context, status=400)
    petition = petitions.create_petition(campaign=campaign)
    return redirect("workspace-text", petition.id, form.cleaned_data["language"])


@require_safe
def petition(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Where a petition stands, and what comes next."""
    user = signed_in(request)
    found = petition_for(user, petition_id, access.ANY_ROLE)
    drafts = selectors.drafts(found)
    context = {
        **around_petition(user, found),
        "drafts": drafts,
        "missing": [
            languages.language(code)
            for code in languages.LANGUAGES
            if code not in {d.language.code for d in drafts}
        ],
        "has_key": selectors.has_key(found),
        "from_tree": has_units(found.campaign_id),
        "fingerprint": links.fingerprint(found),
        "link": links.signing_link(found) if found.manifest_hash else "",
        "gate": gate.gate(found),
        "is_over": found.state in OVER,
        "next_version": versions.following(found),
        "ends": (ends := selectors.ends(found)),
        "changing_is_over": ends is not None and ends.changing.moment <= timezone.now(),
    }
    return render(request, "campaigns/petition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """How workers prove that they work there, and the units that they can name."""
    user = signed_in(request)
    found = petition_for(user, petition_id, access.ORGANIZERS)
    domains, from_tree = found.campaign.employer_domains, has_units(found.campaign_id)
    form = ProofsForm(request.POST or None, petition=found, domains=domains, from_tree=from_tree)
    if request.method == "POST" and form.is_valid():
        services.set_proofs(petition=found, proofs=form.proofs())
        messages.success(request, _("Proofs and units have been saved."))
        return redirect("workspace-petition", found.id)
    context = {**around_petition(user, found), "form": form, "from_tree": from_tree}
    return render(request, "campaigns/proofs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """The organizers' key: made in the browser, of which only the public half arrives here."""
    user = signed_in(request)
    found = petition_for(user, petition_id, access.ORGANIZERS)
    context = {**around_petition(user, found), "has_key": selectors.has_key(found)}
    if request.method == "POST":
        try:
            text = request.POST.get("public_key", "")
            services.keep_public_key(petition_id=found.id, text=text)
        except Malformed:
            return render(request, "campaigns/key.html", {**context, "failed": True}, status=400)
        messages.success(request, _("The key is in place. Keep its file and its passphrase apart."))
        return redirect("workspace-petition", found.id)
    return render(request, "campaigns/key.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Starts freezing: from then on not a letter changes."""
    user = signed_in(request)
    found = petition_for(user, petition_id, access.ORGANIZERS)
    now = timezone.now()
    today, zone = day_in(found.campaign, now), found.campaign.time_zone
    form = FreezeForm(request.POST or None, today=today, time_zone=zone)
    if request.method == "POST" and form.is_valid():
        services.freeze(petition=found, now=now, closes=form.closes())
        return redirect("workspace-freezing", found.id)
    context = {
        **around_petition(user, found),
        "form": form,
        "has_key": selectors.has_key(found),
        "drafts": selectors.drafts(found),
        "gate": gate.gate(found),
        "approval_holds": reviewing.holds(found),
        "units_hold": offering.holds(found, today),
    }
    return render(request, "campaigns/freeze.html", context)


@require_safe
def freezing(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """How far freezing is; the page loads itself again until it is done."""
    user = signed_in(request)
    found = petition_for(user, petition_id, access.ANY_ROLE)
    if found.state != State.FREEZING:
        return redirect("workspace-petition", found.id)
    return render(request, "campaigns/freezing.html", around_petition(user, found))


@require_safe
def review(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Leads to where organizers approve of a text or send it back."""
    found = petition_for(signed_in(request), petition_id, access.ORGANIZERS)
    return redirect("drafting-review", found.id)
