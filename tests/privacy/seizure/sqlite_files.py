"""What a seized SQLite gives: the file with its free pages, and a log that somebody has replicated all along."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from organizing import keyring
from organizing.crypto import issuing
from tests.privacy.seizure.evidence import Counted, Evidence, Spent, read_keys
from tests.privacy.seizure.sqlite_pages import Cell, LogArchive, cells, free_pages, pages

_LONG, _KEY = 300, 32


def _is_pending(cell: Cell) -> bool:
    """Place, ciphertext, epoch: the only record of this shape."""
    return len(cell.columns) == 3 and len(cell.columns[0]) == _KEY and len(_sealed(cell)) > _LONG


def _sealed(cell: Cell) -> bytes:
    return max(cell.columns[1:], key=len)


@dataclass
class Replay:
    """The log, frame by frame: when a value came first, which waiting rows changed, which pages they had."""

    first_seen: dict[bytes, int] = field(default_factory=dict)
    pending: dict[bytes, bytes] = field(default_factory=dict)
    overflow: dict[int, bytes] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    removed: list[int] = field(default_factory=list)

    def run(self, frames: list[tuple[int, bytes]], start: int, end: int) -> None:
        """Goes through a part of the log. A frame that holds a page again holds its old rows too."""
        for number in range(start, end):
            for cell in cells(frames[number][1]):
                for column in cell.columns:
                    if len(column) == _KEY:
                        self.first_seen.setdefault(column, number)
                if _is_pending(cell):
                    self._pending(cell)

    def _pending(self, cell: Cell) -> None:
        place, sealed = cell.columns[0], _sealed(cell)
        if self.pending.setdefault(place, sealed) != sealed:
            self.touched.add(self.first_seen[place])
            self.pending[place] = sealed
        self.overflow[cell.overflow] = place

    def free(self, free_list: list[int]) -> None:
        """What the free list says about the order in which rows went."""
        found = [self.overflow.pop(page) for page in free_list if page in self.overflow]
        self.removed += [self.first_seen[place] for place in found]


@dataclass
class Theft:
    """An attacker who copies the log all along, and the free list after each batch."""

    path: Path
    archive: LogArchive
    batches: list[tuple[int, list[int]]] = field(default_factory=list)
    log_left: bytes = b""

    def after_batch(self) -> None:
        """Takes the free list and what is left of the log, and remembers how far the log had come."""
        log = self.archive.path
        self.log_left = log.read_bytes() if log.exists() else b""
        self.archive.read()
        free_list = free_pages(self.path.read_bytes())
        self.batches.append((len(self.archive.frames), free_list))

    def since_last_batch(self) -> int:
        """How many pages of the log were written after it."""
        return len(self.archive.frames) - self.batches[-1][0]

    def write_archive(self, target: Path) -> None:
        """All frames that the log ever had, to be searched."""
        with target.open("wb") as file:
            file.writelines(page for _number, page in self.archive.frames)


def steal(path: Path) -> Theft:
    """Begins with a database that exists."""
    return Theft(path, LogArchive(Path(f"{path}-wal")))


def collect(theft: Theft, keys: Path) -> Evidence:
    """Everything there is."""
    replay, done = Replay(), 0
    for mark, free_list in theft.batches:
        replay.run(theft.archive.frames, done, mark)
        replay.free(free_list)
        done = mark
    evidence = _dump(theft.path, keys)
    evidence.first_seen, evidence.touched = replay.first_seen, replay.touched
    evidence.removals = {"free list": replay.removed}
    data = theft.path.read_bytes()
    evidence.signature_orders |= _places(data, {row.nullifier for row in evidence.counted})
    return evidence


def _dump(path: Path, key_folder: Path) -> Evidence:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        counted = connection.execute(
            "SELECT nullifier, proof_class, version, record FROM organizing_signature"
        ).fetchall()
        spent = connection.execute("SELECT tag, request_mac FROM organizing_spentproof").fetchall()
        name, sealed = connection.execute(
            "SELECT wrapping_key_name, sealed FROM organizing_petitionkeys"
        ).fetchone()
    keys = read_keys(key_folder)
    return Evidence(
        counted=[Counted(n, c, v, r or b"") for n, c, v, r in counted],
        spent=[Spent(tag, mac) for tag, mac in spent],
        keys=keys,
        secrets=issuing.unwrap(sealed, keyring.WrappingKey(keys[f"{name}.key"])),
        first_seen={},
        signature_orders={"table order": {row[0]: n for n, row in enumerate(counted)}},
        spent_orders={
            "tag": {tag: tag for tag, _mac in spent},
            "request": dict(spent),
            "table order": {row[0]: n for n, row in enumerate(spent)},
        },
    )


def _places(data: bytes, nullifiers: set[bytes]) -> dict[str, dict[bytes, Any]]:
    """Where each signature lies: its page, its page of overflow, and its first byte in the file."""
    by_page: dict[bytes, tuple[int, int]] = {}
    by_overflow: dict[bytes, int] = {}
    for number, place, cell in _all_cells(data):
        if cell.columns and cell.columns[0] in nullifiers and len(cell.columns) > 3:
            by_page[cell.columns[0]] = (number, place)
            by_overflow[cell.columns[0]] = cell.overflow
    return {
        "page": by_page,
        "page of overflow": {n: page for n, page in by_overflow.items() if page},
        "first byte in the file": {n: data.find(n) for n in nullifiers},
    }


def _all_cells(data: bytes) -> Iterator[tuple[int, int, Cell]]:
    for number, content in pages(data):
        for place, cell in enumerate(cells(content)):
            yield number, place, cell
