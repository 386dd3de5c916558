"""A passkey, with an authenticator that Chromium plays: added after sign-up, and used to sign in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.accounts.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser on a device that keeps passkeys, at a site that is reached by a name."""
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    yield page
    context.close()


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.fill("#id_username", "Heron")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def test_a_passkey_is_added_after_sign_up_and_signs_in_alone(page: Page) -> None:
    sign_up(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.check("#id_passwordless")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("#recovery_codes li")).to_have_count(10)
    page.get_by_role("link", name="I have them, go on").click()
    expect(page).to_have_url("/workspace/")
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).get().last_used_at is None

    page.get_by_role("button", name="Sign out").click()
    page.goto("/workspace/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url("/workspace/")


def test_a_passkey_that_was_not_made_is_said_so_on_the_page(page: Page) -> None:
    sign_up(page)
    # To the end of loading: whoever presses before the page's module is there has to press again.
    with page.expect_navigation():
        page.get_by_role("link", name="Add a passkey").click()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("#passkey-error")).to_be_visible()
    assert not Authenticator.objects.exists()
