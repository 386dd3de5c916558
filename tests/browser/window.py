"""A browser that is handed its pages, without a server: looked at by axe, measured, and gone through by keyboard."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from tests.journeys.visitor import NARROW, PHONE, Visitor

STATIC = Path(__file__).resolve().parents[2] / "organizing/static"
ORIGIN = "http://localhost:9"
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "is_mobile": False,
    "has_touch": False,
}
_LINK = re.compile('<link rel="stylesheet" href="/static/([^"]+)">')
_OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
_STICKS_OUT = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
# Everything that Tab has to come to; of radio buttons it is one for each group. Then it is noted where Tab comes to.
_LISTEN = """() => {
  const asked = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const able = (one) => !one.disabled && one.type !== "hidden" && one.checkVisibility();
  globalThis.due = [...document.querySelectorAll(asked)].filter(able);
  globalThis.come = new Set();
  globalThis.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    globalThis.come.add(target.type === "radio" ? `radio ${target.name}` : target);
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    if (outlineStyle === "none" || outlineWidth === "0px") globalThis.unseen.push(target.outerHTML);
  });
  // A day has three fields and a button of its own.
  return globalThis.due.length + 3 * globalThis.due.filter((one) => one.type === "date").length;
}"""
_MISSED = """() => globalThis.due
  .filter((one) => !globalThis.come.has(one.type === "radio" ? `radio ${one.name}` : one))
  .map((one) => one.outerHTML)"""


def by_tab(page: Page) -> list[str]:
    """What Tab does not come to on a page, and what is not seen to have the focus when it does."""
    for _place in range(page.evaluate(_LISTEN) + 1):
        page.keyboard.press("Tab")
    missed, unseen = page.evaluate(_MISSED), page.evaluate("() => globalThis.unseen")
    return [
        *(f"Tab misses {one}" for one in missed),
        *(f"no focus seen on {one}" for one in unseen),
    ]


@cache
def _sheet(path: str) -> str:
    return (STATIC / path).read_text()


class Window(Visitor):
    """On a phone, or on a desk where it is `wide`."""

    def __init__(self, browser: Browser, *, language: str = "en", wide: bool = False) -> None:
        super().__init__(browser, ORIGIN, locale=language, **(DESK if wide else {}))
        self._html = ""
        self.page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")

    def show(self, html: str, path: str = "/") -> None:
        """Opens a page as it was answered. Its sheets are put into it: asking for each costs more than all else."""
        self._html = _LINK.sub(lambda link: f"<style>{_sheet(link[1])}</style>", html)
        self.page.goto(ORIGIN + path)

    def look(self, where: str, *, closely: bool = True) -> None:
        """All of it, also what is folded; and nothing sticks out, however wide the page is."""
        self.page.evaluate(_OPEN)
        if closely:
            self.check_accessibility(where)
        own = self.page.viewport_size
        assert own is not None
        for width in {NARROW, PHONE["width"], 1280} - {own["width"]}:
            self.page.set_viewport_size({"width": width, "height": own["height"]})
            assert self.page.evaluate(_STICKS_OUT) <= 0, f"{where} at {width}"
        self.page.set_viewport_size(own)
        assert self.page.evaluate(_STICKS_OUT) <= 0, where

    def go_through(self, where: str) -> None:
        """Tab comes to all that can be used, and each is seen to have the focus."""
        assert by_tab(self.page) == [], where
