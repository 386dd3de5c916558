"""The page on which members make tokens and revoke them."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts import second_factor
from organizing.accounts.access import Campaign, Role, User, campaign_for
from organizing.accounts.views import signed_in
from organizing.api import access, selectors, services
from organizing.api.forms import TokenForm
from organizing.errors import WrongState
from organizing.oversight.access import COUNTERS, seat_for
from organizing.oversight.presenting import around


def _today() -> date:
    return timezone.now().date()


@require_safe
def tokens(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The tokens of whoever is signed in; for an organizer, everybody's."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    return _tokens(request, user, campaign, TokenForm())


def _tokens(
    request: HttpRequest, user: User, campaign: Campaign, form: TokenForm, status: int = 200
) -> HttpResponse:
    seat = seat_for(user, campaign)
    everybodys = seat.role == Role.ORGANIZER
    context = {
        **around(user, campaign),
        "form": form,
        "tokens": selectors.tokens(campaign, seat, _today(), everybodys=everybodys),
        "everybodys": everybodys,
    }
    return render(request, "api/tokens.html", context, status=status)


# Said here, too: after the question who is there, the answer comes under that page's address.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Makes a token, and shows it once. Loading that page again leads back to the list."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    if request.method != "POST":
        return redirect("api-tokens", campaign.id)
    second_factor.require_recent_proof(request)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _tokens(request, user, campaign, form, 400)
    try:
        token = services.make_token(
            membership=seat_for(user, campaign),
            scopes=form.scopes(),
            days=form.cleaned_data["days"],
            today=_today(),
        )
    except WrongState:
        form.add_error(None, _("You have five tokens already. Revoke one of them first."))
        return _tokens(request, user, campaign, form, 409)
    address = settings.SITE_ORIGIN + reverse("api-start")
    context = {**around(user, campaign), "token": token, "address": address}
    return render(request, "api/made.html", context)


@require_POST
def revoke(request: HttpRequest, campaign_id: UUID, token_id: UUID) -> HttpResponse:
    """Makes a token worthless, at once."""
    token = access.token_for(signed_in(request), campaign_id, token_id)
    services.revoke_token(token=token)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("api-tokens", campaign_id)
