"""More signatures on paper than people: the page asks once whether that is right, and tells no hidden head-count."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Role
from organizing.tracking import services
from organizing.tracking.models import Act, Kind, PaperEntry
from organizing.units.models import Unit
from tests import factories
from tests.accounts.people import enter, member
from tests.oversight.cast import give
from tests.tracking import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> support.Workplace:
    return support.Workplace(factories.campaign())


@pytest.fixture
def act(work: support.Workplace) -> Act:
    today = timezone.now().date()
    return services.add_act(campaign=work.campaign, kind=Kind.CARD, day=today, name="Cards")


@pytest.fixture
def client(work: support.Workplace) -> Client:
    return enter(member(work.campaign, "Wren", Role.ORGANIZER))


def desk(act: Act) -> str:
    return reverse("tracking-paper", args=[act.campaign_id, act.id])


def sheet(unit: Unit | None, count: int) -> dict[str, Any]:
    day = timezone.now().date().isoformat()
    return {"unit": str(unit.id) if unit else "none", "count": count, "day": day}


@pytest.mark.parametrize(
    ("named", "people"),
    [(True, "1,260 people of “North”"), (False, "3,000 people of the whole workplace")],
)
def test_a_count_of_more_than_there_are_people_is_asked_about_once(
    client: Client, work: support.Workplace, act: Act, named: bool, people: str
) -> None:
    north = work.unit("North", 1260)
    work.count(None, 3000, support.FIRST)
    typed = sheet(north if named else None, 99999)
    asked = client.post(desk(act), typed).content.decode()
    assert f"This is more than the {people}" in asked
    assert 'name="right"' in asked
    assert 'value="99999"' in asked
    assert not PaperEntry.objects.exists()
    assert client.post(desk(act), {**typed, "right": "on"})["Location"] == desk(act)
    assert PaperEntry.objects.get().count == 99999


def test_nothing_is_asked_of_a_count_that_can_be(
    client: Client, work: support.Workplace, act: Act
) -> None:
    north = work.unit("North", 260)
    refused = client.post(desk(act), {**sheet(north, 260), "day": "1999-01-01"})
    for page in (client.get(desk(act)), refused):
        assert b'name="right"' not in page.content
    assert client.post(desk(act), sheet(north, 260)).status_code == 302


def test_no_question_tells_a_head_count_that_is_not_shown(
    work: support.Workplace, act: Act
) -> None:
    campaign: Campaign = work.campaign
    north = work.unit("North", campaign.k - 1)
    kite = member(campaign, "Kite", Role.REPRESENTATIVE)
    give(kite.user, campaign, north)
    answer = enter(kite).post(desk(act), sheet(north, campaign.k))
    assert answer.status_code == 302
