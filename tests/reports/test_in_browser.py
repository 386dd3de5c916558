"""The views in a real browser: fourteen sites are on one screen, and pictures run with the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.window import Window
from tests.reports.conftest import Desk

SCREEN = {"width": 1280, "height": 800}

pytestmark = pytest.mark.browser


class Reader(Window):
    """Reads pages that Django's test client got."""

    def __init__(self, browser: Browser, desk: Desk, language: str) -> None:
        super().__init__(browser, language=language)
        self.desk, self.language = desk, language

    def open(self, view: str) -> None:
        """Opens a view in the reader's language."""
        url = self.desk.url(view)
        answer = self.desk.client.get(url, headers={"accept-language": self.language})
        self.show(answer.content.decode(), url)


@pytest.fixture(params=["en", "ar"])
def reader(browser: Browser, desk: Desk, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody with a phone."""
    opened = Reader(browser, desk, request.param)
    yield opened
    assert not opened.problems
    opened.context.close()


def test_fourteen_small_multiples_fit_on_one_screen(reader: Reader) -> None:
    reader.page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
    reader.open("sites")
    drawn = reader.page.locator(".plot--small")
    assert drawn.count() == 14
    box = reader.page.locator(".multiples").bounding_box()
    assert box is not None
    assert box["height"] <= SCREEN["height"]


def test_pictures_run_with_the_page(reader: Reader) -> None:
    """The first week stands where lines begin."""
    reader.open("unit")
    first = reader.page.locator(".plot--large .plot__rise").first.bounding_box()
    whole = reader.page.locator(".plot--large").bounding_box()
    assert first is not None
    assert whole is not None
    on_the_right = first["x"] > whole["x"] + whole["width"] / 2
    assert on_the_right == (reader.language == "ar")


def test_a_table_that_goes_on_past_the_edge_has_a_shadow_there_a_label_and_the_keyboard(
    reader: Reader,
) -> None:
    reader.open("act")
    table = reader.page.locator(".tablewrap:has([data-table=figures])")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    assert table.get_attribute("aria-label")
    assert "linear-gradient" in table.evaluate("one => getComputedStyle(one).backgroundImage")
    table.focus()
    reader.page.keyboard.press("ArrowLeft" if reader.language == "ar" else "ArrowRight")
    reader.page.wait_for_function(
        "() => document.querySelector('.tablewrap:has([data-table=figures])').scrollLeft !== 0"
    )


def test_the_name_of_an_act_stands_in_the_line_of_its_button(reader: Reader) -> None:
    """A button lays out what is in it side by side; a name in letters of its own stays in its sentence."""
    reader.open("")
    assert reader.page.locator("main a.button > *").count() == 1
    assert reader.page.locator("main a.button > span > bdi").count() == 1
