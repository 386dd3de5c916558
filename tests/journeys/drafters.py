"""People who write a petition together, each with a browser of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import expect

from tests.drafting.post import POST, TRACES
from tests.journeys.visitor import Visitor

CLEAN = {
    "Priya Raman": "management",
    "@dlindqvist": "who is careful",
    "lead.recorder@example-employer.test": "an address for worries",
    "https://wiki.corp.example-employer.test/mci/rollout": "the company’s own pages",
    "PRIV-40213": "a request",
    "Project Lanternfish": "another programme",
}
DEMANDS = "End the recording.\nDelete what was recorded."
SPANISH = {
    "title": "Basta de grabar",
    "addressee": "La dirección",
    "demands": "Dejad de grabar.\nBorrad lo grabado.",
    "body": "Desde la primavera graban nuestras pantallas.",
    "consent": "La organización puede saber que firmé, y con qué nombre.",
}
PASSWORD = "seven brass umbrellas"


@dataclass(frozen=True)
class Draft:
    """A petition that is written, and where its pages are."""

    id: str

    def at(self, name: str, *rest: object) -> str:
        """A page of the draft."""
        return reverse(f"drafting-{name}", args=[self.id, *rest])

    def in_workspace(self, name: str, *rest: object) -> str:
        """A page of the workspace."""
        return reverse(f"workspace-{name}", args=[self.id, *rest])


def go(visitor: Visitor, address: str) -> None:
    """Opens a page. How each looks is seen to in tests/browser."""
    visitor.page.goto(address)


def press(visitor: Visitor, name: str) -> None:
    """Sends a form by its button."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=name, exact=True).click()


def fill(visitor: Visitor, **fields: str) -> None:
    """Types into fields by their names."""
    for name, text in fields.items():
        visitor.page.fill(f'[name="{name}"]', text)


def body(visitor: Visitor) -> str:
    """The text as it stands on the writer's page."""
    return visitor.page.input_value('[name="body"]')


def begin(heron: Visitor, draft: Draft) -> None:
    """Every trace is found before anything is sent; then they are taken out."""
    go(heron, draft.at("start", "en"))
    heron.page.wait_for_load_state("networkidle")
    before = len(heron.requests)
    fill(heron, post=POST)
    found = heron.page.locator("[data-flags] .flag q")
    expect(found.filter(has_text="Lanternfish")).to_have_count(1)
    words = " ".join(found.all_inner_texts())
    assert all(trace in words for trace in TRACES)
    assert heron.requests[before:] == []
    heron.page.check('[name="starter"][value="surveillance"]')
    press(heron, "Make a draft of it")
    expect(heron.page.get_by_text("stays in the history")).to_be_visible()
    press(heron, "Make a draft with all of it")
    text = body(heron)
    for trace, instead in CLEAN.items():
        text = text.replace(trace, instead)
    text = re.sub(r"\[\[[^]]*\]\]", "something", text)
    fill(heron, title="Stop the recording", addressee="The board", demands=DEMANDS, body=text)
    expect(heron.page.locator("[data-state]")).to_have_text(re.compile("Kept for you alone"))
    heron.page.keyboard.press("Control+s")
    expect(heron.page.get_by_text("Saved as version 2.")).to_be_visible()
    expect(heron.page.locator("[data-reading]")).to_contain_text("Reading age about")


def invite(visitor: Visitor, draft: Draft, part: str) -> str:
    """A one-time link, as it is shown once."""
    go(visitor, draft.at("people"))
    visitor.page.check(f'[name="part"][value="{part}"]')
    press(visitor, "Make a link")
    link = visitor.page.locator(".once code").inner_text()
    return "/drafting/join/" + link.split("/drafting/join/")[1]


def sign_up(visitor: Visitor, link: str, pseudonym: str) -> None:
    """The account is made on the way; no second factor is asked for."""
    visitor.page.goto(link)
    visitor.page.get_by_role("link", name="Make one", exact=True).click()
    fill(visitor, username=pseudonym)
    visitor.type('[name="password1"]', PASSWORD)
    visitor.page.fill('[name="password2"]', PASSWORD)
    visitor.page.get_by_role("button", name="Make the account", exact=True).click()
    press(visitor, "Come in")


def disagree_and_merge(heron: Visitor, swift: Visitor, draft: Draft) -> None:
    """Both change one sentence; whoever is later sees both sides, and nothing is lost."""
    for visitor in (heron, swift):
        go(visitor, draft.at("write", "en"))
    text = body(heron)
    fill(heron, body=text.replace("only the beginning", "only a first step"))
    fill(swift, body=text.replace("only the beginning", "merely the start"))
    press(heron, "Save")
    press(swift, "Save")
    sides = swift.page.locator(".conflict__sides").inner_text()
    assert "first step" in sides
    assert "merely the start" in sides
    # The tab is closed before the choice is made; what was typed is still there.
    swift.reopen(draft.at("merge", "en"))
    swift.page.locator('input[value="mine"]').first.check()
    press(swift, "Put them together")
    press(swift, "Save")
    assert "merely the start" in body(swift)
    go(heron, draft.at("history", "en"))
    expect(heron.page.locator("tbody tr").first).to_contain_text("Swift")


def suggest_and_comment(heron: Visitor, wren: Visitor, rook: Visitor, draft: Draft) -> None:
    """One suggests, one comments, one decides."""
    go(wren, draft.at("write", "en"))
    expect(wren.page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    fill(wren, title="End the recording now")
    press(wren, "Suggest")
    go(rook, draft.at("read", "en"))
    rook.page.fill('[data-comment] [name="text"]', "Who is “the board” here?")
    rook.page.fill('[data-comment] [name="quote"]', "The board")
    press(rook, "Comment")
    go(heron, draft.at("write", "en"))
    press(heron, "Accept change 1")
    press(heron, "Accept change 2")
    assert heron.page.input_value('[name="title"]') == "End the recording now"
    expect(heron.page.locator(".note__quote").filter(has_text="The board")).to_have_count(1)
    press(heron, "Resolve comment 1")


def translate(swift: Visitor, reader: Visitor, draft: Draft) -> None:
    """Beside the source; another one who edits says that a person has read it."""
    go(swift, draft.at("write", "es"))
    expect(swift.page.locator(".source__text")).to_contain_text("End the recording now")
    fill(swift, **SPANISH)
    swift.page.check('[name="follows"]')
    press(swift, "Save")
    go(reader, draft.at("home"))
    press(reader, "I say that a person has read it beside the source")
    said = re.compile("^Heron.* says that a person has read it")
    expect(reader.page.get_by_text(said)).to_be_visible()


def approve_by_two(heron: Visitor, kite: Visitor, draft: Draft) -> None:
    """Two organizers, of the same versions; a new version voids what was said before."""
    go(heron, draft.at("review"))
    heron.page.check('[name="two"]')
    press(heron, "Set the rule")
    press(heron, "Approve")
    go(kite, draft.at("write", "en"))
    fill(kite, addressee="The board of the company")
    press(kite, "Save")
    go(kite, draft.at("write", "es"))
    expect(kite.page.get_by_text("The source has changed.")).to_be_visible()
    kite.page.check('[name="follows"]')
    press(kite, "Save")
    go(kite, draft.at("home"))
    press(kite, "I say that a person has read it beside the source")
    go(kite, draft.at("review"))
    expect(kite.page.get_by_text("2 more organizers have to approve")).to_be_visible()
    press(kite, "Approve")
    go(heron, draft.at("review"))
    press(heron, "Approve")
    expect(heron.page.get_by_text("The text is approved. Next it can be frozen.")).to_be_visible()
