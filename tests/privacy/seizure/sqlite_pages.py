"""SQLite's file format, as far as an attacker needs it: index pages, their records, the log's frames, the free list.

https://www.sqlite.org/fileformat2.html, sections 1.5 (free list), 1.6 (b-tree pages), 2.1 (records) and 4 (the log).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PAGE = 4096
HEADER, FRAME_HEADER = 32, 24
INTERIOR_INDEX, LEAF_INDEX = 0x02, 0x0A
_MOST = (PAGE - 12) * 64 // 255 - 23
_LEAST = (PAGE - 12) * 32 // 255 - 23
_WIDTH = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


@dataclass(frozen=True)
class Cell:
    """The columns of a record as far as they stand on the page, and its first page of overflow, if any."""

    columns: tuple[bytes, ...]
    overflow: int


def cells(page: bytes) -> Iterator[Cell]:
    """Records of an index page: tables without row numbers are such."""
    if len(page) < PAGE or page[0] not in (INTERIOR_INDEX, LEAF_INDEX):
        return
    start = 12 if page[0] == INTERIOR_INDEX else 8
    count = struct.unpack_from(">H", page, 3)[0]
    for number in range(min(count, (PAGE - start) // 2)):
        at = struct.unpack_from(">H", page, start + 2 * number)[0]
        at += 4 if page[0] == INTERIOR_INDEX else 0
        if start < at < PAGE - 4:
            yield _cell(page, at)


def _cell(page: bytes, at: int) -> Cell:
    size, at = varint(page, at)
    local = size
    if size > _MOST:
        surplus = _LEAST + (size - _LEAST) % (PAGE - 4)
        local = surplus if surplus <= _MOST else _LEAST
    overflow = struct.unpack_from(">I", page, at + local)[0] if local < size else 0
    return Cell(tuple(_columns(page[at : at + local])), overflow)


def _columns(payload: bytes) -> Iterator[bytes]:
    if not payload:
        return
    end, at = varint(payload, 0)
    body = end
    while at < end <= len(payload):
        kind, at = varint(payload, at)
        width = _WIDTH[kind] if kind < 10 else (kind - 12) // 2 if kind >= 12 else 0
        yield payload[body : body + width]
        body += width


def pages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every page of a database file with its number, from 1."""
    for number in range(len(data) // PAGE):
        yield number + 1, data[number * PAGE : (number + 1) * PAGE]


def free_pages(data: bytes) -> list[int]:
    """The free list in its own order: trunks, and the leaves that each names."""
    found: list[int] = []
    trunk = struct.unpack_from(">I", data, 32)[0] if len(data) > 100 else 0
    while trunk and trunk not in found:
        found.append(trunk)
        at = (trunk - 1) * PAGE
        trunk, count = struct.unpack_from(">II", data, at)
        found += struct.unpack_from(f">{min(count, PAGE // 4 - 2)}I", data, at + 8)
    return found


@dataclass
class LogArchive:
    """Copies the write-ahead log as it grows, like a tool that replicates it; what restarts is kept."""

    path: Path
    frames: list[tuple[int, bytes]] = field(default_factory=list)
    salts: bytes = b""
    next_frame: int = 0

    def read(self) -> None:
        """Takes what is new."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            header = file.read(HEADER)
            if len(header) < HEADER:
                return
            if header[16:24] != self.salts:
                self.salts, self.next_frame = header[16:24], 0
            file.seek(HEADER + self.next_frame * (FRAME_HEADER + PAGE))
            while len(frame := file.read(FRAME_HEADER + PAGE)) == FRAME_HEADER + PAGE:
                if frame[8:16] != self.salts:
                    return
                self.frames.append((struct.unpack_from(">I", frame)[0], frame[FRAME_HEADER:]))
                self.next_frame += 1
