"""Refuse a port that something else answers at, before anything is installed.

Runs under the machine's own Python: standard library only. `tools/run.py` asks again.
"""

from __future__ import annotations

import os
import shlex
import socket
import sys

PORT = os.environ.get("PORT", "8000")
MOST = 65_535


def _same_folder() -> list[str]:
    """The folder that was named, so that the command starts the same site."""
    folder = os.environ.get("DATA_DIR")
    return [f"DATA_DIR={shlex.quote(folder)}"] if folder else []


def refuse_taken_port(port: str = PORT) -> None:
    """End with one line where the port is taken, or is none."""
    again = " ".join(["make run PORT=8001", *_same_folder()])
    if not port.isdecimal() or not 0 < int(port) <= MOST:
        sys.exit(f"“{port}” is no port: run `{again}`.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            sys.exit(f"Port {port} is taken: stop what uses it, or run `{again}`.")


if __name__ == "__main__":
    refuse_taken_port()
