"""What is kept aside for one person: while they type, and until they throw it away or put two texts together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizing.accounts.views import signed_in
from organizing.drafting import merging, presenting, selectors, services
from organizing.drafting.access import Seat, seat_for
from organizing.drafting.copies import NONE
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import TextForm
from organizing.drafting.models import Part
from organizing.drafting.services import NO_TAB, Tab, Writing
from organizing.drafting.text_views import desk_with, merge_with
from organizing.petitions import languages
from organizing.safety.numbers import typed_number


@drafting_page
@require_POST
def keep(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """What the page sends by itself while somebody types: kept for them alone, and answered by nothing."""
    seat = seat_for(signed_in(request), petition_id, Part.SUGGEST)
    languages.known_language(seat.petition, language)
    form = TextForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    writing = Writing(form.cleaned_data["based_on"], form.fields_typed(), tab=form.page())
    today = timezone.now().date()
    services.keep_working_copy(seat=seat, language=language, writing=writing, today=today)
    return HttpResponse(status=204)


@drafting_page
@require_POST
def forget(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Throws away what somebody typed on one page and did not save."""
    seat = seat_for(signed_in(request), petition_id, Part.SUGGEST)
    tab = Tab(request.POST.get("copy") or NO_TAB.id)
    services.forget_working_copy(seat=seat, language=language, tab=tab)
    messages.success(request, _("What was not saved is gone."))
    return desk_with(seat, language, NONE)


@drafting_page
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Places that two people changed: both sides are shown, and a person chooses."""
    seat = seat_for(signed_in(request), petition_id, Part.SUGGEST)
    lang = languages.known_language(seat.petition, language)
    head = selectors.head(seat.petition.id, language)
    if request.method == "POST":
        return _settle(request, seat, language)
    copy = request.GET.get("copy", "")
    merged = services.pending_merge(seat=seat, language=language, tab=copy)
    if merged is None:
        return redirect("drafting-write", petition_id, language)
    context = {
        **presenting.around(seat),
        "language": lang,
        "head": head,
        "copy": copy,
        "fields": [(presenting.FIELD_NAMES[n], n, list(enumerate(s))) for n, s in merged.items()],
        "number": merging.conflicts(merged),
        "others": _(", ").join(services.others_since(seat=seat, language=language, tab=copy)),
    }
    return render(request, "drafting/merge.html", context)


def _settle(request: HttpRequest, seat: Seat, language: str) -> HttpResponse:
    known = set(merging.Choice)
    choices = {name: value for name, value in request.POST.items() if value in known}
    head = request.POST.get("head", "")
    today, copy = timezone.now().date(), request.POST.get("copy", "")
    done = services.settle_conflicts(
        seat=seat,
        language=language,
        head=typed_number(head, -1),
        choices=choices,
        today=today,
        tab=copy,
    )
    if not done:
        messages.warning(request, _("Another version was saved meanwhile. Look once more."))
        return merge_with(seat, language, copy)
    messages.success(request, _("Put together. Read it through, then save it."))
    return desk_with(seat, language, copy)
