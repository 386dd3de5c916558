"""Fourteen sites, six weeks, one Monday morning: from a file of units to files of figures that LibreOffice opens.

24 signatures are really sent; the others are generated (six_weeks.py says how).
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from organizing.crypto.encoding import unb64u
from tests.journeys.authenticator import digits
from tests.journeys.conftest import Visit
from tests.journeys.organizer import FREEZING
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor
from tests.reference_client import messages
from tests.reference_client.client import start
from tests.reference_client.site import Site, UrlTransport
from tests.reports.office import only_sheet, saved_anew, sheets
from tests.reports.reading_pages import csv_rows, tables, values

PASSWORD = "nine lemon bicycles"
DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
ADDRESS = "kestrel@private.example"
K, EACH = 10, 12
# Seconds; long enough for two dozen to sign in one.
# Signers in a middle week, and people.
GROWING = {
    "S01": ("North", 69, 610),
    "S02": ("South", 66, 980),
    "S03": ("Harbour", 60, 820),
    "S04": ("Airport road", 56, 1400),
    "S05": ("Riverside", 50, 1100),
    "S06": ("Head office", 44, 2100),
    "S07": ("West gate", 38, 350),
    "S08": ("Cold store", 33, 400),
    "S09": ("Returns", 28, 260),
    "S10": ("Canal street", 24, 520),
    "S11": ("Labs", 20, 300),
}
STALLED = {
    "S12": ("Old mill", [14, 12, 0, 0, 0, 0], 150),
    "S13": ("Depot 7", [20, 15, 11, 0, 0, 0], 240),
    "S14": ("Night hub", [0, 0, 0, 0, 0, 0], 190),
}
TILT = (5, 3, 1, -1, -3, -5)
ON_PAPER = {"S01": 30, "S02": 40, "S03": 14, "S05": 50}
ON_SITE = 3_000
VIEWS = ("", "stalls/", "sites/", "rings/", "weeks/", "weeks/?weeks=all")


def file_of_units(folder: Path) -> Path:
    """As a works council sends it."""
    rows = [(code, name, people) for code, (name, _rest, people) in (GROWING | STALLED).items()]
    lines = [f"{code};{name};site;{people}" for code, name, people in rows]
    path = folder / "sites.csv"
    path.write_text("\n".join(["code;name;kind;people", *lines]), encoding="utf-8")
    return path


def weekly() -> dict[str, list[int]]:
    """New signers by site in six weeks, without those who really sign in the last one."""
    found = {code: [base + tilt for tilt in TILT] for code, (_n, base, _p) in GROWING.items()}
    found |= {code: list(changes) for code, (_n, changes, _p) in STALLED.items()}
    for code in ("S01", "S02"):
        found[code][-1] -= EACH
    return found


class Monday:
    """One campaign, and what its organizer and its representative do in it."""

    def __init__(self, stack: Stack, visit: Visit, folder: Path) -> None:
        mark = secrets.token_hex(3)
        self.stack, self.folder = stack, folder
        self.heron, self.kestrel = f"Heron {mark}", f"Kestrel {mark}"
        self.about = stack.ask(
            "found_support",
            organizer=self.heron,
            representative=self.kestrel,
            password=PASSWORD,
            k=K,
        )
        self.organizer = self.come(visit(stack, accept_downloads=True, **DESK), self.heron)
        self.representative = self.come(visit(stack, accept_downloads=True), self.kestrel)
        self.act = ""

    def come(self, visitor: Visitor, pseudonym: str) -> Visitor:
        """Signs in with both factors."""
        page = visitor.page
        page.goto("/workspace/")
        page.fill('[name="login"]', pseudonym)
        visitor.type('[name="password"]', PASSWORD)
        press(visitor, "Sign in")
        page.fill('[name="code"]', digits(self.about["secrets"][pseudonym]))
        press(visitor, "Sign in")
        return visitor

    def at(self, end: str = "") -> str:
        """An address in the campaign."""
        return f"/workspace/c/{self.about['campaign']}/{end}"

    def figures(self, end: str = "") -> str:
        """An address among the act's reports."""
        return self.at(f"support/{self.act}/{end}")

    @property
    def petition(self) -> str:
        """The petition's page."""
        return f"/workspace/petition/{self.about['petition']}/"


