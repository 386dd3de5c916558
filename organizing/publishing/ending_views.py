"""The end of a petition, and the version after it: pages that say what a step does, and a button that takes it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from organizing.accounts.access import Role
from organizing.accounts.views import signed_in
from organizing.petitions import ending
from organizing.petitions.access import petition_for
from organizing.petitions.days import End
from organizing.petitions.models import Petition, State
from organizing.petitions.selectors import OVER
from organizing.publishing import versions
from organizing.publishing.context import around

ORGANIZERS = (Role.ORGANIZER,)


def _step(
    name: str, act: Callable[[Petition], None], states: tuple[State, ...], done: Promise
) -> Callable[..., HttpResponse]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, petition_id: UUID) -> HttpResponse:
        found = petition_for(signed_in(request), petition_id, ORGANIZERS)
        if request.method == "POST":
            act(found)
            messages.success(request, str(done))
            return redirect("workspace-petition", found.id)
        can = found.state in states
        ends = found.sending_ends_at
        context = {
            **around(found),
            "can": can,
            "changing_ends": End(ends, found.campaign.time_zone) if ends else None,
            "sending_has_ended": ends is not None and ends <= timezone.now(),
        }
        return render(request, f"publishing/{name}.html", context)

    return view


def _close(petition: Petition) -> None:
    ending.close_petition(petition_id=petition.id, now=timezone.now())


def _withdraw(petition: Petition) -> None:
    ending.withdraw_petition(petition_id=petition.id, now=timezone.now())


def _archive(petition: Petition) -> None:
    ending.archive_petition(petition_id=petition.id, now=timezone.now())


close = _step("close", _close, (State.OPEN,), gettext_lazy("The petition is closed."))
withdraw = _step("withdraw", _withdraw, (State.FROZEN,), gettext_lazy("It is withdrawn."))
archive = _step("archive", _archive, (State.CLOSED,), gettext_lazy("It is in the archive."))


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Begins the draft that follows a petition that is over, or goes to it."""
    user = signed_in(request)
    found = petition_for(user, petition_id, ORGANIZERS)
    if request.method == "POST":
        today = timezone.now().date()
        draft = versions.begin_version(petition_id=found.id, by=user, today=today)
        messages.success(request, _("This is the draft of the new version."))
        return redirect("workspace-petition", draft.id)
    context = {
        **around(found),
        "can": found.state in OVER,
        "next_version": versions.following(found),
    }
    return render(request, "publishing/new_version.html", context)
