"""Translations that a person has read, and the approval of exact versions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from organizing.accounts.views import signed_in
from organizing.drafting import presenting, reviewing, translations
from organizing.drafting.access import Seat, organizer_seat, seat_for
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import ReasonForm
from organizing.drafting.models import Part
from organizing.drafting.reviewing import Obstacle, Step
from organizing.errors import WrongState
from organizing.petitions import languages

OBSTACLES: dict[Obstacle, Promise] = {
    Obstacle.NO_TEXT: gettext_lazy("A field is empty, in one language at least."),
    Obstacle.PLACEHOLDERS: gettext_lazy("Something in double square brackets is to be filled in."),
    Obstacle.REJECTED: gettext_lazy("An organizer has rejected these versions."),
}


@drafting_page
@require_safe
def review(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Where the text stands: languages, verdicts, and what is in the way."""
    return _review(request, seat_for(signed_in(request), petition_id), ReasonForm())


def _review(request: HttpRequest, seat: Seat, form: ReasonForm, status: int = 200) -> HttpResponse:
    found = reviewing.review(seat.petition)
    context = {
        **presenting.around(seat),
        "review": found,
        "obstacles": [OBSTACLES[each] for each in found.obstacles if each in OBSTACLES],
        "stale": [each for each in found.standings if each.is_stale],
        "unchecked": [each for each in found.standings if not each.is_ready and not each.is_stale],
        "differing": [each for each in found.standings if each.differs],
        "form": form,
    }
    return render(request, "drafting/review.html", context, status=status)


@drafting_page
@require_POST
def decide(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """One organizer approves of, rejects or sends back the versions that the page showed."""
    seat = organizer_seat(signed_in(request), petition_id)
    act, today = request.POST.get("do", ""), timezone.now().date()
    digest = request.POST.get("digest", "")
    form = ReasonForm(request.POST)
    if act == "approve":
        return _approve(request, seat, digest)
    if not form.is_valid():
        return _review(request, seat, form, 400)
    reason = form.cleaned_data["reason"]
    if act == "send-back":
        reviewing.send_back(seat=seat, reason=reason, today=today)
        messages.success(request, _("The text is a draft again. Everybody sees your reason."))
    else:
        step = reviewing.reject(seat=seat, digest=digest, reason=reason, today=today)
        _say(request, step, _("Rejected. Everybody who writes sees your reason."))
    return redirect("drafting-review", petition_id)


def _approve(request: HttpRequest, seat: Seat, digest: str) -> HttpResponse:
    try:
        step = reviewing.approve(seat=seat, digest=digest, today=timezone.now().date())
    except WrongState:
        messages.error(request, _("It cannot be approved yet: see what is in the way."))
        return redirect("drafting-review", seat.petition.id)
    _say(request, step, _("You have approved of these versions. Others have to, as well."))
    if step is Step.APPROVED:
        messages.success(request, _("The text is approved. Next it can be frozen."))
        return redirect("workspace-petition", seat.petition.id)
    return redirect("drafting-review", seat.petition.id)


def _say(request: HttpRequest, step: Step, done: str) -> None:
    if step is Step.MOVED:
        messages.warning(
            request, _("Somebody has saved another version since. Read it, then decide.")
        )
    elif step is Step.WAITING:
        messages.success(request, done)


@drafting_page
@require_POST
def rule(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """How many organizers must approve, in the whole campaign."""
    seat = organizer_seat(signed_in(request), petition_id)
    approvals, today = 2 if request.POST.get("two") else 1, timezone.now().date()
    try:
        done = reviewing.set_rule(seat=seat, approvals=approvals, today=today)
    except WrongState:
        messages.error(request, _("There is only one organizer. Let another one in first."))
    else:
        if done:
            messages.success(request, _("The rule is changed."))
        else:
            messages.warning(
                request, _("The rule stays until another organizer asks for this too.")
            )
    return redirect("drafting-review", petition_id)


@drafting_page
@require_POST
def vouch(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Somebody who edits says that a person has read a translation, or leaves it out."""
    leave = request.POST.get("do") == "leave-out"
    seat = seat_for(signed_in(request), petition_id, Part.EDIT)
    languages.known_language(seat.petition, language)
    if leave:
        translations.leave_out(seat=seat, language=language)
        messages.success(request, _("The language is left out. Its versions are kept."))
        return redirect("drafting-home", petition_id)
    standing = translations.standing(seat.petition, language)
    if standing and standing.differs and "differ" not in request.POST:
        messages.error(request, _("Say first that the number of demands differs on purpose."))
        return redirect("drafting-home", petition_id)
    done = translations.vouch(
        seat=seat,
        language=language,
        text=request.POST.get("text", ""),
        source=request.POST.get("source", ""),
        today=timezone.now().date(),
    )
    if done:
        messages.success(request, _("Noted, with your pseudonym, for exactly these two texts."))
    else:
        messages.warning(
            request, _("Somebody has saved another version since. Read it, then decide.")
        )
    return redirect("drafting-home", petition_id)
