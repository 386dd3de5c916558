"""PostgreSQL's write-ahead log, as pg_waldump tells it, replayed for the rows that waited."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import program

SEGMENT = 16 * 1024 * 1024
_LINE = re.compile(
    r"rmgr: (?P<manager>\w+) .*?tx: +(?P<tx>\d+), lsn: (?P<high>[0-9A-F]+)/(?P<low>[0-9A-F]+), prev \S+, "
    r"desc: (?P<what>\S+)(?P<rest>.*)"
)
_BLOCK = re.compile(r"blkref #\d+: rel \d+/\d+/(\d+)(?: fork \w+)? blk (\d+)")
_OFFSET = re.compile(r"\boff:? (\d+)")
_NEW_OFFSET = re.compile(r"new off:? (\d+)")


@dataclass(frozen=True)
class Record:
    """One record of the log, reduced to what it did to which row."""

    lsn: int
    tx: int
    what: str
    blocks: tuple[tuple[int, int], ...]
    offset: int
    new_offset: int


def segments(folder: Path) -> list[Path]:
    """The log's files in the order in which they were written."""
    names = (
        path for path in (folder / "pg_wal").iterdir() if re.fullmatch(r"[0-9A-F]{24}", path.name)
    )
    return sorted(names)


def raw_log(folder: Path) -> bytes:
    """All of the log that is there."""
    return b"".join(path.read_bytes() for path in segments(folder))


def records(folder: Path) -> Iterator[Record]:
    """Every record that can be read."""
    dump = program("pg_waldump")
    assert dump is not None
    names = [path.name for path in segments(folder)]
    command = [dump, "-p", str(folder / "pg_wal"), names[0], names[-1]]
    # It ends with an error where the log ends.
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if found := _LINE.match(line):
            yield _read(found)


def _read(found: re.Match[str]) -> Record:
    rest = found["rest"]
    offset, new_offset = _OFFSET.search(rest), _NEW_OFFSET.search(rest)
    return Record(
        lsn=(int(found["high"], 16) << 32) + int(found["low"], 16),
        tx=int(found["tx"]),
        what=found["what"].rstrip(","),
        blocks=tuple((int(rel), int(block)) for rel, block in _BLOCK.findall(rest)),
        offset=int(offset[1]) if offset else 0,
        new_offset=int(new_offset[1]) if new_offset else 0,
    )


@dataclass
class Replay:
    """Where each pending row lies at a moment of the log; rows are named by the record that wrote them."""

    heap: int
    toast: int
    rows: dict[tuple[int, int], int] = field(default_factory=dict)
    chunks: dict[tuple[int, int], int] = field(default_factory=dict)
    open_chunks: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    removals: dict[str, list[int]] = field(default_factory=dict)

    def run(self, everything: Iterator[Record]) -> None:
        """Goes through the log."""
        for record in everything:
            for relation, block in record.blocks[:1]:
                if relation == self.heap:
                    self._heap(record, block)
                elif relation == self.toast:
                    self._toast(record, block)

    def _heap(self, record: Record, block: int) -> None:
        place = (block, record.offset)
        if record.what == "INSERT":
            self.rows[place] = record.lsn
            for chunk in self.open_chunks.pop(record.tx, []):
                self.chunks[chunk] = record.lsn
        elif record.what in ("UPDATE", "HOT_UPDATE"):
            self._update(record, place)
        elif record.what == "LOCK":
            self.touched |= {row for row in [self.rows.get(place)] if row}
        elif record.what == "DELETE":
            self._remove("heap deletion", [self.rows.pop(place, 0)])
        elif record.what in ("FPI_FOR_HINT", "PRUNE", "VACUUM", "VISIBLE", "FREEZE_PAGE"):
            self._remove(record.what.lower(), self._rows_of(block))

    def _update(self, record: Record, place: tuple[int, int]) -> None:
        """The first block named is where the new version lies; the second, if any, the old one."""
        old_block = record.blocks[1][1] if len(record.blocks) > 1 else record.blocks[0][1]
        row = self.rows.pop((old_block, record.offset), 0)
        if row:
            self.touched.add(row)
            self.rows[record.blocks[0][1], record.new_offset] = row
        for chunk in self.open_chunks.pop(record.tx, []):
            self.chunks[chunk] = row

    def _toast(self, record: Record, block: int) -> None:
        place = (block, record.offset)
        if record.what == "INSERT":
            self.open_chunks.setdefault(record.tx, []).append(place)
        elif record.what == "DELETE":
            self._remove("toast deletion", [self.chunks.pop(place, 0)])

    def _rows_of(self, block: int) -> list[int]:
        return [row for (b, _offset), row in sorted(self.rows.items()) if b == block]

    def _remove(self, how: str, rows: list[int]) -> None:
        self.removals.setdefault(how, []).extend(row for row in rows if row)
