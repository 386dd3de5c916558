"""A worker who signs, screen by screen. Selectors are those that the page's own script goes by: any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from tests.journeys.mailbox import code_in
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor

Held = dict[str, dict[str, Any]]
NOBODY, ORGANIZERS = "", "organizers"


@dataclass
class Petition:
    """A petition of a running site."""

    stack: Stack
    about: dict[str, Any]

    def new_code(self) -> str:
        """A paper code that nobody has."""
        return str(self.stack.ask("make_codes", petition=self.about["id"], size=1)[0])

    def path(self, language: str = "en", *, private: bool = False) -> str:
        """Where it is read."""
        identifier = self.about["private_id" if private else "public_id"]
        return f"/p/{identifier}/{language}/"

    def link(self, language: str = "en", *, code: str = "", private: bool = False) -> str:
        """What stands on a slip: with the fingerprint, and a code if it has one."""
        end = f"&c={code}" if code else ""
        return f"{self.path(language, private=private)}#m={self.about['manifest_hash']}{end}"

    def held(self) -> Held:
        """What the site holds, by record id."""
        about = self.about
        found = self.stack.ask("held", petition=about["id"], seed=about["seed"])
        return {entry["id"]: entry for entry in found}

    def new_since(self, before: Held) -> list[dict[str, Any]]:
        """What came in the meantime."""
        return [entry for key, entry in self.held().items() if key not in before]


class Signer:
    """Goes through the steps of signing."""

    def __init__(self, visitor: Visitor, petition: Petition) -> None:
        self.visitor, self.petition = visitor, petition

    def at(self, step: str) -> Locator:
        """The screen of a step, once it is shown."""
        screen = self.visitor.page.locator(f'[data-step="{step}"]')
        expect(screen).to_be_visible()
        return screen

    def press(self, selector: str) -> None:
        """Taps something."""
        self.visitor.page.locator(selector).tap()

    def open(self, address: str) -> None:
        """Opens a link."""
        self.visitor.page.goto(address)
        self.at("read")

    def read(self) -> None:
        """Reads the petition, and who can learn what."""
        self.at("read").locator('[data-go="learn"]').tap()
        self.at("learn").locator('[data-go="device"]').tap()

    def on_device(self, device: str = "own") -> None:
        """Says whose device it is."""
        self.at("device").locator(f'[data-device="{device}"]').tap()

    def prove_by_paper(self, code: str = "") -> None:
        """Goes on with the code from the link, or with one typed."""
        proof = self.at("proof")
        if code:
            proof.locator('input[name="method"][value="1"]').check()
            self.visitor.type("#paper-code", code)
        proof.locator('[type="submit"]').tap()

    def prove_by_mailbox(self, address: str) -> None:
        """Asks for a code, reads it in the mailbox and types it."""
        self.ask_for_code(address)
        self.type_mail_code(code_in(self.petition.stack.mailbox.wait_for(address)))

    def ask_for_code(self, address: str) -> None:
        """Asks for a code by mail."""
        proof = self.at("proof")
        proof.locator('input[name="method"][value="2"]').check()
        self.visitor.type("#address", address)
        proof.locator('[data-do="ask-code"]').tap()
        expect(proof.locator('[data-alert="code-asked"]')).to_be_visible()

    def type_mail_code(self, code: str) -> None:
        """Types the code from the mail."""
        self.visitor.type("#mail-code", code)
        self.at("proof").locator('[type="submit"]').tap()

    def stay_anonymous(self, unit: str = "") -> None:
        """Names nobody."""
        audience = self.at("audience")
        if unit:
            audience.locator("#unit").select_option(label=unit)
        audience.locator('[type="submit"]').tap()

    def give_name(self, name: str, job_title: str = "", site: str = "") -> None:
        """Lets the organizers know."""
        audience = self.at("audience")
        audience.locator(f'input[name="audience"][value="{ORGANIZERS}"]').check()
        self.visitor.type("#name", name)
        for selector, text in (("#job-title", job_title), ("#site", site)):
            if text:
                self.visitor.type(selector, text)
        audience.locator('[type="submit"]').tap()

    def sign(self) -> None:
        """The last button; then the site has it."""
        self.at("sign").locator('[data-do="sign"]').tap()
        self.at("done")

    def get_credential(self) -> None:
        """Does everything but sign."""
        sign = self.at("sign")
        sign.locator("details summary").tap()
        sign.locator('[data-do="later"]').tap()
        self.at("waiting")

    def decline_words(self) -> None:
        """One tap, and nothing is left."""
        self.at("done").locator('[data-words="offer"] [data-do="no-words"]').tap()
        expect(self.visitor.page.locator('[data-words="gone"]')).to_be_visible()

    def take_words(self) -> str:
        """The twelve words, written down."""
        done = self.at("done")
        done.locator('[data-do="show-words"]').tap()
        expect(done.locator(".words li")).to_have_count(12)
        words = " ".join(done.locator(".words li").all_inner_texts())
        done.locator('[data-do="kept-words"]').tap()
        self.visitor.typed.add(words)
        return words

    def keep_here(self) -> None:
        """The secret stays in this browser."""
        done = self.at("done")
        done.locator('[data-do="show-words"]').tap()
        done.locator("[data-keep-here] summary").tap()
        done.locator('[data-do="keep-here"]').tap()
        expect(self.visitor.page.locator('[data-gone="kept"]')).to_be_visible()

    def go_to_sign(self, code: str, name: str = "", unit: str = "", language: str = "en") -> None:
        """All steps up to the last button, with a code in the link."""
        self.visitor.typed.add(code)
        self.open(self.petition.link(language, code=code))
        self.read()
        self.on_device()
        self.prove_by_paper()
        if name:
            self.give_name(name)
        else:
            self.stay_anonymous(unit)

    def sign_by_paper(self, name: str = "", code: str = "", unit: str = "") -> str:
        """The whole way; the words at the end."""
        self.go_to_sign(code or self.petition.new_code(), name, unit)
        self.sign()
        return self.take_words()
