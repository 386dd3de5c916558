"""Drafts, and who writes at them: coming in by a link, and going."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizing.accounts import selectors as accounts
from organizing.accounts.access import Role
from organizing.accounts.views import join_by, signed_in
from organizing.drafting import inviting, presenting, selectors, translations
from organizing.drafting.access import Seat, co_drafter_for, invitation_for, seat_for
from organizing.drafting.door import drafting_page, stop
from organizing.drafting.forms import InviteForm, PartForm
from organizing.drafting.models import Part
from organizing.errors import Forbidden
from organizing.petitions import languages
from organizing.petitions import selectors as petitions


@drafting_page
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts that somebody came to by a link."""
    user = signed_in(request)
    found = [(petition, petitions.title(petition)) for petition in selectors.drafts_of(user)]
    is_member = bool(accounts.seats(user))
    return render(request, "drafting/drafts.html", {"drafts": found, "is_member": is_member})


join = join_by("drafting/join.html", inviting.is_open, inviting.accept, "drafting-home", stop)


@drafting_page
@require_safe
def home(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """A draft's languages, and where to go from there."""
    seat = seat_for(signed_in(request), petition_id)
    found = translations.standings(seat.petition)
    have = {each.language.code for each in found}
    missing = [languages.language(c) for c in languages.LANGUAGES if c not in have]
    context = {**presenting.around(seat), "standings": found, "missing": missing}
    return render(request, "drafting/home.html", context)


@drafting_page
@require_safe
def people(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Who writes, and links that nobody has used yet. Never when somebody was here."""
    return _people(request, _member(request, petition_id), InviteForm(initial={"part": Part.EDIT}))


def _member(request: HttpRequest, petition_id: UUID) -> Seat:
    seat = seat_for(signed_in(request), petition_id)
    if not seat.is_member:
        raise Forbidden
    return seat


def _people(request: HttpRequest, seat: Seat, form: InviteForm, status: int = 200) -> HttpResponse:
    members = accounts.members(seat.petition.campaign)
    writers = [m for m in members if m.role in (Role.ORGANIZER, Role.DRAFTER)]
    context = {
        **presenting.around(seat),
        "writers": writers,
        "co_drafters": inviting.co_drafters(seat.petition),
        "links": inviting.open_links(seat.petition, timezone.now().date()),
        "parts": Part.choices,
        "form": form,
    }
    return render(request, "drafting/people.html", context, status=status)


@drafting_page
@require_POST
def invite(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Makes a one-time link, and shows it once."""
    seat = _member(request, petition_id)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people(request, seat, form, 400)
    part, note = Part(form.cleaned_data["part"]), form.cleaned_data["note"]
    token = inviting.invite(seat=seat, part=part, note=note, today=timezone.now().date())
    link = settings.SITE_ORIGIN + reverse("drafting-join", args=[token])
    context = {**presenting.around(seat), "link": link, "part": part}
    return render(request, "drafting/invited.html", context)


@drafting_page
@require_POST
def change(request: HttpRequest, petition_id: UUID, co_drafter_id: UUID) -> HttpResponse:
    """Gives a co-drafter another part, or takes them out at once."""
    seat = _member(request, petition_id)
    found = co_drafter_for(seat, co_drafter_id)
    name = {"name": found.user.username}
    form = PartForm(request.POST)
    if request.POST.get("do") == "remove":
        inviting.remove(seat=seat, co_drafter=found)
        messages.success(request, _("%(name)s is out, from this moment on.") % name)
    elif form.is_valid():
        part = Part(form.cleaned_data["part"])
        inviting.change_part(seat=seat, co_drafter=found, part=part)
        messages.success(request, _("%(name)s has another part now.") % name)
    return redirect("drafting-people", petition_id)


@drafting_page
@require_POST
def revoke(request: HttpRequest, petition_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Makes a link worthless."""
    seat = _member(request, petition_id)
    inviting.revoke(seat=seat, invitation=invitation_for(seat, invitation_id))
    messages.success(request, _("This link does not work any more."))
    return redirect("drafting-people", petition_id)
