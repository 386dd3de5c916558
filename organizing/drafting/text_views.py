"""Writing a text: the desk, what is kept aside, and putting two texts together."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from organizing.accounts.views import signed_in
from organizing.drafting import (
    asking,
    copies,
    lost,
    presenting,
    selectors,
    services,
    suggestions,
    unseen,
)
from organizing.drafting.access import Seat, seat_for
from organizing.drafting.content import EMPTY, Fields, content_of
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import CommentForm, TextForm
from organizing.drafting.selectors import Version, Working
from organizing.drafting.services import Writing
from organizing.drafting.starters import default_consent
from organizing.petitions import languages
from organizing.petitions.models import State
from organizing.petitions.presenting import TextPage, present_text

NO_DRAFT = gettext_lazy(
    "Meanwhile the text was approved, or your part was changed: it takes no more changes from you."
)
# Buttons of the desk, by name; without any of them the text is saved.
ACTS = ("show", "check", "suggest", "keep")


@drafting_page
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """The writer's page: the text in the middle, the conversation beside it."""
    seat = seat_for(signed_in(request), petition_id)
    languages.known_language(seat.petition, language)
    if seat.petition.state != State.DRAFT or not seat.may_suggest:
        page = reverse("drafting-read", args=[petition_id, language])
        if lost.typed_in(request.POST):
            return lost.show_lost(request, NO_DRAFT, page, gettext_lazy("Read the text"), 409)
        return redirect(page)
    if request.method == "POST":
        form = TextForm(request.POST)
        return _act(request, seat, language, form)
    return show_desk(request, seat, language)


def keep_typed(seat: Seat, language: str, form: TextForm) -> None:
    """Keeps what stands in a form that came along with something else, where it differs from what it began with."""
    base, fields = form.cleaned_data["based_on"], form.fields_typed()
    begun = {**EMPTY, "consent": default_consent(language)}
    if fields != begun and services.is_changed(
        seat=seat, language=language, base=base, fields=fields
    ):
        writing = Writing(base, fields, tab=form.page())
        today = timezone.now().date()
        services.keep_working_copy(seat=seat, language=language, writing=writing, today=today)


def show_desk(
    request: HttpRequest, seat: Seat, language: str, form: TextForm | None = None, **more: Any
) -> HttpResponse:
    """The writer's page, with what was just sent or with what is kept."""
    text = selectors.head(seat.petition.id, language)
    if form is None:
        kept = copies.copies(seat, language, text, request.GET.get("copy", ""))
        form, fields = _begin(language, text, kept.here)
    else:
        fields = form.fields_typed() if form.is_valid() else text.fields
        kept = copies.copies_of(seat, language, text, form.page())
    form.speak(language, rtl=languages.language(language).rtl)
    context = {
        **presenting.desk(seat, language, text, fields),
        "form": form,
        "followed": bool(form.data.get("follows")),
        "differs": bool(form.data.get("differ")),
        "unsaved": kept.here,
        "others": kept.others,
        "comment_form": CommentForm(initial={"based_on": text.number}, auto_id="comment_%s"),
        **more,
    }
    return render(request, "drafting/write.html", context, status=400 if form.errors else 200)


def _begin(language: str, text: Version, here: Working | None) -> tuple[TextForm, Fields]:
    """A form with what was typed and not saved, else with the saved text."""
    base, fields = (here.base, here.fields) if here else (text.number, text.fields)
    if not base and not any(fields.values()):
        fields = {**fields, "consent": default_consent(language)}
    page = {"based_on": base, "tab": copies.new_tab(), "opened": here.tab if here else ""}
    return TextForm(initial={**fields, **page}), fields


