"""The page with the log of exports, in a real browser: saving the file does not leave it, and the log follows."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from organizing.accounts.models import Role
from organizing.petitions.models import Petition
from tests import stage
from tests.accounts.people import enter, member

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_MS = 60_000


@pytest.mark.parametrize("script", [True, False])
def test_whoever_exports_stands_in_the_log_of_the_same_page(
    live_server: LiveServer, browser: Browser, script: bool
) -> None:
    here = stage.opened()
    campaign = Petition.objects.get(id=here.petition.id).campaign
    session = enter(member(campaign, "Heron", Role.ORGANIZER)).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(java_script_enabled=script, accept_downloads=True)
    cookie = {"name": session.key, "value": session.value, "url": live_server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own dict
    page = context.new_page()
    page.goto(live_server.url + reverse("workspace-export", args=[here.petition.id]))
    expect(page.get_by_text("Nobody has exported")).to_be_visible()
    expect(page.locator("noscript p")).to_have_count(0 if script else 1)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the export").click()
    assert saved.value.suggested_filename == "export.bin"
    if not script:
        page.reload()
    expect(page.locator(".ledger td").first).to_have_text("Heron", timeout=PATIENCE_MS)
    expect(page.get_by_text("Nobody has exported")).to_have_count(0)
    context.close()
