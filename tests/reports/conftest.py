"""A campaign with an act, whose figures are those made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Campaign, Role
from organizing.oversight import services as oversight
from organizing.safety.throttles import Throttle
from organizing.tracking import selectors
from organizing.tracking.figures import ActFigures
from organizing.tracking.models import Act
from organizing.tracking.services import act_of_petition
from tests import factories
from tests.accounts.people import enter, member
from tests.factories import Wanted
from tests.reports import samples

HARBOUR = samples.identity(2)
Query = dict[str, str] | None


@dataclass
class Desk:
    """What a reader has before them. `found` can be exchanged."""

    campaign: Campaign
    act: Act
    found: ActFigures
    client: Client

    def url(self, view: str, unit: UUID = HARBOUR) -> str:
        """The address of a view, by the end of its name; `""` is that of all acts."""
        if not view:
            return reverse("support", args=[self.campaign.id])
        more = [unit] if view == "unit" else []
        return reverse(f"support-{view}", args=[self.campaign.id, self.act.id, *more])

    def get(self, view: str, query: Query = None, *, unit: UUID = HARBOUR) -> Any:
        """The answer."""
        return self.client.get(self.url(view, unit), query or {})

    def page(self, view: str, query: Query = None, *, unit: UUID = HARBOUR) -> str:
        """The page, which must be there."""
        answer = self.get(view, query, unit=unit)
        assert answer.status_code == 200, answer.content[:500]
        return str(answer.content.decode())


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An organizer's; a representative's scope is obeyed as the real figures obey it."""
    campaign = factories.campaign(Wanted(k=samples.K))
    petition = factories.frozen(Wanted(k=samples.K), of=campaign)
    act = act_of_petition(petition=petition, day=samples.MONDAY)
    client = enter(member(campaign, "Heron", Role.ORGANIZER))
    made = Desk(campaign, act, replace(samples.act(), act_id=act.id), client)
    earlier = replace(samples.act(samples.SITES[:6], 2, "Card count"), act_id=UUID(int=2))

    def within(found: ActFigures, only: frozenset[UUID] | None) -> ActFigures:
        units = [u for u in found.units if only is None or {u.unit_id, u.parent_id} & only]
        seen = {unit.unit_id for unit in units}
        stalls = tuple(one for one in found.stalls if one in seen)
        return replace(found, units=tuple(units), stalls=stalls)

    def figures(_act: Act, *, now: datetime, only: frozenset[UUID] | None = None) -> ActFigures:
        return within(made.found, only)

    def lined_up(
        _campaign: Campaign, *, now: datetime, only: frozenset[UUID] | None = None
    ) -> list[ActFigures]:
        return [within(earlier, only), within(made.found, only)]

    # Readers of other tests had the same number, and read as much.
    monkeypatch.setattr(oversight, "HOURLY", Throttle(f"report {uuid4()}", oversight.HOURLY.limit))
    monkeypatch.setattr(selectors, "figures", figures)
    monkeypatch.setattr(selectors, "lined_up", lined_up)
    return made
