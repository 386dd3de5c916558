"""Files that were cut, changed, or never were what they should be; and how the command behaves around them."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from organizing.crypto.keyfiles import new_audience_key, write_key_file
from organizing.disclosure import opener
from organizing.disclosure.opener import NOT_OPENED, OPENED, OPENED_IN_PART
from organizing.disclosure.texts import Words
from tests.disclosure import sealed
from tests.disclosure.opened import open_file
from tests.disclosure.sealed import PASSPHRASE, RECORD_BYTES, Worker
from tests.reference_client.wire import u32

ROOT = Path(__file__).resolve().parents[2]
WORKERS = [Worker(f"Worker {number}") for number in range(4)]


def whole() -> bytes:
    return sealed.export([worker.record() for worker in WORKERS])


@pytest.mark.parametrize("cut", [1, RECORD_BYTES, RECORD_BYTES + 1, 2 * RECORD_BYTES + 7])
def test_a_truncated_file_is_reported_and_what_is_there_is_opened(tmp_path: Path, cut: int) -> None:
    found = open_file(tmp_path, whole()[:-cut])
    assert found.code == OPENED_IN_PART
    assert "The file was cut short." in found.said
    assert len(found.rows) == 4 - max(0, (cut - 1) // RECORD_BYTES)


def test_a_file_with_something_after_its_end_is_reported(tmp_path: Path) -> None:
    found = open_file(tmp_path, whole() + b"more")
    assert (found.code, len(found.rows)) == (OPENED_IN_PART, 4)
    assert "The file was cut short." in found.said


def test_a_file_with_a_wrong_checksum_or_count_is_reported(tmp_path: Path) -> None:
    data = whole()
    trailer = len(data) - RECORD_BYTES
    found = open_file(tmp_path, sealed.flipped(data, trailer + 8))
    assert (found.code, len(found.rows)) == (OPENED_IN_PART, 4)
    assert "The number of records is not the one that the file names." in found.said
    for at in (trailer + 9, trailer + 40, trailer + 41, len(data) - 1):
        found = open_file(tmp_path, sealed.flipped(data, at))
        assert (found.code, len(found.rows)) == (OPENED_IN_PART, 4)
        assert "its checksum is wrong" in found.said


def test_records_out_of_order_are_reported_and_read_all_the_same(tmp_path: Path) -> None:
    records = sorted((w.record() for w in WORKERS), key=sealed.nullifier_of, reverse=True)
    older = [WORKERS[0].record(version=1, sealed=WORKERS[0].seal(None))]
    newer = WORKERS[0].record(version=2)
    found = open_file(tmp_path, sealed.export([newer, *records, *older], in_order=False))
    assert (found.code, len(found.rows)) == (OPENED_IN_PART, 4)
    assert "The records were out of order." in found.said
    assert found.row(WORKERS[0])["Version"] == "2"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is not an export"),
        (b"PK\x03\x04 a zip file", "This is not an export"),
        (b"RREXPORT" + u32(2) + bytes(100), "This is not an export"),
        (b"RREXPORT" + u32(1) + u32(2**31) + b"{}", "The file was cut short."),
        (b"RREXPORT" + u32(1) + u32(2) + b"{}", "The petition data in the export is damaged."),
        (
            b"RREXPORT" + u32(1) + u32(9000) + b"[" * 9000,
            "The petition data in the export is damaged.",
        ),
    ],
)
def test_what_is_no_export_is_said_so(tmp_path: Path, data: bytes, said: str) -> None:
    found = open_file(tmp_path, data)
    assert (found.code, found.list_bytes) == (NOT_OPENED, b"")
    assert said in found.errors


def test_a_key_of_another_petition_opens_nothing(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(write_key_file(new_audience_key("organizers"), PASSPHRASE))
    found = open_file(tmp_path, whole(), key=other)
    assert (found.code, found.list_bytes) == (NOT_OPENED, b"")
    assert "This key does not belong to this petition." in found.errors


def test_a_wrong_key_file_or_passphrase_is_said_so(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(write_key_file(sealed.organizers_key(), "another passphrase"))
    assert (
        "This passphrase does not open the key file." in open_file(tmp_path, whole(), wrong).errors
    )
    wrong.write_text("{}")
    assert "This is not a key file" in open_file(tmp_path, whole(), wrong).errors
    assert "could not be read" in open_file(tmp_path, whole(), tmp_path / "absent.json").errors


def options(folder: Path) -> Namespace:
    (folder / "export.bin").write_bytes(whole())
    (folder / "passphrase").write_text(PASSPHRASE)
    return Namespace(
        export=folder / "export.bin",
        keyfile=sealed.key_file(folder),
        csv=folder / "list.csv",
        passphrase_file=folder / "passphrase",
        language="en",
    )


def test_the_list_is_for_its_owner_alone_and_never_over_another_file(tmp_path: Path) -> None:
    given = options(tmp_path)
    assert opener.run(given, io.StringIO(), io.StringIO()) == OPENED
    assert stat.S_IMODE(given.csv.stat().st_mode) == 0o600
    before, errors = given.csv.read_bytes(), io.StringIO()
    assert opener.run(given, io.StringIO(), errors) == NOT_OPENED
    assert "is there already" in errors.getvalue()
    assert given.csv.read_bytes() == before


def test_a_list_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    given, errors = options(tmp_path), io.StringIO()
    given.csv = tmp_path / "nowhere" / "list.csv"
    assert opener.run(given, io.StringIO(), errors) == NOT_OPENED
    assert "cannot be written" in errors.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_a_bar(tmp_path: Path) -> None:
    bar, errors = Terminal(), io.StringIO()
    assert opener.run(options(tmp_path), io.StringIO(), bar) == OPENED
    assert "[########################] Checking every signature: 5 of 5." in bar.getvalue()
    progress = opener.Progress(errors, Words())
    progress.show(1, 2)
    assert errors.getvalue() == ""


def run_alone(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The module as a program, without settings, database or environment."""
    command = [sys.executable, "-m", "organizing.disclosure.opener", *arguments]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=given,
        text=True,
        capture_output=True,
        check=False,
    )


def test_the_module_works_alone_with_the_passphrase_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "export.bin").write_bytes(whole())
    sealed.key_file(tmp_path)
    arguments = ("export.bin", "key.json", "--csv", "names.csv")
    done = run_alone(tmp_path, *arguments, given=f"{PASSPHRASE}\n")
    assert done.returncode == OPENED, done.stderr
    assert len((tmp_path / "names.csv").read_text(encoding="utf-8-sig").splitlines()) == 5
    assert PASSPHRASE not in done.stdout + done.stderr


def test_the_module_loads_no_framework(tmp_path: Path) -> None:
    code = "import sys, organizing.disclosure.opener as o; assert 'django' not in sys.modules"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)


@pytest.mark.parametrize("language", ["es", "ar"])
def test_it_speaks_every_language_of_the_page(tmp_path: Path, language: str) -> None:
    given, out = options(tmp_path), io.StringIO()
    given.language = language
    assert opener.run(given, out, io.StringIO()) == OPENED
    assert Words(language).say("anonymous") in out.getvalue()
    assert Words(language).say("name") in given.csv.read_text(encoding="utf-8-sig")
