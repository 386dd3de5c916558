"""A Markdown file that is read back; with something found in it, only after a question."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizing.accounts.views import signed_in
from organizing.drafting import markdown_file, presenting, selectors, services
from organizing.drafting.access import Seat, seat_for
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import ImportForm
from organizing.drafting.markdown_file import Imported
from organizing.drafting.models import Part
from organizing.drafting.services import Writing
from organizing.drafting.text_views import after_save, say_unseen
from organizing.errors import Malformed
from organizing.petitions import languages


@drafting_page
@require_http_methods(["GET", "HEAD", "POST"])
def read_file(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Reads a file back; what others saved since it was taken out is merged."""
    seat = seat_for(signed_in(request), petition_id, Part.EDIT)
    languages.known_language(seat.petition, language)
    form = ImportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, language, form)
    try:
        found = markdown_file.read(form.cleaned_data["text"])
    except Malformed:
        form.add_error(
            "text", _("This is not a file that was taken out here, or its head is broken.")
        )
        return _page(request, seat, language, form)
    head = selectors.head(petition_id, language)
    # What the newest version says already is in the history: to ask about it again would help nobody.
    flagged = presenting.new_flags(seat.petition, found.fields, head.fields, language)
    if flagged and "anyway" not in request.POST:
        return _page(request, seat, language, form, flagged=flagged)
    return _take(request, seat, language, form, found)


def _page(
    request: HttpRequest, seat: Seat, language: str, form: ImportForm, **more: Any
) -> HttpResponse:
    lang = languages.known_language(seat.petition, language)
    context = {**presenting.around(seat), "language": lang, "form": form, **more}
    status = 400 if form.errors else 200
    return render(request, "drafting/import.html", context, status=status)


def _take(
    request: HttpRequest, seat: Seat, language: str, form: ImportForm, found: Imported
) -> HttpResponse:
    base = min(found.version, selectors.head(seat.petition.id, language).number)
    writing = Writing(base, found.fields, "imported")
    say_unseen(request, {"text": form.cleaned_data["text"]})
    today = timezone.now().date()
    saved = services.save(seat=seat, language=language, writing=writing, today=today)
    return after_save(request, seat, language, saved)
