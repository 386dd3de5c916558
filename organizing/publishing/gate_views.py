"""The first signers: what opens a petition, whether it is there, and the button that opens it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizing.accounts.access import Role
from organizing.accounts.views import signed_in
from organizing.drafting import presenting
from organizing.drafting.access import seat_for
from organizing.drafting.door import drafting_page
from organizing.petitions import links
from organizing.petitions.access import petition_for
from organizing.petitions.models import State
from organizing.publishing import gate
from organizing.publishing.context import around
from organizing.publishing.gate_forms import GateForm

ORGANIZERS = (Role.ORGANIZER,)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """How many first signatures a petition needs; once it is frozen this can only be read."""
    found = petition_for(signed_in(request), petition_id, ORGANIZERS)
    form = GateForm(request.POST or None, petition=found)
    if request.method == "POST" and form.is_valid():
        gate.set_gate(petition=found, **form.values())
        messages.success(request, _("What opens the petition has been saved."))
        return redirect("workspace-petition", found.id)
    can_change = found.state in (State.DRAFT, State.APPROVED)
    context = {**around(found), "form": form, "gate": gate.gate(found), "can_change": can_change}
    return render(request, "publishing/gate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Opens a frozen petition for which enough have signed; the button is there from then on."""
    found = petition_for(signed_in(request), petition_id, ORGANIZERS)
    if request.method == "POST":
        gate.open_if_reached(petition_id=found.id, today=timezone.now().date())
        messages.success(request, _("The petition is open."))
        return redirect("workspace-petition", found.id)
    return render(request, "publishing/open.html", {**around(found), "gate": gate.gate(found)})


@drafting_page
@require_safe
def first_signers(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """For everybody who writes: the private link, and “not yet” or “reached”. Nothing finer, never who."""
    seat = seat_for(signed_in(request), petition_id)
    found = seat.petition
    is_frozen = found.state == State.FROZEN
    before = found.follows
    context = {
        **presenting.around(seat),
        "gate": gate.gate(found),
        "is_frozen": is_frozen,
        "link": links.signing_link(found) if is_frozen and seat.may_edit else "",
        "asked_again": before is not None and before.state == State.WITHDRAWN,
    }
    return render(request, "publishing/first_signers.html", context)
