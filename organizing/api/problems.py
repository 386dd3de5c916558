"""Errors of the interface: problem+json (RFC 9457), each with a sentence for a person."""

import json
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from organizing import errors
from organizing.api.access import MissingScope

MEDIA_TYPE = "application/problem+json"
DETAILS: dict[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "This request could not be read.",
    HTTPStatus.UNAUTHORIZED: (
        "Send an access token as 'Authorization: Bearer rr_…'. A member makes one in the workspace; "
        "it may have expired or been revoked."
    ),
    HTTPStatus.FORBIDDEN: "This token does not open this: make one with the scope %(scope)s.",
    HTTPStatus.NOT_FOUND: "There is nothing here for this token.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Figures can only be read: use GET.",
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Too many requests: wait for as many seconds as Retry-After says. Figures change once a week."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke here. It is our fault, not yours.",
    HTTPStatus.SERVICE_UNAVAILABLE: "This cannot be answered now. Send the same request again.",
}
STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.Refused: HTTPStatus.UNAUTHORIZED,
    MissingScope: HTTPStatus.FORBIDDEN,
    # Of another campaign, in which the holder does not count: no scope would open it.
    errors.Forbidden: HTTPStatus.NOT_FOUND,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Busy: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    OperationalError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def problem(status: HTTPStatus, **named: str) -> HttpResponse:
    """An answer that says what is wrong, and nothing of what is right. `named`: what its sentence names."""
    content = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": DETAILS[status] % named if named else DETAILS[status],
    }
    response = HttpResponse(json.dumps(content), content_type=MEDIA_TYPE, status=status)
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def answer_error(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to an error of the domain."""
    raised = error if isinstance(error, type) else type(error)
    kind = next(kind for kind in raised.__mro__ if kind in STATUSES)
    named = {"scope": error.scope.value} if isinstance(error, MissingScope) else {}
    response = problem(STATUSES[kind], **named)
    if isinstance(error, errors.Busy):
        response["Retry-After"] = str(error.retry_after)
    return response
