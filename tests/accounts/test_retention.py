"""What accounts erase by themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from organizing.accounts import services
from organizing.accounts.models import Invitation, Role
from organizing.safety import retention
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def apply(name: str, now: datetime) -> None:
    [rule] = [rule for rule in retention.rules() if rule.name == name]
    rule.apply(now)


def test_a_session_that_is_over_is_erased_and_another_is_not() -> None:
    for key, ends in (("over", NOW - timedelta(seconds=1)), ("open", NOW + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    apply("sessions", NOW)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_an_invitation_that_nobody_used_is_erased_after_its_seven_days() -> None:
    services.invite(campaign=factories.campaign(), role=Role.DRAFTER, today=NOW.date())
    apply("invitations", NOW + timedelta(days=7))
    assert Invitation.objects.count() == 1
    apply("invitations", NOW + timedelta(days=8))
    assert Invitation.objects.count() == 0
