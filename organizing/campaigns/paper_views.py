"""Paper codes: made in batches, shown once, revoked as a whole."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizing.accounts.models import User
from organizing.accounts.views import signed_in
from organizing.campaigns import access, selectors, services, slips
from organizing.campaigns.context import around_petition
from organizing.campaigns.forms import CodesForm
from organizing.eligibility import services as eligibility
from organizing.petitions import languages, links
from organizing.petitions.access import petition_for
from organizing.petitions.models import Petition, State


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """The batches that were made; a new one is answered with its sheet, for the only time."""
    user = signed_in(request)
    petition = petition_for(user, petition_id, access.ORGANIZERS)
    form = CodesForm(request.POST or None, languages=petition.languages)
    if request.method == "POST" and form.is_valid():
        return _sheet(request, user, petition, form)
    context = {
        **around_petition(user, petition),
        "form": form,
        "batches": selectors.code_batches(petition),
        "can_make": petition.state in (State.FROZEN, State.OPEN),
    }
    return render(request, "campaigns/codes.html", context)


def _sheet(request: HttpRequest, user: User, petition: Petition, form: CodesForm) -> HttpResponse:
    language = form.cleaned_data["language"]
    made = services.make_codes(
        petition=petition,
        label=form.cleaned_data["label"],
        size=form.cleaned_data["size"],
        today=timezone.now().date(),
    )
    context = {
        **around_petition(user, petition),
        "label": form.cleaned_data["label"],
        "slips": slips.make_slips(petition, language, made),
        "language": languages.language(language),
        "address": links.address(petition),
        "fingerprint": links.fingerprint(petition),
    }
    # The slips speak to whoever tears one off, so the whole sheet is in their language.
    with translation.override(language):
        response = render(request, "campaigns/sheet.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, petition_id: UUID, batch_id: UUID) -> HttpResponse:
    """Makes what is unspent of a batch worthless, after asking."""
    user = signed_in(request)
    batch = access.code_batch_for(user, petition_id, batch_id)
    if request.method == "POST":
        eligibility.revoke_code_batch(batch=batch)
        messages.success(request, _("The codes of this batch cannot be used any more."))
        return redirect("workspace-codes", petition_id)
    petition = petition_for(user, petition_id, access.ORGANIZERS)
    context = {**around_petition(user, petition), "batch": batch}
    return render(request, "campaigns/revoke.html", context)
