"""A worker who comes back to a signature, on the page for it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.signer import NOBODY, Petition
from tests.journeys.visitor import Visitor


class Receipt:
    """Goes through the page that checks, changes and withdraws."""

    def __init__(self, visitor: Visitor, petition: Petition, language: str = "en") -> None:
        self.visitor, self.page = visitor, visitor.page
        self.page.goto(f"{petition.path(language)}receipt/#m={petition.about['manifest_hash']}")

    def press(self, selector: str) -> None:
        """Taps what can be seen of it."""
        self.page.locator(selector).locator("visible=true").first.tap()

    def find(self, words: str) -> None:
        """Types the words and asks the site."""
        self.visitor.type("#words", words)
        self.press('#words-form [type="submit"]')

    def use_kept(self) -> None:
        """Goes on with what this browser kept."""
        self.press('[data-do="use-kept"]')

    def expect_standing(self, standing: str, version: int | None = None) -> None:
        """What the page says of the signature."""
        shown = self.page.locator(f'.notice[data-standing="{standing}"]')
        expect(shown).to_be_visible()
        if version is not None:
            expect(shown.locator("[data-version-text]")).to_contain_text(str(version))

    def withdraw(self) -> None:
        """Withdraws, and says yes once more."""
        self.press('[data-go="withdraw"]')
        self.press('[data-step="withdraw"] [data-do="withdraw"]')

    def change(self, *, audience: str = NOBODY, name: str = "", code: str = "") -> None:
        """Chooses another audience, or signs again, with the code that was used."""
        self.press('[data-go="change"]')
        self.page.locator(f'input[name="audience"][value="{audience}"]').check()
        if name:
            self.visitor.type("#name", name)
        if code:
            self.visitor.type("#paper-code", code)
        self.press('#change-form [type="submit"]')

    def forget(self) -> None:
        """Leaves nothing on the page."""
        self.visitor.page.locator('[data-do="forget"]:visible').tap()
