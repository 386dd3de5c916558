"""Petitions as the public sees them: the same bytes for everyone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from organizing.errors import NotFound
from organizing.petitions import presenting, selectors
from organizing.petitions.presenting import Link
from organizing.petitions.selectors import PublishedPetition

_REMEMBERED = 256
_pages: dict[tuple[str, ...], bytes] = {}


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD only; what does not exist is a 404, whatever the reason."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404 from error

    return wrapped


def same_page(
    template: str,
    petition: PublishedPetition,
    language: str,
    stamp: str = "",
    more: Callable[[], dict[str, Any]] = dict,
) -> HttpResponse:
    """A page that is the same for everyone, rendered once for each state. Raises NotFound.

    `more` is what another capability adds to it, asked for only when it is rendered; `stamp` names that content.
    """

    def render() -> bytes:
        context = {"petition": presenting.present(petition, language), **more()}
        return render_to_string(template, context).encode()

    return HttpResponse(made_once((template, language, stamp), petition, render))


def made_once(
    name: tuple[str, ...], petition: PublishedPetition, make: Callable[[], bytes]
) -> bytes:
    """Bytes that are the same for everyone, made once for each name and state of a petition."""
    versions = (petition.next_pid, petition.before_pid)
    times = (petition.time_zone, str(presenting.is_settled(petition)))
    key = (*name, petition.pid, petition.state, *versions, *times, petition.manifest.hash.hex())
    page = _pages.get(key)
    if page is None:
        page = make()
        if len(_pages) >= _REMEMBERED:
            _pages.clear()
        _pages[key] = page
    return page


@public_page
def home(_request: HttpRequest, language: str) -> HttpResponse:
    """What this is, in one of the site's languages."""
    names = [
        Link(code, str(name), "/" if code == "en" else f"/{code}/")
        for code, name in settings.LANGUAGES
    ]
    return HttpResponse(render_to_string("home.html", {"languages": names, "language": language}))


@public_page
def choose_language(_request: HttpRequest, pid: str) -> HttpResponse:
    """The languages of a petition: no header of the browser decides."""
    petition = selectors.published(pid)
    return same_page("petitions/languages.html", petition, next(iter(petition.texts)))


@public_page
def receipt(_request: HttpRequest, pid: str, language: str) -> HttpResponse:
    """Check, change, withdraw."""
    return same_page("signing/receipt.html", selectors.published(pid), language)


@public_page
def text(_request: HttpRequest, pid: str, language: str) -> HttpResponse:
    """The bytes that the manifest hashes."""
    found = selectors.published(pid).texts.get(language)
    if found is None:
        raise NotFound
    return HttpResponse(found.data, "application/json")


@public_page
def manifest(_request: HttpRequest, pid: str) -> HttpResponse:
    """The bytes that every signature binds to."""
    response = HttpResponse(selectors.published(pid).manifest.data, "application/json")
    if settings.ISSUING_ORIGIN or settings.SENDING_ORIGIN:
        response["Access-Control-Allow-Origin"] = "*"
    return response
