"""Contacts to make, by unit, and what a member wants by mail."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import Campaign, User, campaign_for
from organizing.accounts.models import Membership
from organizing.accounts.views import signed_in
from organizing.errors import Busy, EmployersAddress, Malformed, WrongState
from organizing.outreach import presenting, selectors, services
from organizing.outreach.access import contact_for, sees
from organizing.outreach.forms import ContactForm, WishForm, at_employer
from organizing.outreach.models import Contact
from organizing.oversight.access import COMMITTEE, COUNTERS, seat_for
from organizing.oversight.services import record_day
from organizing.units.selectors import tree


def _today() -> date:
    return timezone.now().date()


@require_safe
def contacts(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What is to be done, unit by unit."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    return _contacts(request, user, campaign, None)


def _contacts(
    request: HttpRequest, user: User, campaign: Campaign, form: ContactForm | None
) -> HttpResponse:
    board = presenting.board(user, campaign, request.GET, _today())
    record_day(
        user=user,
        campaign=campaign,
        report="contacts",
        units=len(board.places),
        now=timezone.now(),
    )
    context = {**presenting.around(user, campaign), "board": board, "form": form or board.form}
    status = 400 if form else 200
    return render(request, "outreach/contacts.html", context, status=status)


@require_POST
def note(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Notes something to do at a unit; refuses what looks like a person."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    units = tree(campaign.id, _today())
    form = presenting.form(user, campaign, units, request.GET, request.POST)
    if not form.is_valid():
        return _contacts(request, user, campaign, form)
    unit, assigned = form.cleaned_data["unit"], form.cleaned_data["assigned"]
    if assigned and not sees(assigned.user, campaign, unit, units):
        form.add_error("assigned", _("They do not see this unit."))
        return _contacts(request, user, campaign, form)
    services.note_contact(
        campaign=campaign,
        unit_id=unit,
        text=form.cleaned_data["text"],
        by=user.username,
        assigned=assigned,
        today=_today(),
    )
    messages.success(request, _("Noted."))
    return redirect("outreach-contacts", campaign.id)


@require_POST
def change(request: HttpRequest, campaign_id: UUID, contact_id: UUID) -> HttpResponse:
    """Ticks a contact, takes the tick back, gives it to somebody, or erases it."""
    user = signed_in(request)
    contact = contact_for(user, campaign_id, contact_id, _today())
    try:
        _change(request, contact)
    except Malformed:
        messages.error(request, _("Nothing was changed: they do not see this unit."))
    return redirect("outreach-contacts", campaign_id)


def _change(request: HttpRequest, contact: Contact) -> None:
    do = request.POST.get("do")
    if do == "tick":
        services.tick_contact(contact=contact, done_on=_today())
        messages.success(request, _("Ticked. It is forgotten after 30 days."))
    elif do == "untick":
        services.tick_contact(contact=contact, done_on=None)
    elif do == "erase":
        services.erase_contact(contact=contact)
        messages.success(request, _("Erased."))
    elif do == "assign":
        seat = presenting.seat_asked(contact, request.POST, tree(contact.campaign_id, _today()))
        services.assign_contact(contact=contact, assigned=seat)
        messages.success(request, _("Saved."))


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What a member wants by mail, and where to."""
    user = signed_in(request)
    campaign = campaign_for(user, campaign_id, COUNTERS)
    seat = seat_for(user, campaign)
    if request.POST.get("do") == "test":
        _test(request, seat)
        return redirect("outreach-mail", campaign.id)
    now = selectors.wish(seat)
    initial = {"address": now.address, "digest": now.digest, "alerts": now.alerts}
    may_oversee = seat.role in COMMITTEE
    form = WishForm(request.POST or None, user=user, initial=initial, may_oversee=may_oversee)
    if request.method == "POST" and form.is_valid():
        wish = selectors.Wish(language=get_language() or "en", **form.cleaned_data)
        services.set_wish(membership=seat, wish=wish)
        messages.success(request, _("Saved."))
        return redirect("outreach-mail", campaign.id)
    context = {**presenting.around(user, campaign), "form": form, "wish": now}
    return render(request, "outreach/mail.html", context)


def _test(request: HttpRequest, seat: Membership) -> None:
    try:
        services.ask_for_test(membership=seat, today=_today())
    except WrongState:
        messages.error(request, _("No address is kept. Save one first."))
    except EmployersAddress:
        messages.error(request, at_employer())
    except Busy:
        messages.error(
            request, _("Three test mails an hour are enough. Look where your unwanted mail goes.")
        )
    else:
        messages.success(
            request,
            _(
                "A test mail is on its way. If it is not there in ten minutes, nor among your unwanted mail, see "
                "whether the address is right."
            ),
        )
