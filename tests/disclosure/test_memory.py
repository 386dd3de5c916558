"""Opening needs the same memory at any size."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from organizing.disclosure.exportfile import withdrawn_record
from tests.disclosure import sealed
from tests.disclosure.sealed import PASSPHRASE, RECORD_BYTES, Worker

ROOT = Path(__file__).resolve().parents[2]
# The command as it is, and then the peak of its own resident memory in KiB: getrusage counts its parent's too.
PROGRAM = r"""
import pathlib, re, sys
from organizing.disclosure.opener import main
code = main(sys.argv[1:])
found = re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())
sys.stderr.write(f"peak {found[1]}")
sys.exit(code)
"""
MANY = 20_000
ALLOWED_KIB = 24 * 1024


def peak(folder: Path, records: list[bytes]) -> int:
    (folder / "export.bin").write_bytes(sealed.export(records))
    (folder / "list.csv").unlink(missing_ok=True)
    command = [sys.executable, "-c", PROGRAM, "export.bin", "key.json", "--csv", "list.csv"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=PASSPHRASE,
        text=True,
        capture_output=True,
        check=True,
    )
    return int(done.stderr.rpartition("peak ")[2])


def test_twenty_thousand_records_need_no_more_memory_than_a_few(tmp_path: Path) -> None:
    """65 MB of records; what is remembered of each stays in a file that nobody sees."""
    sealed.key_file(tmp_path)
    signed = [Worker(f"Worker {number}").record() for number in range(20)]
    gone = [withdrawn_record(secrets.token_bytes(32), 1, RECORD_BYTES) for _ in range(MANY)]
    few, many = peak(tmp_path, signed), peak(tmp_path, signed + gone)
    assert many - few < ALLOWED_KIB
    assert len((tmp_path / "list.csv").read_bytes().splitlines()) == 21
    # Nothing is left behind but what was there before, and the list.
    assert {path.name for path in tmp_path.iterdir()} == {"export.bin", "key.json", "list.csv"}
