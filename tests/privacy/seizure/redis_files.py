"""What a seized Redis gives: every key with its value, as text to be searched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import redis


def carry_away(url: str, target: Path) -> list[str]:
    """Writes all values into one file; returns the names of the keys."""
    names = []
    with redis.Redis.from_url(url) as client, target.open("wb") as file:
        for name in sorted(client.scan_iter(count=1000)):
            names.append(name.decode(errors="replace"))
            file.write(b"\n" + name + b"\n" + _value(client, name))
        file.write(str(client.info("persistence")).encode())
    return names


def _value(client: Any, name: bytes) -> bytes:
    kind = client.type(name)
    if kind == b"string":
        return bytes(client.get(name) or b"")
    readers = {b"list": "lrange", b"zset": "zrange"}
    if kind in readers:
        return b"\n".join(getattr(client, readers[kind])(name, 0, -1))
    if kind == b"hash":
        return b"\n".join(k + b"=" + v for k, v in client.hgetall(name).items())
    return b"\n".join(client.smembers(name))
