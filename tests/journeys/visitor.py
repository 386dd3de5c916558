"""Somebody with a phone: a browser of their own, and everything that went over the wire."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, WebError

PHONE = {"width": 390, "height": 844}
NARROW = 320
PATIENCE = 30_000.0
_OWN_SCHEMES = ("data", "blob", "file")
# What the browser itself says of an answer that is not 200, or of none.
_NO_ANSWER = "Failed to load resource"
_AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
_ASK_AXE = """async (options) => {
  // Colours on their way from light to dark are not those that anybody reads.
  const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
  for (const one of moving) one.finish();
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  const tell = (node) => `${node.target}: ${node.failureSummary}`;
  return violations.map((one) => `${one.id}: ${one.nodes.map(tell).join("; ")}`);
}"""
_STICKS_OUT = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


class Visitor:
    """One browser context at the size of a phone. `look_through` says what must hold of all its pages."""

    def __init__(
        self, browser: Browser, origin: str, *, thorough: bool = True, **options: Any
    ) -> None:
        self.origin, self.thorough = origin, thorough
        self.private: tuple[str, ...] = ("/accounts/", "/workspace/", "/drafting/")
        self.problems: list[str] = []
        self.requests: list[Request] = []
        self.responses: list[Response] = []
        self.typed: set[str] = set()
        settings: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
        self.context = browser.new_context(base_url=origin, **(settings | options))
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._on_console)
        self.context.on("weberror", self._on_error)
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.page: Page = self.context.new_page()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_NO_ANSWER):
            self.problems.append(f"{message.text} ({message.location.get('url')})")

    def _on_error(self, error: WebError) -> None:
        self.problems.append(f"{error.error.message} {error.error.stack}")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request)

    def _on_response(self, response: Response) -> None:
        self.responses.append(response)

    def reopen(self, address: str) -> Page:
        """The tab is killed, and the address opened again in the same browser."""
        self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        self.page.goto(address)
        return self.page

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Looks again and again, while the browser goes on."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not is_so():
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(50)

    def type(self, selector: str, text: str) -> None:
        """Types something that must never show up in an address."""
        self.typed.add(text)
        self.page.fill(selector, text)

    def submit(self, selector: str) -> None:
        """Taps a button that leads to another page, and waits for that page."""
        with self.page.expect_navigation():
            self.page.locator(selector).tap()

    def check_accessibility(self, where: str = "") -> None:
        """No violation of axe-core's rules on the page as it stands; in the dark, no colour that is too faint."""
        if not self.thorough:
            return
        if not self.page.evaluate("() => Boolean(globalThis.axe)"):
            self.page.evaluate(_AXE.read_text())
        self._run_axe(where, {})
        self.page.emulate_media(color_scheme="dark")
        self._run_axe(f"dark: {where}", {"runOnly": ["color-contrast"]})
        self.page.emulate_media(color_scheme="light")

    def look(self, where: str) -> None:
        """The same, and nothing sticks out to the side, not even on the narrowest phone."""
        self.check_accessibility(where)
        self.page.set_viewport_size({"width": NARROW, "height": PHONE["height"]})
        assert self.page.evaluate(_STICKS_OUT) <= 0, f"{where} {self.page.url}"
        self.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})

    def _run_axe(self, where: str, options: dict[str, Any]) -> None:
        found = self.page.evaluate(_ASK_AXE, options)
        assert not found, f"{where} {self.page.url}: {found}"

    def look_through(self) -> None:
        """No error, nothing from elsewhere, no cookie of the public side, nothing typed in an address."""
        assert not self.problems, self.problems
        for request in self.requests:
            self._check_address(request.url)
        for response in self.responses:
            self._check_answer(response)

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.scheme in _OWN_SCHEMES or url.startswith(f"{self.origin}/"), url
        seen = unquote_plus(f"{parts.path}?{parts.query}").lower()
        assert not [text for text in self.typed if text.lower() in seen], url

    @property
    def has_account(self) -> bool:
        """Whether this browser was ever on the account side, where a cookie is due."""
        return any(urlsplit(request.url).path.startswith(self.private) for request in self.requests)

    def _check_answer(self, response: Response) -> None:
        path = urlsplit(response.url).path
        assert response.status != 500, response.url
        if path.startswith(self.private):
            return
        try:
            headers = response.all_headers()
        except Error:
            # The tab was killed before the answer came.
            return
        assert "set-cookie" not in headers, response.url
        if not self.has_account:
            assert "cookie" not in response.request.all_headers(), response.url
