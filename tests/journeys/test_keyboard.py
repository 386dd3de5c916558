"""A worker who uses no mouse and no finger: Tab, Shift+Tab, Enter, Space and typing alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.signer import Petition, Signer

_FARTHEST = 60
_IS_HERE = (
    "(element) => element === document.activeElement || element.contains(document.activeElement)"
)
# Whatever marks the focus: an outline, a shadow or a border that is not there without it.
_MARKED = """() => {
  const element = document.activeElement;
  const look = (one) => { const s = getComputedStyle(one);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join(); };
  const around = [element, element.closest('label'), element.nextElementSibling].filter(Boolean);
  const focused = around.map(look).join(';');
  element.blur();
  const bare = around.map(look).join(';');
  element.focus();
  return focused !== bare;
}"""


class Keyboard:
    """Moves the focus and presses keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        """Tabs until the focus is on something that can be seen there."""
        target = self.page.locator(selector)
        expect(target).to_be_visible()
        for _step in range(_FARTHEST):
            if target.evaluate(_IS_HERE):
                break
            self.page.keyboard.press("Tab")
        assert target.evaluate(_IS_HERE), f"Tab does not reach {selector}"
        assert self.page.evaluate(_MARKED), f"nothing marks the focus on {selector}"
        expect(target).to_be_in_viewport()

    def press(self, selector: str, key: str = "Enter") -> None:
        """Reaches something and presses a key there."""
        self.reach(selector)
        self.page.keyboard.press(key)

    def heading_has_focus(self, step: str) -> None:
        """After each step a screen reader starts at its heading."""
        expect(self.page.locator(f'[data-step="{step}"] h2')).to_be_focused()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_worker_signs_and_withdraws_with_the_keyboard_alone(
    embedded_petition: Petition, visit: Visit, language: str
) -> None:
    petition, before = embedded_petition, embedded_petition.held()
    visitor = visit(petition.stack, has_touch=False, is_mobile=False)
    page, keys = visitor.page, Keyboard(visitor.page)
    Signer(visitor, petition).open(petition.link(language))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    keys.press('[data-step="read"] [data-go="learn"]')
    keys.heading_has_focus("learn")
    keys.press('[data-step="learn"] [data-go="device"]', "Space")
    keys.heading_has_focus("device")
    keys.press('[data-device="own"]')
    keys.heading_has_focus("proof")
    keys.reach("#paper-code")
    page.keyboard.type(petition.new_code().replace("-", ""))
    page.keyboard.press("Enter")
    keys.heading_has_focus("audience")
    keys.reach('input[name="audience"][value=""]')
    page.keyboard.press("ArrowDown")
    keys.reach("#name")
    page.keyboard.type("Kim Ito")
    keys.press('#audience-form [type="submit"]')
    keys.heading_has_focus("sign")
    keys.press('[data-do="sign"]')
    keys.heading_has_focus("done")
    keys.press('[data-do="show-words"]', "Space")
    words = " ".join(page.locator(".words li").all_inner_texts())
    keys.press('[data-do="kept-words"]')
    (new,) = petition.new_since(before)
    assert new["named"]["name"] == "Kim Ito"
    keys.press('[data-words="gone"] a')
    keys.reach("#words")
    page.keyboard.type(words)
    keys.press('#words-form [type="submit"]')
    keys.press('.actions[data-standing="held"] [data-go="withdraw"]')
    keys.heading_has_focus("withdraw")
    keys.press('[data-step="withdraw"] [data-do="withdraw"]')
    expect(page.locator('.notice[data-standing="withdrawn"]')).to_be_visible()
    assert petition.held()[new["id"]]["withdrawn"]
