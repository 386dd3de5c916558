"""Comments and suggestions."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizing.accounts.views import signed_in
from organizing.drafting import comments, selectors, suggestions
from organizing.drafting.access import Seat, comment_for, seat_for, suggestion_for
from organizing.drafting.comments import Words
from organizing.drafting.door import drafting_page
from organizing.drafting.forms import AnswerForm, CommentForm, TextForm
from organizing.drafting.models import Comment, Part
from organizing.drafting.text_views import after_save, keep_typed, show_desk, show_text
from organizing.errors import WrongState
from organizing.petitions import languages


def _back(request: HttpRequest, seat: Seat, language: str, place: str = "talk") -> HttpResponse:
    """To the page that the form stood on."""
    name = "drafting-read" if request.POST.get("from") == "read" else "drafting-write"
    answer = redirect(name, seat.petition.id, language)
    answer["Location"] += f"#{place}"
    return answer


def _full(
    request: HttpRequest, seat: Seat, language: str, typed: Mapping[str, str]
) -> HttpResponse:
    """Says that no more fits, with what was typed."""
    base = selectors.head(seat.petition.id, language).number
    form = CommentForm({"based_on": base, **typed}, auto_id="comment_%s")
    form.add_error(
        "text",
        _(
            "A draft has room for %(comments)s comments, and each of them for %(remarks)s remarks. This one is "
            "not kept; take it along, and tell those who edit."
        )
        % {"comments": comments.MOST_COMMENTS, "remarks": comments.MOST_REMARKS},
    )
    return show_text(request, seat, language, form)


@drafting_page
@require_POST
def comment(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Makes a comment, about a passage or about the whole."""
    seat = seat_for(signed_in(request), petition_id)
    languages.known_language(seat.petition, language)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The comment was empty or too long. Nothing was kept."))
        return _back(request, seat, language)
    data = form.cleaned_data
    words = Words(data["text"], data["quote"], data["field"], data["near"] or 0)
    today = timezone.now().date()
    try:
        made = comments.comment(
            seat=seat, language=language, base=data["based_on"], words=words, today=today
        )
    except comments.Full:
        return _full(request, seat, language, {"text": words.text, "quote": words.quote})
    if made is None:
        messages.error(
            request,
            _(
                "These words do not stand in the saved text: “%(quote)s”. Save it first, or copy them."
            )
            % {"quote": data["quote"][:80]},
        )
    return _back(request, seat, language)


@drafting_page
@require_POST
def answer(request: HttpRequest, petition_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answers a comment."""
    seat, row = _comment(request, petition_id, comment_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        text, today = form.cleaned_data["text"], timezone.now().date()
        try:
            comments.answer(seat=seat, row=row, text=text, today=today)
        except comments.Full:
            return _full(request, seat, row.language, {"text": text})
    else:
        messages.error(request, _("The comment was empty or too long. Nothing was kept."))
    return _back(request, seat, row.language, f"c-{row.id}")


@drafting_page
@require_POST
def resolve(request: HttpRequest, petition_id: UUID, comment_id: UUID) -> HttpResponse:
    """Puts a comment aside as done, or opens it again."""
    seat, row = _comment(request, petition_id, comment_id)
    comments.resolve(seat=seat, row=row, resolved=request.POST.get("do") != "open")
    return _back(request, seat, row.language)


def _comment(request: HttpRequest, petition_id: UUID, comment_id: UUID) -> tuple[Seat, Comment]:
    seat = seat_for(signed_in(request), petition_id)
    return seat, comment_for(seat, comment_id)


@drafting_page
@require_POST
def decide(
    request: HttpRequest, petition_id: UUID, suggestion_id: UUID, number: int
) -> HttpResponse:
    """Accepts or declines one change of a suggestion."""
    seat = seat_for(signed_in(request), petition_id, Part.EDIT)
    found = suggestion_for(seat, suggestion_id)
    accept, today = request.POST.get("do") == "accept", timezone.now().date()
    # On the writer's page what stands in the text comes along: nothing of it is lost.
    form = TextForm(request.POST) if "body" in request.POST else None
    if form and not form.is_valid():
        return show_desk(request, seat, found.language, form)
    if form:
        keep_typed(seat, found.language, form)
    try:
        saved = suggestions.decide(
            seat=seat, suggestion=found, number=number, accept=accept, today=today
        )
    except WrongState:
        messages.error(
            request,
            _(
                "You have typed something that is not saved. It is kept here: save it or throw it away first, "
                "then accept the change."
            ),
        )
        return _back(request, seat, found.language, "suggestions")
    if accept:
        return after_save(request, seat, found.language, saved)
    messages.success(request, _("Declined. The text stays as it is."))
    return _back(request, seat, found.language, "suggestions")


@drafting_page
@require_POST
def withdraw(request: HttpRequest, petition_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Takes one's own suggestion back."""
    seat = seat_for(signed_in(request), petition_id, Part.SUGGEST)
    found = suggestion_for(seat, suggestion_id)
    suggestions.withdraw(seat=seat, suggestion=found)
    messages.success(request, _("Your suggestion is taken back."))
    return _back(request, seat, found.language)
