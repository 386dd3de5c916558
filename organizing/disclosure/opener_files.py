"""The browser's opener as it was built: one file a language, and its SHA-256."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from organizing.errors import NotFound


@dataclass(frozen=True, slots=True)
class OpenerFile:
    """What a reader compares: name, size in bytes, and SHA-256 in hexadecimal."""

    name: str
    static_path: str
    size: int
    fingerprint: str


def opener_file(language: str) -> OpenerFile:
    """The opener in one language. Raises NotFound where it was not built."""
    static_path = f"organizing/build/opener-{language}.html"
    found = finders.find(static_path)
    if not isinstance(found, str):
        raise NotFound
    return _read(static_path, found, Path(found).stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(static_path: str, path: str, _changed: int) -> OpenerFile:
    data = Path(path).read_bytes()
    return OpenerFile(Path(path).name, static_path, len(data), hashlib.sha256(data).hexdigest())
