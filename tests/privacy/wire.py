"""HTTP as a signer's device speaks it: one connection from an address of its own, and no header that differs."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

BINARY = {"Content-Type": "application/octet-stream"}


@dataclass(frozen=True)
class Answer:
    """What came back: headers in order, and the body as it was."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The object that an answer of the protocol carries."""
        content: dict[str, Any] = json.loads(self.body)
        return content

    def header(self, name: str) -> str | None:
        """The value of a header, or None."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def lasting(self) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        """All of it but the clock of the server."""
        kept = tuple((n, v) for n, v in self.headers if n.lower() != "date")
        return self.status, kept, self.body


@dataclass
class Device:
    """Keeps one connection open. `source` is the address that it comes from."""

    origin: str
    source: str = "127.0.0.1"
    headers: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request, and all of its answer."""
        sent = {**self.headers, **{n.replace("_", "-"): v for n, v in headers.items()}}
        try:
            return self._ask(method, path, body, sent)
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # A server hangs up on a device that was silent for long, as on a busy machine.
            self.close()
            return self._ask(method, path, body, sent)

    def _ask(self, method: str, path: str, body: bytes | None, sent: dict[str, str]) -> Answer:
        connection = self._connection or self._connect()
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return Answer(answer.status, tuple(answer.getheaders()), answer.read())

    def post(self, path: str, body: bytes) -> Answer:
        """A request of the protocol."""
        return self.ask("POST", path, body, **BINARY)

    def close(self) -> None:
        """Hangs up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> http.client.HTTPConnection:
        place = urlsplit(self.origin)
        self._connection = http.client.HTTPConnection(
            place.hostname or "", place.port, timeout=30, source_address=(self.source, 0)
        )
        return self._connection
