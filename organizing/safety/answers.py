"""Answers of the signing protocol: JSON, padded to one size, errors included (docs/protocol.md section 13)."""

import json
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from organizing import errors

ANSWER_BYTES = 1536
_ERRORS: dict[type[Exception], tuple[int, str]] = {
    errors.Malformed: (400, "malformed"),
    errors.Refused: (403, "refused"),
    errors.NotFound: (404, "unknown"),
    errors.WrongManifest: (409, "manifest"),
    errors.Stale: (409, "stale"),
    errors.Closed: (410, "closed"),
    errors.Busy: (429, "busy"),
    errors.Unavailable: (503, "unavailable"),
    OperationalError: (503, "unavailable"),
}


def answer(content: dict[str, str | int], status: int = 200) -> HttpResponse:
    """A JSON object followed by spaces up to 1536 bytes."""
    body = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    response = HttpResponse(body.ljust(ANSWER_BYTES), "application/json", status)
    response["Cache-Control"] = "no-store"
    if settings.ISSUING_ORIGIN or settings.SENDING_ORIGIN:
        # The page may come from another host name; there is no cookie that this could expose.
        response["Access-Control-Allow-Origin"] = "*"
    return response


def protocol_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Takes POST only, and turns every error of the domain into its padded answer."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method != "POST":
            return answer({"error": "malformed"}, 405)
        try:
            return view(request, *args, **kwargs)
        except tuple(_ERRORS) as error:
            return _error(error)

    return wrapped


def _error(error: Exception) -> HttpResponse:
    kind = next(k for k in type(error).__mro__ if k in _ERRORS)
    status, code = _ERRORS[kind]
    response = answer({"error": code}, status)
    if isinstance(error, errors.Busy):
        response["Retry-After"] = str(error.retry_after)
    return response


def _preflight() -> HttpResponse:
    response = answer({})
    response["Access-Control-Allow-Methods"] = "POST"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    return response


def read_body(request: HttpRequest, size: int) -> bytes:
    """The body, if it has this size and the protocol's content type. Raises Malformed."""
    length = request.META.get("CONTENT_LENGTH", "")
    if request.content_type != "application/octet-stream" or length != str(size):
        raise errors.Malformed
    return request.read(size)
