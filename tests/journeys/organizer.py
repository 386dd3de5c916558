"""Somebody who runs a campaign, from an account to the list of names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Download, expect

from tests.journeys.authenticator import digits
from tests.journeys.visitor import Visitor

PASSWORD = "nine lemon bicycles"
PASSPHRASE = "velvet anchor meadow"
FREEZING = 180_000.0
SCRYPT = 180_000.0


class Organizer:
    """Goes through accounts and workspace, and looks at each page with axe-core on the way."""

    def __init__(self, visitor: Visitor, pseudonym: str) -> None:
        self.visitor, self.page, self.pseudonym = visitor, visitor.page, pseudonym
        self.secret = ""
        self.petition_url = ""

    def go(self, address: str) -> None:
        """Opens a page and looks at it."""
        self.page.goto(address)
        self.visitor.check_accessibility()

    def follow(self, text: str) -> None:
        """Taps a link of the page and looks at the page that it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=text, exact=True).tap()
        self.visitor.check_accessibility()

    def submit(self, button: str) -> None:
        """Sends the form and looks at what comes back."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).tap()
        self.visitor.check_accessibility()

    def sign_up(self) -> None:
        """A pseudonym, a password, no address; then an authenticator app."""
        self.go("/workspace/")
        self.follow("Make one")
        self.page.fill('[name="username"]', self.pseudonym)
        self.visitor.type('[name="password1"]', PASSWORD)
        self.page.fill('[name="password2"]', PASSWORD)
        self.submit("Make the account")
        self.page.goto("/workspace/")
        expect(self.page).to_have_url(f"{self.visitor.origin}/accounts/protect/")
        self.follow("Set up an app")
        self.secret = self.page.locator("#authenticator_secret").inner_text()
        self.visitor.type('[name="code"]', digits(self.secret))
        self.submit("Set it up")
        self.go("/workspace/")

    def sign_in_again(self) -> None:
        """Out, and in with the password and the digits of the next half minute."""
        self.submit("Sign out")
        self.page.goto("/workspace/")
        self.page.fill('[name="login"]', self.pseudonym)
        self.page.fill('[name="password"]', PASSWORD)
        self.submit("Sign in")
        self.visitor.type('[name="code"]', digits(self.secret, step=1))
        self.submit("Sign in")
        expect(self.page).to_have_url(f"{self.visitor.origin}/workspace/")

    def begin_campaign(self, name: str) -> None:
        """A campaign of one workplace."""
        self.follow("Begin a campaign")
        self.page.fill('[name="name"]', name)
        self.page.fill('[name="employer_domains"]', "example.com")
        self.submit("Begin")

    def write_petition(self) -> None:
        """The text in English, and both proofs."""
        self.page.select_option('[name="language"]', "en")
        self.submit("Begin")
        for name, text in PETITION.items():
            self.page.fill(f'[name="{name}"]', text)
        self.submit("Save")
        self.follow(PETITION["title"])
        self.petition_url = self.page.url
        self.follow("change proofs and units")
        self.page.check('[name="mailbox"]')
        self.page.fill('[name="units"]', "North hall\nSouth hall")
        self.submit("Save")

    def approve(self) -> None:
        """Everybody agrees."""
        self.follow("Approve the text")
        self.submit("Approve")

    def make_key(self, folder: Path) -> bytes:
        """Makes the key in this browser; the file that was saved."""
        self.go(f"{self.petition_url}key/")
        self.visitor.type("#passphrase", PASSPHRASE)
        self.page.fill("#passphrase-again", PASSPHRASE)
        self.page.check("#understood")
        self.page.locator("#key-make").tap()
        download = self.page.locator("#key-download")
        expect(download).to_be_visible(timeout=SCRYPT)
        self.visitor.check_accessibility("key made")
        with self.page.expect_download() as saved:
            download.tap()
        data = keep(saved.value, folder)
        self.submit("Send the public half")
        return data

    def freeze(self) -> None:
        """Not a letter changes any more; progress is shown until it is done."""
        self.go(self.petition_url)
        self.follow("Freeze the petition")
        last_day = datetime.now(UTC) + timedelta(days=30)
        self.page.fill('[name="closes_on"]', last_day.strftime("%Y-%m-%d"))
        self.page.check('[name="understood"]')
        self.page.get_by_role("button", name="Freeze it").tap()
        expect(self.page).to_have_url(f"{self.petition_url}freezing/")
        expect(self.page).to_have_url(self.petition_url, timeout=FREEZING)
        self.visitor.check_accessibility()

    def print_codes(self, size: int) -> list[str]:
        """A sheet of slips, shown once; the codes on it."""
        self.follow("Paper codes")
        self.page.fill('[name="label"]', "canteen")
        self.page.fill('[name="size"]', str(size))
        self.submit("Make the sheet")
        codes = self.page.locator(".slip .code").all_inner_texts()
        self.visitor.typed.update(codes)
        return codes

    def open(self) -> str:
        """Opens it; the public link."""
        self.go(self.petition_url)
        self.follow("Open the petition")
        self.submit("Open it now")
        return self.page.locator(".once code").first.inner_text()

    def export(self, folder: Path) -> Path:
        """Saves the export."""
        self.go(self.petition_url)
        self.follow("Export and its log")
        with self.page.expect_download() as saved:
            self.page.get_by_role("button", name="Save the export").tap()
        keep(saved.value, folder)
        return folder / saved.value.suggested_filename


def keep(download: Download, folder: Path) -> bytes:
    """Saves what was offered under the name that it was offered by."""
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()


PETITION = {
    "title": "No recording of our screens",
    "addressee": "The board of Example Works",
    "demands": "End the recording.\nRespect the right to organize.",
    "body": "We learned of it **by accident**.",
    "consent": "The organizers may know that I signed, and by which name.",
}
