"""A campaign's day is that of its people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from organizing.accounts.days import day_in
from organizing.accounts.models import Role
from tests import factories
from tests.accounts.people import enter, member

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def test_the_day_is_that_of_the_workplace() -> None:
    campaign = factories.campaign()
    assert day_in(campaign, LATE) == date(2026, 11, 24)
    campaign.time_zone = "Pacific/Auckland"
    assert day_in(campaign, LATE) == date(2026, 11, 25)


def test_organizers_set_the_time_zone_and_a_form_without_it_keeps_it() -> None:
    campaign = factories.campaign()
    client = enter(member(campaign, "Robin", Role.ORGANIZER))
    url = reverse("workspace-settings", args=[campaign.id])
    form = {"name": "Recording", "employer_domains": "", "time_zone": "America/Los_Angeles"}
    assert client.post(url, form).status_code == 302
    del form["time_zone"]
    assert client.post(url, form).status_code == 302
    campaign.refresh_from_db()
    assert campaign.time_zone == "America/Los_Angeles"
    wrong = client.post(url, {**form, "time_zone": "Mars/Olympus"})
    assert b"Select a valid choice" in wrong.content
