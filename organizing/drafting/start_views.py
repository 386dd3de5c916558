"""From a post, or from one of the texts to begin with, to a first version."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organizing.accounts.views import signed_in
from organizing.drafting import flags, presenting, selectors, services
from organizing.drafting.access import Seat, seat_for
from organizing.drafting.content import EMPTY
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import StartForm
from organizing.drafting.models import Part
from organizing.drafting.presenting import Flagged
from organizing.drafting.services import Writing
from organizing.drafting.starters import begin
from organizing.drafting.text_views import after_save, say_unseen
from organizing.petitions import languages
from organizing.petitions.models import State


@drafting_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Looks through a post and makes a draft of it; with something found, only after a question."""
    seat = seat_for(signed_in(request), petition_id, Part.EDIT)
    languages.known_language(seat.petition, language)
    head = selectors.head(petition_id, language)
    if head.number or seat.petition.state != State.DRAFT:
        return redirect("drafting-write", petition_id, language)
    form = StartForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, language, form)
    act, found = request.POST.get("do"), _found(seat, form, language)
    if act == "check" or (found and act != "anyway"):
        asks = act != "check"
        return _page(request, seat, language, form, flagged=found, checked=True, asks=asks)
    return _begin(request, seat, language, form)


def _page(
    request: HttpRequest, seat: Seat, language: str, form: StartForm, **more: Any
) -> HttpResponse:
    context = {
        **presenting.around(seat),
        "language": languages.known_language(seat.petition, language),
        "form": form,
        "script": presenting.script(language, _units(seat, form)),
        **more,
    }
    status = 400 if form.errors else 200
    return render(request, "drafting/start.html", context, status=status)


def _post(form: StartForm) -> str:
    post: str = form.cleaned_data["post"]
    return post.replace("\r\n", "\n")


def _units(seat: Seat, form: StartForm) -> tuple[str, ...]:
    """What the browser's module cannot find by itself, of what was sent."""
    if not (form.is_bound and form.is_valid()):
        return ()
    return flags.units_in({**EMPTY, "body": _post(form)}, selectors.small_units(seat.petition))


def _found(seat: Seat, form: StartForm, language: str) -> list[Flagged]:
    return presenting.flagged(seat.petition, {**EMPTY, "body": _post(form)}, language)


def _begin(request: HttpRequest, seat: Seat, language: str, form: StartForm) -> HttpResponse:
    fields = begin(form.cleaned_data["starter"], _post(form), language)
    today = timezone.now().date()
    writing = Writing(0, fields, "started")
    say_unseen(request, {"body": _post(form)})
    saved = services.save(seat=seat, language=language, writing=writing, today=today)
    return after_save(request, seat, language, saved)
