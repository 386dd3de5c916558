"""The public side is answered before anything that could know a person has run."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, get_resolver
from django.utils import translation

from organizing.errors import Unavailable
from organizing.safety.headers import harden
from organizing.safety.spoken import spoken

_REMEMBERED = 1024
# Where only the public side has addresses, and the language that such an address names.
_OURS = re.compile(r"/(?:p/[^/]+/(?:(en|es|ar)/)?|opener/(?:(en|es|ar)/)?|(es|ar)/)")


class PublicDoor:
    """Answers public addresses itself; passes everything else on to sessions and accounts.

    What never runs cannot set a cookie, vary an answer or log a person.
    """

    urls = "organizing.public_urls"
    # Beneath these nobody else has an address, so what is not there is answered here, too.
    alone = _OURS

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.resolve = self.resolver()
        # Errors become answers here, so that they too carry the public headers.
        self.answer: Callable[[HttpRequest], Any] = convert_exception_to_response(self.respond)
        self.nothing: Callable[[HttpRequest], Any] = convert_exception_to_response(_nothing)

    def resolver(self) -> Callable[[str], ResolverMatch]:
        """Finds the view of an address. Public ones name petitions, never people, and there are few of them."""
        return lru_cache(_REMEMBERED)(get_resolver(self.urls).resolve)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        match = self._match(request.path_info)
        if match is None and (language := self._lost_in(request.path_info)):
            with translation.override(language):
                return harden(self.nothing(request))
        if match is None:
            # Not from inside an except: whatever fails later would be logged together with the address.
            return self.get_response(request)
        request.resolver_match = match
        with translation.override(spoken(match.kwargs.get("language", "en"))):
            return harden(self.answer(request))

    def _match(self, path: str) -> ResolverMatch | None:
        try:
            return self.resolve(path)
        except Resolver404:
            return None

    def _lost_in(self, path: str) -> str:
        """The language in which to say that there is nothing; empty for what is not only ours, or lacks a slash."""
        found = self.alone.match(path)
        if found is None or self._match(f"{path}/") is not None:
            return ""
        return next((language for language in found.groups() if language), "en")

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """Calls the view."""
        request.get_host()
        match = request.resolver_match
        assert match is not None  # noqa: S101  # set just before
        try:
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except (Unavailable, OperationalError):
            # Not a failure of ours that a log should tell of: the same request can be sent again.
            return HttpResponse(render_to_string("503.html"), status=503)
        return response


def _nothing(request: HttpRequest) -> HttpResponseBase:
    request.get_host()
    raise Http404
