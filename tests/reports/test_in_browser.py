"""The views in a real browser: fourteen sites are on one screen, and pictures run with the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from organizing.tracking.figures import Block, UnitFigure
from tests.browser.window import Window
from tests.reports import samples
from tests.reports.conftest import Desk

SCREEN = {"width": 1280, "height": 800}
# Words of a picture that lie on one another; and numbers that come within two of the sides of the box around them.
_TOUCHING = """() => [...document.querySelectorAll("svg.plot")].flatMap((plot) => {
  const words = [...plot.querySelectorAll("text")].map((one) => [one.textContent, one.getBBox()]);
  // A tenth of a line is empty, above and below: how much more depends on the machine's fonts.
  const above = ({ y, height }, other) => y + 0.9 * height <= other.y + 0.1 * other.height;
  const apart = (one, other) => one.x + one.width <= other.x || other.x + other.width <= one.x ||
    above(one, other) || above(other, one);
  const on = words.flatMap(([said, box], place) =>
    words.slice(place + 1).filter(([, other]) => !apart(box, other)).map(([next]) => `${said} on ${next}`));
  const boxes = [...plot.querySelectorAll("rect.plot__paper")].map((one) => one.getBBox());
  const inside = [...plot.querySelectorAll(".plot__inside")].map((one) => [one.textContent, one.getBBox()]);
  const out = inside.filter(([, { x, width }]) => !boxes.some((box) =>
    box.x + 2 <= x && x + width <= box.x + box.width - 2)).map(([said]) => `${said} at the edge`);
  return [...on, ...out];
})"""

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


def half_a_year(desk: Desk, weeks: int) -> None:
    """As many weeks as that, with paper in every one."""
    days = tuple(samples.MONDAY + timedelta(weeks=number) for number in range(weeks))
    signed = tuple(Block(day, day, 40 + number) for number, day in enumerate(days))
    paper = tuple(Block(day, day, 20 + number % 7) for number, day in enumerate(days))

    def longer(figure: UnitFigure) -> UnitFigure:
        return replace(figure, blocks=signed, paper_blocks=paper) if figure.blocks else figure

    units = tuple(longer(unit) for unit in desk.found.units)
    desk.found = replace(desk.found, weeks=days, total=longer(desk.found.total), units=units)


@pytest.mark.parametrize("weeks", [6, 18, 19])
def test_no_words_of_a_picture_lie_on_others_or_on_the_edge_of_their_box(
    reader: Reader, weeks: int
) -> None:
    if weeks != len(samples.WEEKS):
        half_a_year(reader.desk, weeks)
    for view in ("", "act", "sites", "unit"):
        reader.open(view)
        assert reader.page.evaluate(_TOUCHING) == [], view
    # Of eighteen weeks each has its number; of more, none that would touch its box.
    numbers = reader.page.locator(".plot--wide .plot__inside").count()
    assert numbers == {6: 1, 18: 18, 19: 0}[weeks]


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
