"""What a page costs: as many queries, and hardly more bytes, with a thousand units and a million signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizing.accounts.models import Campaign, Role
from organizing.tracking.models import Act, Kind, Released
from organizing.tracking.services import add_act
from organizing.units.models import Unit
from tests import factories
from tests.accounts.people import enter, member

pytestmark = pytest.mark.django_db
FIRST = date(2026, 6, 1)
WEEKS = 12
VIEWS = ("act", "sites", "rings", "weeks", "stalls")


def workplace(sites: int, parts: int, added: int) -> tuple[Campaign, Act]:
    """Sites with parts, of which every week `added` new signers were released."""
    campaign = factories.campaign()
    tops = [
        Unit(campaign=campaign, code=f"{s}", name=f"Site {s}", position=s) for s in range(sites)
    ]
    Unit.objects.bulk_create(tops)
    leaves = [
        Unit(
            campaign=campaign,
            code=f"{top.code}-{part}",
            name=f"Part {part}",
            parent=top,
            position=part,
        )
        for top in tops
        for part in range(parts)
    ]
    Unit.objects.bulk_create(leaves)
    act = add_act(campaign=campaign, kind=Kind.PETITION, day=FIRST, name="Stop the recording")
    blocks = [[week, week, added] for week in range(WEEKS)]
    keys = {unit.id: bytes(unit.key).hex() for unit in (*tops, *leaves)}
    Released.objects.update_or_create(
        act=act,
        defaults={
            "k": campaign.k,
            "first": FIRST,
            "through": FIRST + timedelta(weeks=WEEKS - 1),
            "tree": {
                keys[u.id]: keys[u.parent_id] if u.parent_id else "" for u in (*tops, *leaves)
            },
            "signed": dict.fromkeys(("", *keys.values()), blocks),
        },
    )
    return campaign, act


@dataclass(frozen=True)
class Cost:
    """Of one page."""

    queries: int
    size: int


def cost(client: Client, campaign: Campaign, act: Act, view: str) -> Cost:
    """What a view costs, once session and role are warm."""
    url = reverse(f"support-{view}", args=[campaign.id, act.id])
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return Cost(len(captured), len(answer.content))


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_costs_the_same_at_few_units_and_at_a_thousand(view: str) -> None:
    costs = []
    for sites, parts, added in ((20, 2, 10), (20, 50, 4_000)):
        campaign, act = workplace(sites, parts, added)
        client = enter(member(campaign, f"Reader of {parts}", Role.LEAD))
        costs.append(cost(client, campaign, act, view))
    few, many = costs
    assert few.queries == many.queries
    assert many.size < 1.1 * few.size
