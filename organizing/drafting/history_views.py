"""Every saved version: listed, compared by word, restored, erased, taken out as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.views import signed_in
from organizing.drafting import erasing, markdown_file, presenting, selectors, services
from organizing.drafting.access import seat_for
from organizing.drafting.door import drafting_page
from organizing.drafting.models import Part
from organizing.errors import Forbidden, NotFound
from organizing.petitions import languages
from organizing.safety.numbers import typed_number


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    return typed_number(request.GET.get(name, ""), otherwise)


@drafting_page
@require_safe
def history(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Saved versions, the newest first, fifty on a page."""
    seat = seat_for(signed_in(request), petition_id)
    lang = languages.known_language(seat.petition, language)
    lines = selectors.history(petition_id, language, _number(request, "before", 0))
    context = {
        **presenting.around(seat),
        "language": lang,
        "lines": [(line, presenting.HOW.get(line.note.how, "")) for line in lines],
        "older": lines[-1].number if lines and lines[-1].number > 1 else 0,
        "newest": selectors.head(petition_id, language).number,
        "may_erase": erasing.may_erase(seat),
    }
    return render(request, "drafting/history.html", context)


@drafting_page
@require_safe
def compare(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Two versions: in one text, or side by side."""
    seat = seat_for(signed_in(request), petition_id)
    lang = languages.known_language(seat.petition, language)
    newest = selectors.head(petition_id, language)
    after = _number(request, "to", newest.number)
    before = _number(request, "from", selectors.before(petition_id, language, after))
    one = selectors.version(petition_id, language, before)
    two = newest if after == newest.number else selectors.version(petition_id, language, after)
    context = {
        **presenting.around(seat),
        "language": lang,
        "before": one,
        "after": two,
        "newest": newest.number,
        "parts": presenting.compared(one.fields, two.fields),
        "side_by_side": request.GET.get("view") == "side",
    }
    return render(request, "drafting/compare.html", context)


@drafting_page
@require_POST
def restore(request: HttpRequest, petition_id: UUID, language: str, number: int) -> HttpResponse:
    """An earlier version becomes the newest."""
    seat = seat_for(signed_in(request), petition_id, Part.EDIT)
    languages.known_language(seat.petition, language)
    head = request.POST.get("head", "")
    made = services.restore(
        seat=seat,
        language=language,
        number=number,
        head=typed_number(head),
        today=timezone.now().date(),
    )
    if made:
        messages.success(request, _("Restored as version %(number)s.") % {"number": made})
    else:
        messages.warning(request, _("Another version was saved meanwhile. Look once more."))
    return redirect("drafting-history", petition_id, language)


@drafting_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, petition_id: UUID, language: str, number: int) -> HttpResponse:
    """Takes what an earlier version said out of the history, after a question."""
    seat = seat_for(signed_in(request), petition_id)
    lang = languages.known_language(seat.petition, language)
    if not erasing.may_erase(seat):
        raise Forbidden
    if not erasing.can_be_erased(seat, language, number):
        messages.error(
            request,
            _("Version %(number)s stays: it is the newest, approved, or erased already.")
            % {"number": number},
        )
    elif request.method == "POST":
        today = timezone.now().date()
        erasing.erase(seat=seat, language=language, number=number, today=today)
        messages.success(request, _("Version %(number)s is erased.") % {"number": number})
    else:
        context = {**presenting.around(seat), "language": lang, "number": number}
        return render(request, "drafting/erase.html", context)
    return redirect("drafting-history", petition_id, language)


@drafting_page
@require_safe
def export(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """The newest text as a Markdown file."""
    seat = seat_for(signed_in(request), petition_id)
    languages.known_language(seat.petition, language)
    text = selectors.head(petition_id, language)
    if not text.number:
        raise NotFound
    response = HttpResponse(
        markdown_file.write(language, text), content_type="text/markdown; charset=utf-8"
    )
    # Neither the title nor the day: the file's name stays in lists of downloads.
    response["Content-Disposition"] = f'attachment; filename="text-{language}.md"'
    return response
