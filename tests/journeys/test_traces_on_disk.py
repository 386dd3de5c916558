"""What a browser leaves in the folder of its profile, for whoever gets the device later."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.conftest import QUIET_CHROMIUM
from tests.journeys.signer import Petition
from tests.journeys.test_without_javascript import words_on

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NAMED = {"#name": "Zebulon Quackenbush", "#job-title": "Wombatologist", "#site": "Gnomeville"}
# Chromium writes its storage to a file five seconds after it was changed.
WRITTEN_AFTER = 7_000


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def browsing(
    request: pytest.FixtureRequest, browser: Browser, profile: Path
) -> Iterator[BrowserContext]:
    """A browser with a profile on the disk, as a phone or a laptop has one."""
    kind = browser.browser_type
    context = kind.launch_persistent_context(
        profile,
        executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
        args=[*QUIET_CHROMIUM],
        java_script_enabled=getattr(request, "param", True),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield context
    context.close()


def found_in(profile: Path, texts: list[str]) -> list[tuple[str, str]]:
    """Which of the texts lie in which file, in either of the encodings that Chromium writes."""
    files = [(path, path.read_bytes()) for path in profile.rglob("*") if path.is_file()]
    return [
        (text, path.name)
        for path, data in files
        for text in texts
        if text.encode() in data or text.encode("utf-16-le") in data
    ]


@pytest.mark.parametrize("signs", [True, False], ids=["signed", "left halfway"])
def test_no_name_and_no_code_that_was_typed_is_left(
    embedded_petition: Petition, browsing: BrowserContext, profile: Path, signs: bool
) -> None:
    petition, page = embedded_petition, browsing.pages[0]
    code = petition.new_code()
    page.goto(petition.stack.origin + petition.link())
    for step in ('[data-go="learn"]', '[data-go="device"]', '[data-device="own"]'):
        page.locator(step).locator("visible=true").click()
    page.fill("#paper-code", code)
    page.wait_for_timeout(WRITTEN_AFTER)
    page.locator('#proof-form [type="submit"]').click()
    page.locator('input[name="audience"][value="organizers"]').check()
    for field, text in NAMED.items():
        page.fill(field, text)
    page.locator('#audience-form [type="submit"]').click()
    page.wait_for_timeout(WRITTEN_AFTER)
    if signs:
        page.locator('[data-do="sign"]').click()
        expect(page.locator('[data-step="done"]')).to_be_visible()
    browsing.close()
    # On a slow machine the code can be written while it is on its way to the site.
    typed = [*NAMED.values(), *([] if signs else [code, code.replace("-", "")])]
    assert found_in(profile, typed) == []
    assert found_in(profile, [petition.path()]), "this profile was not written at all"


def test_a_code_that_came_with_the_link_stays_in_the_history_as_the_page_says(
    embedded_petition: Petition, browsing: BrowserContext, profile: Path
) -> None:
    petition, page = embedded_petition, browsing.pages[0]
    code = petition.new_code()
    page.goto(petition.stack.origin + petition.link(code=code))
    for step in ('[data-go="learn"]', '[data-go="device"]'):
        page.locator(step).locator("visible=true").click()
    expect(page.locator('[data-step="device"]')).to_contain_text("this browser’s history has it")
    page.locator('[data-device="work"]').click()
    expect(page.locator('[data-step="stop"]')).to_contain_text("history may still have it")
    assert code not in page.url
    browsing.close()
    assert "History" in {name for _text, name in found_in(profile, [code])}


@pytest.mark.parametrize("browsing", [False], indirect=True, ids=["without JavaScript"])
def test_without_javascript_neither_words_nor_code_are_left(
    embedded_petition: Petition, browsing: BrowserContext, profile: Path
) -> None:
    petition, page = embedded_petition, browsing.pages[0]
    code = petition.new_code()
    page.goto(f"{petition.stack.origin}{petition.path()}plain/")
    page.locator('input[name="confirm"]').check()
    page.locator('main form [type="submit"]').click()
    words = words_on(page).split()
    page.fill("#code", code)
    page.locator("button.button--big").click()
    expect(page).to_have_url(re.compile("/plain/done/$"))
    page.locator('main a[href$="/plain/receipt/"]').click()
    page.fill("#words", " ".join(words))
    page.locator('button[value="check"]').click()
    expect(page).to_have_url(re.compile("/plain/receipt/held/$"))
    page.wait_for_timeout(WRITTEN_AFTER)
    browsing.close()
    three = [mark.join(words[3:6]) for mark in (" ", "+", "%20")]
    assert found_in(profile, [*three, code, code.replace("-", "")]) == []
    assert found_in(profile, ["/plain/done/"]), "this profile was not written at all"
