"""The opener as an organizer uses it: a file from a folder, without network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "organizing/static/organizing/build"
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PASSPHRASE = "correct horse battery"
NARROW = {"width": 320, "height": 640}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with export.bin and key.json, made by the browser's own modules."""
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None:
        missing("Node.js")
    folder = tmp_path_factory.mktemp("export")
    script = ROOT / "tests/js/sample_export.mjs"
    subprocess.run([node, str(script), str(folder)], check=True, timeout=120)
    return folder


class Opener:
    """The page, opened from its folder."""

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto((BUILT / f"opener-{language}.html").as_uri())

    def fill(self, export: Path, key: Path, passphrase: str = PASSPHRASE) -> None:
        """Chooses the files and presses Enter in the passphrase."""
        self.page.set_input_files("#export-file", export)
        self.page.set_input_files("#key-file", key)
        self.page.fill("#passphrase", passphrase)
        self.page.press("#passphrase", "Enter")

    def open(self, sample: Path) -> None:
        """Opens the sample and waits for the result."""
        self.fill(sample / "export.bin", sample / "key.json")
        expect(self.page.locator("#result")).to_be_visible(timeout=60_000)

    def violations(self) -> list[str]:
        """What axe finds, in short."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run().then((result) => result.violations.map((v) => v.id))")
        return [str(name) for name in found]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network."""
    context = browser.new_context(offline=True, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_an_organizer_reads_the_names_without_network(page: Page, sample: Path) -> None:
    opener = Opener(page)
    opener.open(sample)
    expect(page.locator("#result-title")).to_be_focused()
    totals = page.locator("#totals-foot td").all_text_contents()
    # 24 signers and an impostor; one withdrew, two records are damaged, nine names and the impostor's are left.
    assert totals == ["12", "10", "22"]
    assert page.locator("#names-body tr").count() == 10
    assert page.locator("#problems-body tr").count() == 2
    assert opener.requests == [page.url]
    assert opener.complaints == []


def test_each_row_says_how_it_was_verified(page: Page, sample: Path) -> None:
    Opener(page).open(sample)
    rows = page.locator("#names-body tr")
    impostor = rows.filter(has_text="Impostor")
    expect(impostor).to_contain_text("not verified: the proof belongs to another signature")
    expect(rows.filter(has_text="worker0@example.com")).to_have_count(2)
    for row in rows.filter(has_text="worker0@example.com").all():
        expect(row).to_contain_text("The same address stands in another row too.")
    expect(rows.filter(has_text="employment verified, name self-typed").first).to_be_visible()


def test_a_name_is_never_markup(page: Page, sample: Path) -> None:
    Opener(page).open(sample)
    expect(page.locator("#names-body th").filter(has_text="<b>Chen Wei</b>").first).to_be_visible()
    assert page.locator("#names-body b").count() == 0


def test_page_and_command_write_the_same_list(page: Page, sample: Path, tmp_path: Path) -> None:
    Opener(page, "es").open(sample)
    with page.expect_download() as download:
        page.click("#csv")
    by_command = tmp_path / "list.csv"
    command = [sys.executable, "-m", "organizing.disclosure.opener", "--language", "es"]
    files = [str(sample / "export.bin"), str(sample / "key.json"), "--csv", str(by_command)]
    # 3: opened, with something in it that could not be used.
    done = subprocess.run(
        [*command, *files], cwd=ROOT, input=PASSPHRASE, text=True, timeout=60, check=False
    )
    assert done.returncode == 3
    assert Path(download.value.path()).read_bytes() == by_command.read_bytes()


def test_what_is_wrong_is_said_and_can_be_mended(page: Page, sample: Path, tmp_path: Path) -> None:
    opener = Opener(page)
    status = page.locator("#status")
    page.click("#open")
    expect(status).to_have_text("Choose the export first.")
    expect(page.locator("#export-file")).to_be_focused()
    opener.fill(sample / "export.bin", sample / "key.json", "wrong")
    expect(status).to_contain_text("This passphrase does not open the key file.", timeout=30_000)
    expect(page.locator("#passphrase")).to_be_focused()
    opener.fill(sample / "key.json", sample / "key.json")
    expect(status).to_contain_text("This is not an export of Roundrobin.", timeout=30_000)
    cut = tmp_path / "cut.bin"
    cut.write_bytes((sample / "export.bin").read_bytes()[:-4000])
    opener.fill(cut, sample / "key.json")
    expect(page.locator("#file-problems")).to_contain_text("cut short", timeout=30_000)
    opener.open(sample)
    expect(page.locator("#file-problems")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_everybody_can_use_it(page: Page, sample: Path, language: str) -> None:
    opener = Opener(page, language)
    opener.open(sample)
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert opener.violations() == []
