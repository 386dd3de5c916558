"""Which units a petition offers to its signers, while it can still be changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizing.accounts.access import Role, User
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.errors import WrongState
from organizing.petitions import selectors as petitions
from organizing.petitions.access import petition_for
from organizing.petitions.models import Petition, State
from organizing.units import offering, presenting, selectors, showing_offer
from organizing.units.offer_forms import OfferForm
from organizing.units.trees import UnitTree


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """The choice, and what it comes to: shown first, and put into the petition by a button of its own."""
    user = signed_in(request)
    petition = petition_for(user, petition_id, (Role.ORGANIZER,))
    if petition.state not in (State.DRAFT, State.APPROVED):
        raise WrongState
    tree = selectors.tree(petition.campaign_id, day_in(petition.campaign, timezone.now()))
    form = _form(request, petition, tree)
    if request.method == "POST" and form.is_valid() and "show" not in request.POST:
        return _put(request, user, petition, form)
    valid = form.is_valid() if form.is_bound else True
    choice = form.choice() if form.is_bound and valid else offering.chosen(tree, petition)
    context = {
        **presenting.around(user, petition.campaign),
        "petition": petition,
        "petition_title": petitions.title(petition),
        "form": form,
        "tree": tree,
        "shown": showing_offer.show(tree, petition, choice),
    }
    return render(request, "units/offer.html", context, status=200 if valid else 400)


def _form(request: HttpRequest, petition: Petition, tree: UnitTree) -> OfferForm:
    now = offering.chosen(tree, petition)
    levels = max((node.depth for node in tree.nodes), default=0) + 1
    initial = {"deepest": now.deepest, "left_out": "\n".join(sorted(now.left_out))}
    codes = frozenset(tree.by_code)
    return OfferForm(request.POST or None, initial=initial, levels=levels, codes=codes)


def _put(request: HttpRequest, user: User, petition: Petition, form: OfferForm) -> HttpResponse:
    today = day_in(petition.campaign, timezone.now())
    number = offering.offer_units(petition=petition, choice=form.choice(), user=user, today=today)
    if number:
        messages.success(request, _("The petition’s units have been saved."))
    else:
        messages.warning(request, _("No unit is large enough, so the petition offers none."))
    return redirect("workspace-petition", petition.id)
