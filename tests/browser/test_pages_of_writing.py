"""Every page of writing, publishing and ending, under axe-core: on a phone and at a desk, light and dark, both ways."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver
from playwright.sync_api import Browser, Page

from organizing.drafting import urls as drafting
from organizing.publishing import drafting_urls, gate_urls, news_urls, public_urls
from tests.browser import publishing_gallery as publishing
from tests.browser import writing_gallery as writing
from tests.browser.exhibition import open_exhibition
from tests.browser.window import by_tab
from tests.browser.writing_gallery import Gallery, Shown

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
STICKS_OUT = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
ASK = """async (options) => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target + " " + node.failureSummary)}`);
}"""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
STEPS = (
    *(writing.show_beginning, writing.show_desk, writing.show_talk, writing.show_history),
    *(writing.show_languages, writing.show_people, writing.show_review),
    *(publishing.show_gate, publishing.show_news, publishing.show_ends),
)
ROUTES = (drafting, drafting_urls, gate_urls, news_urls, public_urls)


def walk(language: str) -> Gallery:
    """Through everything that is written from an empty draft to an archived petition."""
    gallery = Gallery(language)
    room = writing.set_up(gallery)
    for step in STEPS:
        step(room)
    return gallery


def addresses() -> set[str]:
    found: list[URLPattern | URLResolver] = [each for r in ROUTES for each in r.urlpatterns]
    return {each.name or "nameless" for each in found if isinstance(each, URLPattern)}


def looked_at(
    page: Page, number: int, shown: Shown, sizes: list[Any], *, dark: bool, closely: bool
) -> list[str]:
    """What is wrong with a page: by all rules at the first size, its colours in the dark, its width at every size."""
    page.set_viewport_size(sizes[0])
    page.goto(f"/shown/{number}/")
    found = list(page.evaluate(ASK, {})) if closely else []
    if dark:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"dark: {each}" for each in page.evaluate(ASK, COLOURS)]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for size in sizes:
        page.set_viewport_size(size)
        if (out := page.evaluate(STICKS_OUT)) > 0:
            found.append(f"sticks out by {out} at {size['width']}")
    return [f"{shown.key}: {each}" for each in found]


@pytest.mark.parametrize(
    ("language", "sizes"), [("en", [PHONE, DESK, NARROW]), ("ar", [DESK, PHONE, NARROW])]
)
def test_every_page_is_looked_at(browser: Browser, language: str, sizes: list[Any]) -> None:
    gallery = walk(language)
    assert addresses() - gallery.asked == set()
    troubles: list[str] = []
    pages = gallery.distinct()
    with open_exhibition(pages) as origin:
        context = browser.new_context(base_url=origin, reduced_motion="reduce", has_touch=True)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        walked = set[str]()
        for number, shown in enumerate(pages):
            direction = '<html lang="ar" dir="rtl">' if language == "ar" else 'dir="ltr">'
            assert direction in shown.html or shown.name.startswith("petition"), shown.key
            # Every state of a page by all rules in one language, with the keyboard once; in the other, one state.
            source, first = language == "en", shown.name not in walked
            troubles += looked_at(page, number, shown, sizes, dark=source, closely=source or first)
            if source and first:
                troubles += [f"{shown.key}: {each}" for each in by_tab(page)]
            walked.add(shown.name)
        context.close()
    assert not troubles, "\n".join(troubles)
