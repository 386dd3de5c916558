"""The page of a campaign: where everything else is found."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Campaign
from tests import factories

pytestmark = pytest.mark.django_db


def test_beginning_a_petition_comes_first_where_there_is_none(
    campaign: Campaign, organizer: Client
) -> None:
    page = reverse("workspace-campaign", args=[campaign.id])
    empty = organizer.get(page).content.decode()
    assert empty.index("Begin a petition") < empty.index("Members and invitations")
    factories.draft(of=campaign)
    later = organizer.get(page).content.decode()
    assert later.index("Begin a petition") > later.index("Members and invitations")
    assert later.count("Begin a petition") == 1


def test_each_place_of_a_campaign_says_what_is_to_be_found_there(
    campaign: Campaign, organizer: Client
) -> None:
    shown = organizer.get(reverse("workspace-campaign", args=[campaign.id])).content.decode()
    shown = shown.partition("<h2>The campaign</h2>")[2]
    places = re.findall(r"<li><a href=[^>]+>[^<]+</a>(?:<p>([^<]+)</p>)?</li>", shown)
    assert len(places) == 10
    assert all(places)
