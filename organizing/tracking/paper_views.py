"""Signatures on paper: one person types a number, another counts the same sheets without seeing it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizing.accounts.access import User
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.errors import NotFound, Refused, WrongState
from organizing.oversight.access import scope_for
from organizing.oversight.selectors import who_sees
from organizing.tracking import access, selectors, services
from organizing.tracking.act_views import around
from organizing.tracking.forms import ConfirmForm, PaperForm
from organizing.tracking.models import Act, PaperEntry
from organizing.units import selectors as units
from organizing.units.access import unit_in


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who enters paper of which act, for which units (None: for all), and on which day."""

    user: User
    act: Act
    only: frozenset[UUID] | None
    today: date


def _desk(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> _Desk:
    user = signed_in(request)
    act = access.act_in(user, campaign_id, act_id, access.COUNTERS)
    today = day_in(act.campaign, timezone.now())
    return _Desk(user, act, scope_for(user, act.campaign), today)


def _entry(desk: _Desk, entry_id: UUID) -> PaperEntry:
    """An entry that waits, of a unit that is the reader's. Raises NotFound."""
    entry = access.paper_in(desk.act, entry_id)
    if entry.id not in {view.id for view in _waiting(desk)}:
        raise NotFound
    return entry


def _counters(desk: _Desk) -> list[tuple[selectors.PaperView, list[str]]]:
    """What waits; beside each of the reader's own, who else can count it, by pseudonym."""
    tree = units.tree(desk.act.campaign_id, on=desk.today)
    found = []
    for view in _waiting(desk):
        names = who_sees(desk.act.campaign, view.unit_id, tree) if view.mine else []
        found.append((view, [name for name in names if name != desk.user.username]))
    return found


def _waiting(desk: _Desk) -> list[selectors.PaperView]:
    return selectors.paper_waiting(desk.act, desk.user, today=desk.today, only=desk.only)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, campaign_id: UUID, act_id: UUID) -> HttpResponse:
    """What waits for a second person; a POST types a first count."""
    desk = _desk(request, campaign_id, act_id)
    choices, people = selectors.unit_choices(desk.act, today=desk.today, only=desk.only)
    form = PaperForm(
        request.POST or None,
        units=choices,
        whole=desk.only is None,
        people=people,
        today=desk.today,
        initial={"day": desk.today},
    )
    if request.method == "POST" and form.is_valid():
        _type(desk, form)
        messages.success(request, _("Noted. It counts once somebody else has counted the same."))
        return redirect("tracking-paper", campaign_id, act_id)
    context = {
        **around(desk.user, desk.act.campaign),
        "act": desk.act,
        "name": selectors.name_of(desk.act),
        "form": form,
        "waiting": _counters(desk),
        "can_enter": bool(choices) or desk.only is None,
    }
    return render(request, "tracking/paper.html", context)


def _type(desk: _Desk, form: PaperForm) -> None:
    data = form.cleaned_data
    unit = unit_in(desk.act.campaign, data["unit"].id) if data["unit"] else None
    services.type_paper(
        act=desk.act, unit=unit, count=data["count"], day=data["day"], user=desk.user
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, campaign_id: UUID, act_id: UUID, entry_id: UUID) -> HttpResponse:
    """The second count, by somebody who does not see the first."""
    desk = _desk(request, campaign_id, act_id)
    entry = _entry(desk, entry_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        problem = _confirm(desk, entry, form.cleaned_data["count"])
        if problem is None:
            messages.success(request, _("Both counted the same. It is in the figures next week."))
            return redirect("tracking-paper", campaign_id, act_id)
        form.add_error("count", problem)
    shown = next((view for view in _waiting(desk) if view.id == entry_id), None)
    if shown is None:
        messages.error(request, _gone())
        return redirect("tracking-paper", campaign_id, act_id)
    context = {
        **around(desk.user, desk.act.campaign),
        "act": desk.act,
        "name": selectors.name_of(desk.act),
        "entry": shown,
        "form": form,
    }
    return render(request, "tracking/confirm.html", context)


def _gone() -> str:
    return _(
        "Three times you counted something else, so the first count is gone. Count the sheets together, and let "
        "one of you type it again."
    )


def _confirm(desk: _Desk, entry: PaperEntry, count: int) -> str | None:
    """Why it does not count, or None."""
    try:
        services.confirm_paper(entry=entry, count=count, user=desk.user, now=timezone.now())
    except services.NotTheSame:
        return _("Somebody else counted another number. Count again.")
    except WrongState:
        return _("This has been confirmed or taken back meanwhile.")
    except Refused:
        return _("You typed it, so somebody else has to count these sheets.")
    return None


@require_POST
def discard(request: HttpRequest, campaign_id: UUID, act_id: UUID, entry_id: UUID) -> HttpResponse:
    """Takes back a first count of one's own."""
    desk = _desk(request, campaign_id, act_id)
    try:
        services.discard_paper(entry=_entry(desk, entry_id), user=desk.user)
        messages.success(request, _("It is taken back."))
    except (Refused, WrongState):
        messages.error(request, _("Only whoever typed it can take it back, and only until then."))
    return redirect("tracking-paper", campaign_id, act_id)
