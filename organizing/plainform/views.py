"""Signing without JavaScript. Words appear only on the uncached answer to a POST."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing import errors
from organizing.crypto import messages
from organizing.eligibility.services import request_mail_code
from organizing.petitions import presenting, selectors
from organizing.petitions.views import same_page
from organizing.plainform import forms, services
from organizing.plainform.services import PlainProof
from organizing.safety import throttles
from organizing.safety.networks import client_network
from organizing.signing.services import Status

View = Callable[..., HttpResponse]


def plain_view(view: View) -> View:
    """What does not exist is a 404, whatever the reason."""

    @wraps(view)
    def wrapped(request: HttpRequest, pid: str, language: str) -> HttpResponse:
        try:
            petition = selectors.published(pid)
            presenting.present(petition, language)
        except errors.NotFound as error:
            raise Http404 from error
        return view(request, petition, language)

    return wrapped


def _page(
    template: str,
    petition: selectors.PublishedPetition,
    language: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    page = {"petition": presenting.present(petition, language), "errors": {}, "values": {}}
    return HttpResponse(render_to_string(template, page | context), status=status)


def _sentences(form: Form) -> dict[str, str]:
    return {name: " ".join(str(m) for m in found) for name, found in form.errors.items()}


def explain(error: Exception) -> str:
    """A clear sentence for what the services refuse or cannot do now."""
    sentences = {
        errors.Refused: _(
            "The code was not accepted. If you have just signed with it, here or in another tab, "
            "your signature is held and you have nothing more to do. If not, you have not signed "
            "yet: compare the code with the paper or the mail. If it is right, it may be used up, "
            "too old, made for another petition, or cancelled by the organizers: then ask for "
            "another one. Nothing else that you typed is lost."
        ),
        errors.Closed: _("This petition is not taking signatures now."),
        errors.Busy: _(
            "Too many people are doing this from one network now. Try again in a while."
        ),
        errors.Unavailable: _("The site could not do this now. Send the form again in a moment."),
        errors.Stale: _("Your signature changed in the meantime. Look again before you go on."),
    }
    if isinstance(error, OperationalError):
        return sentences[errors.Unavailable]
    return next(s for kind, s in sentences.items() if isinstance(error, kind))


# A database that does not answer, too: what was typed must come back then as well.
_EXPLAINED = (
    *(errors.Refused, errors.Closed, errors.Busy, errors.Unavailable, errors.Stale),
    OperationalError,
)


@require_http_methods(["GET", "HEAD", "POST"])
@plain_view
def start(
    request: HttpRequest, petition: selectors.PublishedPetition, language: str
) -> HttpResponse:
    """The form's first page; by POST, twelve words drawn for this signature."""
    if request.method != "POST":
        return same_page("plainform/start.html", petition, language)
    return _page("plainform/words.html", petition, language, words=services.draw_words())


@require_POST
@plain_view
def sign(
    request: HttpRequest, petition: selectors.PublishedPetition, language: str
) -> HttpResponse:
    """Signs. What was typed comes back with every error."""
    form = forms.SignForm(request.POST, units=petition.manifest.units)
    mistakes = _sentences(form) if not form.is_valid() else {}
    if not mistakes:
        try:
            throttles.PLAIN.hit(client_network(request))
            status = services.sign_plainly(
                petition=petition,
                secret=form.cleaned_data["words"],
                proof=PlainProof(form.cleaned_data["code"], form.cleaned_data["address"]),
                unit=form.cleaned_data["unit"],
                now=timezone.now(),
            )
            return _leave(_AFTER_SIGNING[status.status], petition, language)
        except _EXPLAINED as error:
            mistakes = {"code": explain(error)}
    return _page(
        "plainform/words.html",
        petition,
        language,
        status=422,
        words=request.POST.get("words", "").split()[:24],
        values=request.POST,
        errors=mistakes,
    )


@require_safe
@plain_view
def done(
    request: HttpRequest, petition: selectors.PublishedPetition, language: str
) -> HttpResponse:
    """What happens next: the same page for everyone."""
    return same_page("plainform/done.html", petition, language)


@require_POST
@plain_view
def code(
    request: HttpRequest, petition: selectors.PublishedPetition, language: str
) -> HttpResponse:
    """Asks for a code by mail: one and the same answer for every address."""
    form = forms.CodeForm(request.POST)
    words = request.POST.get("words", "").split()[:24]
    mistakes = _sentences(form) if not form.is_valid() else {}
    if not mistakes:
        try:
            throttles.CODE_REQUEST.hit(client_network(request))
            asked = messages.CodeRequest(
                petition.manifest.hash, language[:16], form.cleaned_data["address"]
            )
            request_mail_code(petition=petition, request=asked, now=timezone.now())
        except _EXPLAINED as error:
            mistakes = {"address": explain(error)}
    template = "plainform/words.html" if mistakes else "plainform/code_requested.html"
    return _page(
        template,
        petition,
        language,
        status=422 if mistakes else 200,
        words=words,
        values=request.POST,
        errors=mistakes,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@plain_view
def receipt(
    request: HttpRequest, petition: selectors.PublishedPetition, language: str
) -> HttpResponse:
    """Checks or withdraws by words."""
    if request.method != "POST":
        return same_page("plainform/receipt.html", petition, language)
    form = forms.WordsForm(request.POST)
    mistakes = _sentences(form) if not form.is_valid() else {}
    if not mistakes:
        try:
            throttles.PLAIN.hit(client_network(request))
            status = _look_or_withdraw(request, petition, form.cleaned_data["words"])
            return _leave(f"petition-plain-{status.status}", petition, language)
        except _EXPLAINED as error:
            mistakes = {"words": explain(error)}
    context = {"values": request.POST, "errors": mistakes}
    return _page("plainform/receipt.html", petition, language, 422, **context)


def _look_or_withdraw(
    request: HttpRequest, petition: selectors.PublishedPetition, secret: bytes
) -> Status:
    act = services.withdraw_plainly if request.POST.get("do") == "withdraw" else services.status_of
    return act(petition=petition, secret=secret, now=timezone.now())


def standing(held: str) -> View:
    """What stands after a look: the same page for everyone whose signature stands so."""

    @require_safe
    @plain_view
    def told(
        request: HttpRequest, petition: selectors.PublishedPetition, language: str
    ) -> HttpResponse:
        return same_page(
            "plainform/receipt.html", petition, language, stamp=held, more=lambda: {"held": held}
        )

    return told


def _leave(name: str, petition: selectors.PublishedPetition, language: str) -> HttpResponse:
    # A browser keeps on its disk what a form has sent, the words too, as long as the answer is in its history.
    response = HttpResponseRedirect(reverse(name, args=[petition.pid, language]))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


_AFTER_SIGNING = {"held": "petition-plain-done", "withdrawn": "petition-plain-withdrawn"}
