"""The description of the interface (OpenAPI 3.1), as token holders get it and as it is kept in docs/api.json."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver

from organizing.api.endpoints import DOOR, api
from organizing.api.problems import MEDIA_TYPE

PREFIX = "/api/1/"


@api.get(
    "openapi.json",
    response={200: dict[str, Any], **DOOR},
    url_name="api-description",
    operation_id="description",
)
def openapi(request: HttpRequest) -> dict[str, Any]:
    """This description."""
    return description()


def described() -> list[URLPattern | URLResolver]:
    """The addresses of the interface, without the library's own root, which would answer in HTML."""
    patterns, _app, _namespace = api.urls
    return [pattern for pattern in patterns if getattr(pattern, "name", "") != "api-root"]


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """As JSON objects and lists."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    for path in found["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                _finish(int(status), answer)
    return found


def _finish(status: int, answer: dict[str, Any]) -> None:
    """Errors have a media type of their own, and a header, which the library does not know."""
    if status >= 400:
        answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    if status == 429:
        whole = {"type": "integer", "minimum": 1}
        answer["headers"] = {
            "Retry-After": {"schema": whole, "description": "Seconds to wait.", "required": True}
        }
