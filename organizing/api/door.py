"""The interface is answered by a door of its own: no session, no cookie and no user of a browser ever reaches it."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch, get_resolver

from organizing.api.problems import DETAILS, MEDIA_TYPE, problem
from organizing.safety.middleware import PublicDoor


class ApiDoor(PublicDoor):
    """Answers whatever begins with /api/, with the headers of the public side; errors as problem+json."""

    urls = "organizing.api.door_urls"
    # Its urls end with one for whatever is not there.
    alone = re.compile(r"(?!)")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        pages = self.answer
        self.answer = lambda request: _in_our_form(pages(request))

    def resolver(self) -> Callable[[str], ResolverMatch]:
        """Finds the view of an address, and remembers none: somebody may have typed a token into one."""
        return get_resolver(self.urls).resolve


def _in_our_form(response: HttpResponseBase) -> HttpResponseBase:
    """Errors that were made before or after a view, and the library's own, are pages: programs cannot read those."""
    status = HTTPStatus(response.status_code)
    if status not in DETAILS or response.get("Content-Type") == MEDIA_TYPE:
        return response
    found = problem(status)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        found["Allow"] = response.get("Allow", "GET")
    return found


def unknown(_request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address under /api/."""
    return problem(HTTPStatus.NOT_FOUND)
