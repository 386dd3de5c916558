"""Runs the opener as a person would, and reads what it wrote."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unittest import mock

from organizing.crypto import keyfiles
from organizing.disclosure import opener
from tests.disclosure import sealed

# The same passphrase and salt every time: scrypt would be all that these tests do.
_stretched = lru_cache(maxsize=64)(keyfiles._passphrase_key)


@dataclass
class Opened:
    """Exit code, what was said, and the rows of the list by record id."""

    code: int
    said: str
    errors: str
    rows: dict[str, dict[str, str]]
    list_bytes: bytes

    def row(self, worker: sealed.Worker) -> dict[str, str]:
        return self.rows[worker.record_id]


def open_file(folder: Path, data: bytes, key: Path | None = None) -> Opened:
    """Opens an export with the organizers' key and its passphrase."""
    export, target, secret = folder / "export.bin", folder / "list.csv", folder / "passphrase"
    export.write_bytes(data)
    target.unlink(missing_ok=True)
    secret.write_text(f"{sealed.PASSPHRASE}\n")
    options = Namespace(
        export=export,
        keyfile=key or sealed.key_file(folder),
        csv=target,
        passphrase_file=secret,
        language="en",
    )
    out, errors = io.StringIO(), io.StringIO()
    with mock.patch.object(keyfiles, "_passphrase_key", _stretched):
        code = opener.run(options, out, errors)
    written = target.read_bytes() if target.exists() else b""
    return Opened(code, out.getvalue(), errors.getvalue(), rows_of(written), written)


def rows_of(written: bytes) -> dict[str, dict[str, str]]:
    """The list, by Python's own reader."""
    reader = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    return {row["Record"]: row for row in reader}