def press(visitor: Visitor, button: str) -> None:
    """A button that leads to another page."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=button, exact=True).first.click()


def import_sites(monday: Monday) -> None:
    """A dry run first, then fourteen sites; all four lines that come with the site."""
    heron, page = monday.organizer, monday.organizer.page
    page.goto(monday.at("units/import/"))
    page.set_input_files('[name="file"]', file_of_units(monday.folder))
    page.fill('[name="day"]', "2026-10-01")
    page.fill('[name="source"]', "works council, October")
    press(heron, "Show what would change")
    expect(page.locator(".facts dd").first).to_have_text("14")
    press(heron, "Take it over")
    page.goto(monday.at("lines/"))
    for _line in range(4):
        with page.expect_navigation():
            page.locator('form:has([name="preset"]) button').first.click()


def publish(monday: Monday) -> None:
    """The petition offers the sites, is frozen, gets its first signers by the private link, and is opened."""
    heron, page, stack = monday.organizer, monday.organizer.page, monday.stack
    page.goto(f"{monday.petition}units/")
    press(heron, "Put these into the petition")
    made = stack.ask("generate", petition=monday.about["petition"], weekly=weekly())
    assert made == ON_SITE - 2 * EACH
    page.goto(f"{monday.petition}freeze/")
    page.fill('[name="closes_on"]', "2027-01-31")
    page.check('[name="understood"]')
    page.get_by_role("button", name="Freeze it").click()
    expect(page).to_have_url(f"{stack.origin}{monday.petition}", timeout=FREEZING)
    sign(monday)
    page.goto(monday.petition)
    page.get_by_role("link", name="Open the petition").click()
    press(heron, "Open it now")
    expect(page.get_by_text("The petition is open.")).to_be_visible()
    stack.ask("count_generated", petition=monday.about["petition"])
    monday.act = stack.ask("act_of", petition=monday.about["petition"])


def sign(monday: Monday) -> None:
    """24 co-workers of two sites, with a client of their own; all of them in one batch."""
    about = monday.stack.ask("describe_one", petition=monday.about["petition"])
    site = Site(UrlTransport(), monday.stack.origin, about["private_id"])
    signers = []
    for code in monday.stack.ask("make_codes", petition=about["id"], size=2 * EACH):
        client = start(site, secrets.token_bytes(16), unb64u(about["manifest_hash"], 32))
        signers.append((client, client.issue(1, messages.paper_proof(code))))
    units = {
        unit["name"]: unb64u(unit["id"], 16) for unit in signers[0][0].manifest.content["units"]
    }
    assert len(units) == 14
    for place, (client, credential) in enumerate(signers):
        client.send(client.send_bytes(credential, unit=units[("North", "South")[place % 2]]))
    assert monday.stack.count(about["id"]) == {"A": 2 * EACH}


def enter_paper(monday: Monday) -> None:
    """One types, the other counts again on a phone."""
    heron, kestrel = monday.organizer, monday.representative
    given = [*ON_PAPER, "S13"]
    monday.stack.ask(
        "give", campaign=monday.about["campaign"], pseudonym=monday.kestrel, codes=given
    )
    paper = monday.at(f"acts/{monday.act}/paper/")
    for code, count in ON_PAPER.items():
        name = GROWING[code][0]
        heron.page.goto(paper)
        heron.page.select_option('[name="unit"]', label=name)
        heron.page.fill('[name="count"]', str(count))
        heron.page.fill('[name="day"]', f"{timezone.now():%Y-%m-%d}")
        press(heron, "Type it")
        kestrel.page.goto(paper)
        with kestrel.page.expect_navigation():
            kestrel.page.get_by_role("link", name="Count these sheets").tap()
        kestrel.page.fill('[name="count"]', str(count))
        press(kestrel, "This many")


def want_mail(monday: Monday) -> None:
    """A private address, for Mondays alone."""
    monday.representative.page.goto(monday.at("mail/"))
    monday.representative.type('[name="address"]', ADDRESS)
    monday.representative.page.check('[name="digest"]')
    press(monday.representative, "Save")


def monday_morning(monday: Monday) -> None:
    """The mail says hardly anything; its link leads to the figures."""
    monday.stack.ask("next_monday", campaign=monday.about["campaign"])
    mail = monday.stack.mailbox.wait_for(ADDRESS)
    text = mail.get_content()
    assert not [word for word in ("3,000", "3000", "North", "Example") if word in text]
    kestrel = monday.representative
    kestrel.page.goto(next(line for line in text.split() if line.startswith("http")))
    for name in ("Example Works", "Support"):
        with kestrel.page.expect_navigation():
            kestrel.page.get_by_role("link", name=name, exact=False).first.tap()
    kestrel.page.goto(monday.figures())
    expect(kestrel.page.locator(".count__number")).to_have_text("3,000")
    kestrel.page.goto(monday.figures("sites/"))
    expect(kestrel.page.locator(".plot--small")).to_have_count(len(ON_PAPER) + 1)


def look_at_all(monday: Monday) -> None:
    """Every view on a desktop and on a phone; the stalls are those that were made."""
    page = monday.organizer.page
    page.goto(monday.figures("stalls/"))
    stalls = [row[0] for row in values(tables(page.content())["stalls"])[1:]]
    assert {name for name, _changes, _people in STALLED.values()} <= set(stalls)
    assert not {"North", "South", "Harbour", "Airport road"} & set(stalls)
    page.goto(monday.figures("sites/"))
    expect(page.locator(".plot--small")).to_have_count(14)
    rows = {row[0]: row for row in values(tables(page.content())["figures"])}
    assert rows["North"][1:5] == [str(69 * 6), "610", "67%", "65%"]
    assert rows["North"][6] == "30"
    assert rows["Night hub"][1] == "fewer than 10, or hidden"
    for end in VIEWS:
        # How they look is told by tests/browser/test_tracking_pages.py; here nothing is missing, at either size.
        for visitor in (monday.organizer, monday.representative):
            answer = visitor.page.goto(monday.figures(end))
            assert answer is not None
            assert answer.status == 200, end


def save_everything(monday: Monday) -> None:
    """Every file of every view, each the page cell by cell, and the same once LibreOffice has saved it."""
    page, files = monday.organizer.page, []
    unit = first_unit(monday, "sites/")
    for number, end in enumerate((*VIEWS, f"unit/{unit}/")):
        page.goto(monday.figures(end))
        shown = tables(page.content())
        for file in save(monday, ".saves a", number):
            check_file(file, shown)
            files.append(file)
    page.goto(monday.at("units/"))
    as_csv, as_xlsx = save(monday, "main a[download]", len(files))
    assert csv_rows(as_csv.read_bytes()) == sheets(as_xlsx)["units"]
    files += [as_csv, as_xlsx]
    for before, after in zip(files, saved_anew(files, monday.folder), strict=True):
        if before.suffix == ".xlsx":
            assert sheets(after) == sheets(before), before.name
        else:
            assert only_sheet(after) == csv_rows(before.read_bytes()), before.name


def save(monday: Monday, links: str, number: int) -> list[Path]:
    """The files behind the links of a page, under short names: a sheet's can have no more than 31 letters."""
    page, found = monday.organizer.page, []
    for link in page.locator(links).all():
        with page.expect_download() as saved:
            link.click()
        # support-total-figures-2026-11-22.csv
        name = Path(saved.value.suggested_filename)
        table = name.stem.rsplit("-", 3)[0].rpartition("-")[2]
        path = monday.folder / f"{number}-{table}{name.suffix}"
        saved.value.save_as(path)
        found.append(path)
    return found


def first_unit(monday: Monday, end: str) -> str:
    """The id of the first site on a page."""
    page = monday.organizer.page
    page.goto(monday.figures(end))
    href = page.locator(".multiples__name").first.get_attribute("href")
    assert href is not None
    return href.rstrip("/").rpartition("/")[2]


def check_file(path: Path, shown: dict[str, Any]) -> None:
    """Whatever of the file is a table of the page says the same."""
    found = sheets(path) if path.suffix == ".xlsx" else {path.stem: csv_rows(path.read_bytes())}
    found = {name.partition("-")[2] or name: rows for name, rows in found.items()}
    compared = [name for name in found if name in shown]
    assert compared or "heat" in shown
    for name in compared:
        assert found[name] == values(shown[name]), name


def test_a_monday_morning_with_fourteen_sites(
    embedded: Stack, visit: Visit, tmp_path: Path
) -> None:
    monday = Monday(embedded, visit, tmp_path)
    import_sites(monday)
    publish(monday)
    enter_paper(monday)
    want_mail(monday)
    monday_morning(monday)
    look_at_all(monday)
    save_everything(monday)
