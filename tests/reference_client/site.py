"""Sections 2 and 13: addresses, requests and answers, over urllib."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tests.reference_client.manifest import Manifest, read_manifest, read_text
from tests.reference_client.wire import require

ANSWER_BYTES = 1536


@dataclass(frozen=True)
class Answer:
    """An HTTP answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Carries one request."""

    def request(self, method: str, url: str, body: bytes | None) -> Answer:
        """`body` is sent as application/octet-stream."""


class Refusal(Exception):
    """The site answered with an error of section 13."""

    def __init__(self, status: int, code: str, retry_after: str | None) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.retry_after = status, code, retry_after


class UrlTransport:
    """Requests without cookies, and without any header that could tell one person from another."""

    def request(self, method: str, url: str, body: bytes | None) -> Answer:
        headers = {"Content-Type": "application/octet-stream"} if body is not None else {}
        asked = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return Answer(answer.status, _named(answer.headers.items()), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _named(error.headers.items()), error.read())


def _named(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Servers write header names in whatever case."""
    return {name.title(): value for name, value in headers}


@dataclass(frozen=True)
class Site:
    """One petition at one site. `origin` is where the link leads, `petition` its 22 characters."""

    transport: Transport
    origin: str
    petition: str

    def manifest(self) -> Manifest:
        answer = self.transport.request("GET", f"{self.origin}/p/{self.petition}/manifest", None)
        require(answer.status == 200, f"no manifest: status {answer.status}")
        return read_manifest(answer.body)

    def text(self, manifest: Manifest, language: str) -> dict[str, Any]:
        address = f"{self.origin}/p/{self.petition}/{language}/text"
        return read_text(manifest, language, self.transport.request("GET", address, None).body)

    def post(self, manifest: Manifest, operation: str, body: bytes) -> dict[str, Any]:
        """The JSON object of an answer. Raises Refusal."""
        side = "issuing_origin" if operation in ("code", "issue") else "sending_origin"
        origin = manifest.content[side] or self.origin
        answer = self.transport.request("POST", f"{origin}/p/{self.petition}/{operation}", body)
        return read_answer(answer)


def read_answer(answer: Answer) -> dict[str, Any]:
    """Every answer has one size, one type and no cookie, and is never stored."""
    require(len(answer.body) == ANSWER_BYTES, "an answer of another size")
    require(answer.headers["Content-Type"] == "application/json", "an answer of another type")
    require(answer.headers["Cache-Control"] == "no-store", "an answer that may be stored")
    require("Set-Cookie" not in answer.headers, "an answer with a cookie")
    content: dict[str, Any] = json.loads(answer.body)
    if "error" in content:
        raise Refusal(answer.status, content["error"], answer.headers.get("Retry-After"))
    require(answer.status in (200, 202), "an answer of another status")
    return content
