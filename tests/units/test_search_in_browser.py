"""The list of units on a signer's phone: searched, chosen, and named again before signing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.units.test_offering import WANTED, offer
from tests.units.trees import Yard

pytestmark = pytest.mark.django_db(transaction=True)
REVEAL = """() => {
  for (const step of document.querySelectorAll("[data-step]")) step.hidden = true;
  document.querySelector("[data-step=audience]").hidden = false;
}"""


def test_a_signer_searches_a_long_list(live_server: LiveServer, browser: Browser) -> None:
    yard = Yard()
    rows = "".join(
        f"s{s},Sitio {s},site,,600,2026-10-01,c\n"
        + "".join(f"s{s}d{n},Almacén {n},,s{s},50,2026-10-01,c\n" for n in range(8))
        for s in range(3)
    )
    assert yard.take(rows)
    yard.campaign.k = 10
    yard.campaign.save()
    petition = factories.draft(WANTED, of=yard.campaign)
    assert len(offer(yard, petition)) == 27
    petition = factories.freeze(petition)
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/p/{petition.private_id}/en/")
    search, unit = page.locator("#unit-filter"), page.locator("#unit")
    page.locator("[data-unit-filter]:not([hidden])").wait_for(state="attached")
    page.evaluate(REVEAL)
    assert unit.locator("option").count() == 28
    search.fill("almacen 7 sitio 2")
    assert unit.locator("option").all_inner_texts() == ["I would rather not say", "Almacén 7"]
    expect(page.locator("[data-unit-found]")).to_have_text("Found: 1. Choose in the list below.")
    search.fill("nowhere")
    expect(page.locator("[data-unit-found]")).to_contain_text("Nothing has this name.")
    search.fill("almacen 7 sitio 2")
    unit.select_option(label="Almacén 7")
    search.fill("sitio 1 almacen 3")
    assert unit.evaluate("one => one.selectedOptions[0].textContent") == "Almacén 7"
    assert unit.locator("option").count() == 3
    search.fill("")
    assert unit.locator("option").count() == 28
    assert unit.evaluate("one => one.selectedOptions[0].closest('optgroup').label") == "Sitio 2"
    context.close()
