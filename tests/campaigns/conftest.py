"""A campaign, and who works in it."""

from __future__ import annotations

import pytest
from django.test import Client

from organizing.accounts.models import Campaign, Role
from tests import factories
from tests.accounts.people import enter, member
from tests.factories import Wanted


@pytest.fixture
def campaign(db: None) -> Campaign:
    """A campaign with batches of ten."""
    return factories.campaign(Wanted(k=10, epoch_seconds=86_400))


@pytest.fixture
def organizer(campaign: Campaign) -> Client:
    """Heron's browser."""
    return enter(member(campaign, "Heron", Role.ORGANIZER))


@pytest.fixture
def representative(campaign: Campaign) -> Client:
    """Kestrel's browser."""
    return enter(member(campaign, "Kestrel", Role.REPRESENTATIVE))


@pytest.fixture
def drafter(campaign: Campaign) -> Client:
    """Wren's browser."""
    return enter(member(campaign, "Wren", Role.DRAFTER))
