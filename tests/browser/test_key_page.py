"""The key page's script on a form of its documented kind: what it makes, and what leaves the browser."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from organizing.crypto import keyfiles, sealing
from organizing.crypto.encoding import unb64u

STATIC = Path(__file__).resolve().parents[2] / "organizing/static"
ORIGIN = "http://localhost:9"
PASSPHRASE = "correct horse battery"
MESSAGES = ("short", "differ", "understand", "working", "checking", "download", "ready", "failed")
# The names are a mistake that a template could make: the script takes them away.
FORM = f"""<!doctype html><title>Key</title>
<form id="key-form" method="post" data-audience="organizers" data-filename="my.key.json"
  {" ".join(f'data-message-{name}="{name}"' for name in MESSAGES)}
  data-message-fingerprint="print {{fingerprint}}">
<input id="passphrase" name="passphrase" type="password" required>
<input id="passphrase-again" name="again" type="password" required>
<input id="understood" type="checkbox">
<input type="hidden" name="public_key"><progress id="key-progress" hidden></progress>
<p id="key-status" role="status"></p><a id="key-download" download hidden>Download</a>
<button id="key-submit" disabled>Save</button></form>
<script type="module" src="/static/organizing/js/pages/keys.js"></script>"""

pytestmark = pytest.mark.browser


class Wire:
    """Serves the page without a server, and keeps all that the browser sends."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.posted: list[str] = []

    def answer(self, route: Route) -> None:
        """One request."""
        request = route.request
        self.sent.append(f"{request.url} {request.all_headers()} {request.post_data or ''}")
        path = request.url.removeprefix(ORIGIN)
        if request.method == "POST":
            self.posted.append(request.post_data or "")
            route.fulfill(body="saved")
        elif path.startswith("/static/"):
            route.fulfill(
                path=STATIC / path.removeprefix("/static/"), content_type="text/javascript"
            )
        else:
            route.fulfill(body=FORM, content_type="text/html")


@pytest.fixture
def wire() -> Wire:
    """What is sent."""
    return Wire()


@pytest.fixture
def page(browser: Browser, wire: Wire) -> Iterator[Page]:
    """The key page."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.route("**/*", wire.answer)
    page.goto(ORIGIN)
    yield page
    context.close()


def make_key(page: Page) -> str:
    """Makes a key and downloads its file; the text of the file."""
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#passphrase-again", PASSPHRASE)
    page.check("#understood")
    expect(page.locator("#key-download")).to_be_visible(timeout=60_000)
    expect(page.locator("#key-submit")).to_be_disabled()
    with page.expect_download() as download:
        page.click("#key-download")
    assert download.value.suggested_filename == "my.key.json"
    return Path(download.value.path()).read_text()


def test_the_file_opens_with_the_passphrase_and_holds_the_posted_key(
    page: Page, wire: Wire
) -> None:
    text = make_key(page)
    expect(page.locator("#key-status")).to_have_text("ready")
    page.click("#key-submit")
    expect(page.locator("body")).to_have_text("saved")
    posted = parse_qs(wire.posted[0])
    key = keyfiles.read_key_file(text.encode(), PASSPHRASE)
    assert (key.audience, key.public_key) == ("organizers", unb64u(posted["public_key"][0]))
    assert sealing.public_key_bytes(key.seed) == key.public_key


def test_nothing_secret_leaves_the_browser(page: Page, wire: Wire) -> None:
    text = make_key(page)
    page.click("#key-submit")
    expect(page.locator("body")).to_have_text("saved")
    seed = keyfiles.read_key_file(text.encode(), PASSPHRASE).seed
    everything = " ".join(wire.sent)
    forms = (base64.b64encode(seed), base64.urlsafe_b64encode(seed), seed.hex().encode())
    secrets = [form.decode().rstrip("=") for form in forms]
    secrets += [json.loads(text)["ciphertext"], PASSPHRASE, PASSPHRASE.replace(" ", "+")]
    assert [secret for secret in secrets if secret in everything] == []
    assert set(parse_qs(wire.posted[0])) <= {"public_key", "understood"}


def test_what_is_missing_is_said_before_a_key_is_made(page: Page) -> None:
    status = page.locator("#key-status")
    page.check("#understood")
    expect(status).to_have_text("short")
    page.fill("#passphrase", PASSPHRASE)
    page.fill("#passphrase-again", f"{PASSPHRASE}!")
    page.press("#passphrase-again", "Tab")
    expect(status).to_have_text("differ")
    expect(page.locator("#key-download")).to_be_hidden()


def test_the_fingerprint_is_that_of_the_public_key(page: Page) -> None:
    output = "Object.assign(document.createElement('output'), {id: 'key-fingerprint'})"
    page.evaluate(f"document.forms[0].append({output})")
    text = make_key(page)
    digest = hashlib.sha256(unb64u(json.loads(text)["public_key"])).hexdigest()
    expect(page.locator("#key-fingerprint")).to_have_text(f"print {digest}")
    groups = [digest[at : at + 4] for at in range(0, 64, 4)]
    expect(page.locator("#key-fingerprint span")).to_have_text(groups)


def test_the_form_is_not_posted_before_the_file_was_downloaded(page: Page, wire: Wire) -> None:
    page.evaluate("Object.assign(document.forms[0], {noValidate: true}).requestSubmit()")
    page.wait_for_timeout(200)
    assert wire.posted == []
