"""Searches whatever was carried away for planted marks, in every form in which bytes are commonly written down."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(mark: str) -> dict[str, bytes]:
    """The mark as text, hexadecimal, base64 at each of its three shifts, and wide characters."""
    raw = mark.encode()
    found = {
        "text": raw,
        "lower case": raw.lower(),
        "upper case": raw.upper(),
        "hexadecimal": raw.hex().encode(),
        "upper hexadecimal": raw.hex().upper().encode(),
        "wide": mark.encode("utf-16-le"),
        "reversed": raw[::-1],
    }
    for shift in range(3):
        # Only the characters that do not depend on what stands around the mark.
        text = base64.b64encode(bytes(shift) + raw)
        start = -(-shift * 8 // 6)
        found[f"base64 shifted by {shift}"] = text[start : (shift + len(raw)) * 8 // 6]
        found[f"base64url shifted by {shift}"] = base64.urlsafe_b64encode(bytes(shift) + raw)[
            start : (shift + len(raw)) * 8 // 6
        ]
    return found


def files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every file below these folders."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def search(marks: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """Where a mark was found, and in which form; file names are looked at too."""
    needles = [(mark, form, data) for mark in marks for form, data in forms(mark).items()]
    found = []
    for path in files(folders):
        data = path.name.encode() + b"\n" + path.read_bytes()
        found += [f"{mark} as {form} in {path}" for mark, form, needle in needles if needle in data]
    return found


def search_bytes(marks: Iterable[str], data: bytes) -> list[str]:
    """The same in one byte string."""
    needles = [(mark, form, needle) for mark in marks for form, needle in forms(mark).items()]
    return [f"{mark} as {form}" for mark, form, needle in needles if needle in data]
