"""An organizer reads fourteen sites from a file, sees what would change, and offers them to a petition's signers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.stack import Stack
from tests.journeys.test_workspace_accessibility import FORM, PASSWORD, sign_in
from tests.journeys.visitor import Visitor

HEAD = "code;name;kind;parent;people;as_of;source\n"
SITES = "".join(f"S{n};Site {n};site;;{150 + n};2026-10-01;council\n" for n in range(1, 15))
PARTS = "".join(
    f"S{n}-{part};{part};shift;S{n};{people};2026-10-01;council\n"
    for n in range(1, 15)
    for part, people in (("Early", 70), ("Late", 60), ("Night", 12))
)


def choose(visitor: Visitor, text: str) -> None:
    """A file as Excel saves it."""
    file: Any = {"name": "units.csv", "mimeType": "text/csv", "buffer": text.encode("utf-16")}
    visitor.page.set_input_files('[name="file"]', file)
    visitor.submit(f'{FORM} [type="submit"]')


def open_all(visitor: Visitor) -> None:
    """Everything that is folded."""
    visitor.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )


def test_from_a_file_to_the_choice_of_signers(embedded: Stack, visit: Visit) -> None:
    pseudonym = "counter of heads"
    about = embedded.ask("enrol", pseudonym=pseudonym, password=PASSWORD)
    visitor = visit(embedded, locale="ar")
    page, units = visitor.page, f"/workspace/c/{about['campaign']}/units/"
    page.goto("/accounts/login/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    sign_in(visitor, pseudonym, about["secret"])
    page.goto(f"{units}import/")
    choose(visitor, HEAD + SITES.replace("site", "planet", 1) + PARTS)
    expect(page.locator("main .ledger").first.locator("tbody th")).to_have_text("2")
    visitor.look("a bad row")
    page.goto(f"{units}import/")
    choose(visitor, HEAD + SITES + PARTS)
    open_all(visitor)
    visitor.look("dry run")
    visitor.submit(f'{FORM}:has([name="plan"]) [type="submit"]')
    expect(page.locator("main > .tree > li")).to_have_count(14)
    open_all(visitor)
    visitor.look("tree")
    with page.expect_navigation():
        page.locator(".tree a").first.tap()
    open_all(visitor)
    visitor.look("unit")
    page.goto(f"/workspace/petition/{about['petitions']['draft']}/units/")
    open_all(visitor)
    visitor.look("offer")
    visitor.submit(f'{FORM}:has([name="left_out"]) [type="submit"]:not([name])')
    page.goto(f"/workspace/petition/{about['petitions']['draft']}/units/")
    # Late, Early, and who works in neither; the night is too small.
    expect(page.locator(".notice--done")).to_be_visible()
