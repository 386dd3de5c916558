"""What belongs together is not torn apart between two sheets of paper."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser

from tests.browser.window import Window

pytestmark = pytest.mark.browser
CONFLICT = """<fieldset class="conflict"><legend>Title</legend><div class="panel"><p>Theirs</p></div>
<div class="choices"><label class="choice"><input type="radio"><span>Both</span></label></div></fieldset>"""
BREAKS = """() => [".conflict", ".choices", ".choice"].map(
  (one) => getComputedStyle(document.querySelector(one)).breakInside)"""


def test_a_place_that_two_changed_stands_on_one_sheet_with_its_choices(browser: Browser) -> None:
    window = Window(browser)
    sheets = render_to_string("styles.html")
    window.show(f"<!doctype html><title>Merge</title>{sheets}<form>{CONFLICT}</form>")
    assert window.page.evaluate(BREAKS) == ["auto"] * 3
    window.page.emulate_media(media="print")
    assert window.page.evaluate(BREAKS) == ["avoid"] * 3
    window.context.close()
