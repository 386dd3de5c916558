"""A workplace with sites and weeks of signers, made without a signature: as fast as a few dozen rows."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from unittest import mock

from organizing.accounts.models import Campaign
from organizing.crypto.encoding import b64u
from organizing.petitions.models import Petition
from organizing.petitions.weeks import WEEK
from organizing.signing import steps
from organizing.signing.models import Batch, Tally
from organizing.tracking import releases, releasing, services
from organizing.tracking.models import Act
from organizing.units import boxes
from organizing.units.models import HeadCount, Source, Unit
from tests import factories
from tests.factories import Wanted

NOBODYS = bytes(16)
FIRST = date(2026, 9, 28)
Step = Mapping[bytes, int]


@dataclass
class Workplace:
    """A campaign with units. `sites` are its top units, in order."""

    campaign: Campaign
    sites: list[Unit] = field(default_factory=list)

    def unit(self, name: str, people: int | None, parent: Unit | None = None) -> Unit:
        """A unit, with a head-count as of long ago."""
        made = Unit.objects.create(
            campaign=self.campaign,
            parent=parent,
            name=name,
            code=f"{parent.code if parent else ''}{name}"[:60],
            kind="site" if parent is None else "department",
            position=Unit.objects.filter(campaign=self.campaign).count(),
        )
        if people is not None:
            self.count(made, people, FIRST - WEEK * 4)
        if parent is None:
            self.sites.append(made)
        return made

    def count(self, unit: Unit | None, people: int, as_of: date) -> None:
        """A head-count with a source."""
        source = Source(campaign=self.campaign)
        boxes.fill(source, {"text": "Staff list of the works council"})
        source.save()
        HeadCount.objects.create(
            campaign=self.campaign,
            unit=unit,
            people=people,
            as_of=as_of,
            entered_on=as_of,
            source=source,
        )

    def petition(self, offered: Sequence[Unit]) -> Act:
        """A petition that offers these units, and its act."""
        petition = factories.draft(Wanted(units=False), self.campaign)
        units = [{"id": b64u(bytes(unit.key)), "name": unit.name} for unit in offered]
        Petition.objects.filter(id=petition.id).update(units=units)
        petition.refresh_from_db()
        return services.act_of_petition(petition=petition, day=FIRST)


def workplace(k: int = 10) -> Workplace:
    """A campaign without units."""
    return Workplace(factories.campaign(Wanted(k=k)))


def fourteen(k: int = 10) -> Workplace:
    """Fourteen sites of 140 to 790 people."""
    found = workplace(k)
    for number in range(1, 15):
        found.unit(f"Site {number}", 90 + 50 * number)
    return found


def moment(week: int) -> datetime:
    """Noon on the Wednesday of a week, counted from 0."""
    return datetime.combine(FIRST + WEEK * week + timedelta(days=2), time(12), UTC)


def count_week(act: Act, week: int, step: Step, proof_class: int = 1) -> None:
    """What a batch of one class writes when it counts these changes in a week."""
    assert act.petition is not None
    now, total = moment(week), sum(step.values())
    steps.record(petition_id=act.petition.id, changes=step, now=now, time_zone="UTC")
    tally, _made = Tally.objects.get_or_create(
        petition=act.petition, proof_class=proof_class, defaults={"due_at": now}
    )
    tally.total, tally.batches, tally.due_at = tally.total + total, tally.batches + 1, now
    tally.save()
    Batch.objects.create(
        petition=act.petition,
        proof_class=proof_class,
        number=tally.batches,
        due_at=now,
        added=sum(max(0, n) for n in step.values()),
        total=tally.total,
    )


def generated(
    units: Sequence[Unit], weeks: int, signers: int, seed: int, quiet: int = 2
) -> list[Step]:
    """About so many signers over the weeks, in proportion to people; the last `quiet` units stop after two weeks."""
    chance = random.Random(seed)
    people = {bytes(u.key): u.head_counts.latest("as_of", "id").people for u in units}
    wish = {key: number * chance.uniform(0.5, 1.3) for key, number in people.items()}
    stops = {bytes(unit.key) for unit in units[len(units) - quiet :]}
    found: list[Step] = []
    for week in range(weeks):
        step = {NOBODYS: round(signers / weeks * 0.04 * chance.uniform(0.7, 1.3))}
        for key, part in wish.items():
            fair = 0.96 * signers / weeks * part / sum(wish.values()) * chance.uniform(0.7, 1.3)
            step[key] = 0 if week >= 2 and key in stops else round(fair)
        found.append(step)
    return found


def act_of_six_weeks(
    work: Workplace | None = None, *, weeks: int = 6, signers: int = 3000, seed: int = 1
) -> Act:
    """Fourteen sites, a petition, and its released figures: `act.campaign` has it all. Read it as of `end(weeks)`."""
    work = work or fourteen()
    act = work.petition(work.sites)
    for week, step in enumerate(generated(work.sites, weeks, signers, seed)):
        count_week(act, week, step)
    with mock.patch.object(releasing, "sometimes", releases.never):
        releasing.release_weeks(act_id=act.id, now=end(weeks))
    return Act.objects.select_related("campaign", "petition").get(id=act.id)


def end(weeks: int) -> datetime:
    """The Monday morning after so many weeks."""
    return datetime.combine(FIRST + WEEK * weeks, time(7), UTC)
