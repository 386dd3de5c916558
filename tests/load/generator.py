"""The load generator, a process of its own: prepared requests of one size over keep-alive connections.

The same for both sides of a comparison, and its cost is part of both. Run as
`python -m tests.load.generator PORT FILE SIZE FIRST COUNT CONNECTIONS`: sends the requests FIRST to FIRST + COUNT of
a file of equally long ones (beginning again at its end), and prints `{"seconds", "statuses", "slowest"}` as JSON.
"""

from __future__ import annotations

import json
import mmap
import re
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"\r\n0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_CHUNK = 1 << 18


class Client:
    """One connection with one request under way."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.received = b""
        self.sent_at = 0.0

    def send(self) -> bool:
        """Sends the next request, if there is one."""
        request = next(self.requests, None)
        if request is None:
            return False
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> int | None:
        """The status of an answer once it is complete."""
        data = self.socket.recv(_CHUNK)
        if not data:
            raise ConnectionError("the server closed a connection")
        self.received += data
        if not self._complete():
            return None
        status = int(self.received[9:12])
        self.received = b""
        return status

    def _complete(self) -> bool:
        end = self.received.find(HEAD_END)
        if end < 0:
            return False
        found = _LENGTH.search(self.received, 0, end + 2)
        if found is None:
            return self.received.endswith(LAST_CHUNK)
        return len(self.received) >= end + len(HEAD_END) + int(found[1])


def requests_of(path: Path, size: int, first: int, count: int) -> Iterator[bytes]:
    """`count` requests of a file, from the one numbered `first` on."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as all_:
        held = len(all_) // size
        for number in range(first, first + count):
            at = number % held * size
            yield all_[at : at + size]


def drive(port: int, requests: Iterator[bytes], connections: int) -> dict[str, object]:
    """Sends everything as fast as the answers come."""
    clients = [Client(port, requests) for _ in range(connections)]
    statuses: Counter[int] = Counter()
    slowest = 0.0
    with selectors.DefaultSelector() as waiting:
        for client in clients:
            waiting.register(client.socket, selectors.EVENT_READ, client)
        began = time.perf_counter()
        busy = sum(client.send() for client in clients)
        while busy:
            for key, _events in waiting.select():
                client = key.data
                status = client.receive()
                if status is None:
                    continue
                statuses[status] += 1
                slowest = max(slowest, time.perf_counter() - client.sent_at)
                busy -= not client.send()
        seconds = time.perf_counter() - began
    for client in clients:
        client.socket.close()
    return {"seconds": seconds, "statuses": dict(statuses), "slowest": slowest}


def main() -> None:
    port, path, size, first, count, connections = sys.argv[1:]
    requests = requests_of(Path(path), int(size), int(first), int(count))
    print(json.dumps(drive(int(port), requests, int(connections))))  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
