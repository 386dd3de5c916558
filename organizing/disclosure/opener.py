"""Opens an export offline: `python -m organizing.disclosure.opener EXPORT KEYFILE --csv LIST`.

Needs no settings, no database and no network; `manage.py open_export` is the same. Ends with 0 when all was well, 3
when something in the export could not be used (the rest was opened), 1 when nothing could be opened.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from organizing import csvfile
from organizing.crypto.encoding import b64u
from organizing.crypto.keyfiles import AudienceKey, KeyFileError, WrongPassphrase, read_key_file
from organizing.disclosure import opening
from organizing.disclosure.exportfile import ExportError, ExportFile, open_export
from organizing.disclosure.opening import ForeignKey, NamedRow, Opening, Summary
from organizing.disclosure.texts import COLUMNS, DEFAULT, Words, languages

OPENED, NOT_OPENED, OPENED_IN_PART = 0, 1, 3
_BAR = 24


class CannotOpen(Exception):
    """Nothing was opened. `code` is one of the opener's errors."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command, here and under manage.py."""
    parser.add_argument("export", type=Path, help="the export that was saved from the workspace")
    parser.add_argument("keyfile", type=Path, help="the key file that was saved with the key")
    parser.add_argument("--csv", type=Path, help="where to write the list of names; must not exist")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help="a file with the passphrase in its first line; without it, it is asked for, or read "
        "from standard input where that is no terminal",
    )
    parser.add_argument("--language", choices=languages(), default=DEFAULT)


class Progress:
    """A bar on standard error; nothing where that is no terminal."""

    def __init__(self, out: TextIO, words: Words) -> None:
        self.out, self.words = out, words

    def show(self, done: int, total: int) -> None:
        """Draws the bar over the one before."""
        if not self.out.isatty():
            return
        filled = _BAR * done // max(total, 1)
        text = self.words.say("busyRecords", done=f"{done:,}", total=f"{total:,}")
        end = "\n" if done == total else ""
        self.out.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {text}{end}")
        self.out.flush()


def ask_passphrase(path: Path | None, words: Words) -> str:
    """From a file, a prompt, or standard input. Raises CannotOpen."""
    if path is not None:
        return _first_line(path)
    if sys.stdin.isatty():
        return getpass.getpass(f"{words.say('stepPassphrase')}: ")
    return sys.stdin.readline().rstrip("\r\n")


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotOpen("read") from error


def unlock(path: Path, passphrase: str) -> AudienceKey:
    """The key in a key file. Raises CannotOpen."""
    try:
        return read_key_file(path.read_bytes(), passphrase)
    except OSError as error:
        raise CannotOpen("read") from error
    except WrongPassphrase as error:
        raise CannotOpen("passphrase") from error
    except KeyFileError as error:
        raise CannotOpen("key-file") from error


def run(options: argparse.Namespace, out: TextIO, errors: TextIO) -> int:
    """The whole command; its exit code."""
    words = Words(options.language)
    try:
        passphrase = ask_passphrase(options.passphrase_file, words)
        errors.write(words.say("busyKey") + "\n")
        key = unlock(options.keyfile, passphrase)
        with options.export.open("rb") as source:
            return _open(open_export(source), key, options.csv, Reporter(words, out, errors))
    except OSError:
        errors.write(words.error("read") + "\n")
    except (CannotOpen, ExportError) as error:
        errors.write(words.error(error.code) + "\n")
    except ForeignKey:
        errors.write(words.error("key-foreign") + "\n")
    return NOT_OPENED


def _open(file: ExportFile, key: AudienceKey, csv: Path | None, reporter: "Reporter") -> int:
    opened = opening.open_for(file, key)
    progress = Progress(reporter.errors, reporter.words)
    summary = opened.survey(progress.show)
    if csv is not None:
        write_list(csv, opened, reporter.words)
    reporter.report(opened, summary)
    if csv is not None:
        reporter.say(f"{csv}: {reporter.words.say('csvNote')}")
    return OPENED_IN_PART if file.problems or summary.problems else OPENED


def write_list(path: Path, opened: Opening, words: Words) -> None:
    """Writes the list for its owner alone. A list that was begun and not finished is removed."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CannotOpen("csv-exists") from error
    except OSError as error:
        raise CannotOpen("csv-unwritable") from error
    finished = False
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(csvfile.BOM + csvfile.line(words.header()))
            for row in opened.named_rows():
                file.write(csvfile.line(_cells(row, words)))
        finished = True
    finally:
        if not finished:
            path.unlink()


def _cells(row: NamedRow, words: Words) -> list[str]:
    cells = opening.plain_cells(row)
    cells["verified"] = words.outcome(address=row.address, reason=row.reason)
    cells["repeated"] = words.say("yes") if row.repeated else ""
    return [cells[column] for column in COLUMNS]


class Reporter:
    """Says what the export holds."""

    def __init__(self, words: Words, out: TextIO, errors: TextIO) -> None:
        self.words, self.out, self.errors = words, out, errors

    def say(self, text: str) -> None:
        """One line."""
        self.out.write(text + "\n")

    def _fact(self, key: str, value: object, indent: str = "") -> None:
        self.say(f"{indent}{self.words.say(key)}: {value}")

    def report(self, opened: Opening, summary: Summary) -> None:
        """Totals first, then what could not be used."""
        self._fact("petition", opened.manifest.petition)
        self.say(f"  {self.words.say('petitionHelp')}")
        self._fact("fingerprint", b64u(opened.manifest.hash))
        for letter, total in summary.totals.items():
            self.say(self.words.say(f"class{letter}"))
            self._fact("anonymous", total.anonymous, "  ")
            self._fact("named", total.named, "  ")
            if total.unreadable:
                self._fact("unreadable", total.unreadable, "  ")
        self._fact("withdrawn", summary.withdrawn)
        self._fact("replaced", summary.replaced)
        self._report_problems(opened, summary)

    def _report_problems(self, opened: Opening, summary: Summary) -> None:
        for code in opened.file.problems:
            self.say(f"{self.words.say('fileProblems')}: {self.words.error(code)}")
        if summary.problems:
            self._fact("problemsTitle", summary.problems)
        for problem in opened.problems():
            row = f"{self.words.say('row')} {problem.row}"
            self.say(f"  {problem.record_id} ({row}): {self.words.error(problem.code)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs as a program of its own."""
    parser = argparse.ArgumentParser(prog="organizing.disclosure.opener", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(arguments), sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