def _act(request: HttpRequest, seat: Seat, language: str, form: TextForm) -> HttpResponse:
    if not form.is_valid():
        return show_desk(request, seat, language, form)
    act = next((name for name in ACTS if name in request.POST), request.POST.get("anyway", "save"))
    fields, base = form.fields_typed(), form.cleaned_data["based_on"]
    if act == "show":
        return show_desk(request, seat, language, form, shown=_shown(seat, language, fields))
    if act == "check":
        found = presenting.flagged(seat.petition, fields, language)
        return show_desk(request, seat, language, form, checked=True, flagged=found)
    follows = asking.follows(seat, form)
    asked = asking.questions(seat, language, form, act, translates=bool(follows))
    if asked:
        return show_desk(request, seat, language, form, **asked)
    if act == "suggest":
        return _suggest(request, seat, language, form)
    writing = Writing(base, fields, source=follows, tab=form.page())
    if act == "keep":
        today = timezone.now().date()
        services.keep_working_copy(seat=seat, language=language, writing=writing, today=today)
        messages.success(request, _("Kept for you alone. It is not saved as a version yet."))
        return desk_with(seat, language, writing.tab.id)
    say_unseen(request, fields)
    return _save(request, seat, language, writing)


def say_unseen(request: HttpRequest, fields: Fields) -> None:
    """Says so where a text that is saved held characters that nobody sees."""
    if any(map(unseen.count, fields.values())):
        messages.warning(request, presenting.STRIPPED)


def _save(request: HttpRequest, seat: Seat, language: str, writing: Writing) -> HttpResponse:
    saved = services.save(
        seat=seat, language=language, writing=writing, today=timezone.now().date()
    )
    return after_save(request, seat, language, saved)


def after_save(
    request: HttpRequest, seat: Seat, language: str, saved: services.Saved
) -> HttpResponse:
    """Where a save leads: back to the desk, or to the places that somebody has to look at."""
    if saved.conflicts:
        return merge_with(seat, language, saved.kept_as)
    if saved.merged:
        messages.success(
            request,
            _("Saved as version %(number)s, with what others wrote meanwhile.")
            % {"number": saved.version},
        )
    else:
        messages.success(request, _("Saved as version %(number)s.") % {"number": saved.version})
    return desk_with(seat, language, copies.NONE)


def merge_with(seat: Seat, language: str, copy: str) -> HttpResponse:
    """To the places that somebody has to look at, with what was typed on one page."""
    return _with("drafting-merge", seat, language, copy)


def desk_with(seat: Seat, language: str, copy: str) -> HttpResponse:
    """To the desk, with what was typed on one page."""
    return _with("drafting-write", seat, language, copy)


def _with(name: str, seat: Seat, language: str, copy: str) -> HttpResponse:
    page = reverse(name, args=[seat.petition.id, language])
    kept = {each.tab for each in selectors.working_copies(seat.user, seat.petition.id, language)}
    # Where nothing else is kept, the address need not say which.
    return redirect(f"{page}?{urlencode({'copy': copy})}" if kept - {copy} else page)


def _suggest(request: HttpRequest, seat: Seat, language: str, form: TextForm) -> HttpResponse:
    made = suggestions.suggest(
        seat=seat,
        language=language,
        base=form.cleaned_data["based_on"],
        fields=form.fields_typed(),
        note=form.cleaned_data["note"],
        today=timezone.now().date(),
        tab=form.page(),
    )
    if made is None:
        messages.warning(request, _("Nothing is changed, so there is nothing to suggest."))
    else:
        messages.success(request, _("Suggested. Those who edit accept or decline each change."))
    return desk_with(seat, language, copies.NONE)


def _shown(seat: Seat, language: str, fields: Fields) -> TextPage:
    return present_text(content_of(fields, {}), language, demo=seat.petition.demo)


@drafting_page
@require_safe
def read(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """The newest text with its comments, for reading; all that somebody sees who only comments."""
    seat = seat_for(signed_in(request), petition_id)
    languages.known_language(seat.petition, language)
    return show_text(request, seat, language)


def show_text(
    request: HttpRequest, seat: Seat, language: str, form: CommentForm | None = None
) -> HttpResponse:
    """The page for reading; with a comment that could not be kept, where there is one."""
    text = selectors.head(seat.petition.id, language)
    form = form or CommentForm(initial={"based_on": text.number}, auto_id="comment_%s")
    context = presenting.desk(seat, language, text, text.fields)
    parts = presenting.marked(text.fields, context["threads"])
    context |= {"parts": parts, "comment_form": form}
    return render(request, "drafting/read.html", context, status=400 if form.errors else 200)
