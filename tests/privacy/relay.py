"""A relay on the way to the site that keeps every byte of every connection, in both directions."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK = 65_536


@dataclass
class Exchange:
    """One connection."""

    sent: bytearray = field(default_factory=bytearray)
    answered: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True)
class Message:
    """One request as it went over the wire."""

    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        """Method, path and version."""
        return self.head.split(b"\r\n", 1)[0].decode()

    @property
    def headers(self) -> dict[str, str]:
        """Names in lower case."""
        pairs = (line.partition(b":") for line in self.head.split(b"\r\n")[1:] if line)
        return {name.decode().lower(): value.strip().decode() for name, _colon, value in pairs}


@dataclass
class Relay:
    """Listens at `origin`, and speaks to the site."""

    origin: str
    target: tuple[str, int]
    exchanges: list[Exchange] = field(default_factory=list)

    def requests(self, operation: str) -> list[Message]:
        """All requests to an operation of the protocol so far, in order."""
        found = [message for e in self.exchanges for message in split(bytes(e.sent))]
        return [m for m in found if m.line.split(" ")[1].endswith(f"/{operation}")]


def split(data: bytes) -> Iterator[Message]:
    """The requests of one connection."""
    while b"\r\n\r\n" in data:
        head, _gap, rest = data.partition(b"\r\n\r\n")
        message = Message(head, b"")
        length = int(message.headers.get("content-length", "0"))
        yield Message(head, rest[:length])
        data = rest[length:]


def _pump(source: socket.socket, target: socket.socket, kept: bytearray) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(CHUNK):
            kept += data
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _serve(relay: Relay, listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            visitor, _address = listener.accept()
            site = socket.create_connection(relay.target)
            exchange = Exchange()
            relay.exchanges.append(exchange)
            for ends in ((visitor, site, exchange.sent), (site, visitor, exchange.answered)):
                threading.Thread(target=_pump, args=ends, daemon=True).start()


@contextlib.contextmanager
def open_relay(origin: str) -> Iterator[Relay]:
    """A relay to a site, until the end of the block."""
    place = urlsplit(origin)
    listener = socket.create_server(("127.0.0.1", 0))
    here = f"http://127.0.0.1:{listener.getsockname()[1]}"
    relay = Relay(here, (place.hostname or "", place.port or 80))
    threading.Thread(target=_serve, args=(relay, listener), daemon=True).start()
    try:
        yield relay
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
