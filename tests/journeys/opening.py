"""The offline opener: the saved page, opened from a folder without network, and the command."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.organizer import SCRYPT, keep
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor


def save_opener(visitor: Visitor, folder: Path) -> Path:
    """The file that the page about the opener offers."""
    visitor.page.goto("/opener/en/")
    with visitor.page.expect_download() as saved:
        visitor.page.locator("a[download]").tap()
    keep(saved.value, folder)
    return folder / saved.value.suggested_filename


class Opener:
    """The saved page in a browser without network."""

    def __init__(self, visitor: Visitor, file: Path) -> None:
        self.visitor, self.page = visitor, visitor.page
        visitor.context.set_offline(True)
        self.page.goto(file.as_uri())

    def open(self, export: Path, key: Path, passphrase: str) -> None:
        """Gives it the three things that it needs."""
        self.page.set_input_files("#export-file", export)
        self.page.set_input_files("#key-file", key)
        self.visitor.type("#passphrase", passphrase)
        self.page.locator("#open").tap()

    def wait(self) -> None:
        """Until it has opened everything."""
        expect(self.page.locator("#result")).to_be_visible(timeout=SCRYPT)

    def totals(self) -> list[list[str]]:
        """The table of totals: proof, anonymous, named, all."""
        rows = self.page.locator("#totals-body tr").all()
        return [row.locator("th:visible, td:visible").all_inner_texts() for row in rows]

    def save_list(self, folder: Path) -> bytes:
        """The list of names."""
        with self.page.expect_download() as saved:
            self.page.locator("#csv").tap()
        return keep(saved.value, folder)


def open_by_command(stack: Stack, export: Path, key: Path, passphrase: str) -> tuple[str, bytes]:
    """What the command says, and the list that it writes."""
    secret, target = export.with_name("passphrase"), export.with_name("by-command.csv")
    secret.write_text(f"{passphrase}\n")
    module = ("-m", "organizing.disclosure.opener", str(export), str(key))
    done = stack.run(*module, "--csv", str(target), "--passphrase-file", str(secret))
    assert done.returncode == 0, done.stderr
    return done.stdout, target.read_bytes()


def rows(data: bytes) -> list[dict[str, str]]:
    """A list of names as a spreadsheet reads it."""
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
