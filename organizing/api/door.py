"""The interface is answered by a door of its own: no session, no cookie and no user of a browser ever reaches it."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch, get_resolver

from organizing.api.problems import problem
from organizing.safety.middleware import PublicDoor


class ApiDoor(PublicDoor):
    """Answers whatever begins with /api/, with the headers of the public side; errors as problem+json."""

    urls = "organizing.api.door_urls"
    # Its urls end with one for whatever is not there.
    alone = re.compile(r"(?!)")

    def resolver(self) -> Callable[[str], ResolverMatch]:
        """Finds the view of an address, and remembers none: somebody may have typed a token into one."""
        return get_resolver(self.urls).resolve

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """Calls the view; a method that is not allowed is refused in our form."""
        response = super().respond(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        found = problem(HTTPStatus.METHOD_NOT_ALLOWED)
        found["Allow"] = response.get("Allow", "GET")
        return found


def unknown(_request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address under /api/."""
    return problem(HTTPStatus.NOT_FOUND)
