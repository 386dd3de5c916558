"""Two change one tree at the same moment: one waits for the other, and nothing is written twice."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from organizing.errors import NotFound
from organizing.units import changes, importing, regrouping, services
from organizing.units.models import HeadCount, Source, Unit
from organizing.units.planning import Plan
from organizing.units.problems import Faulty
from organizing.units.services import Named
from tests.at_once import at_once
from tests.units.trees import SMALL, TODAY, Yard, file_for, small

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_file_taken_over_twice_at_once_is_written_once() -> None:
    yard = Yard()
    draft = file_for(yard.campaign)
    digest = importing.dry_run(draft=draft, today=TODAY).digest

    def take() -> Plan | None:
        return importing.take_over(draft=draft, digest=digest, user=yard.user, today=TODAY)

    results = at_once([take] * 4, NotFound)
    assert sum(isinstance(one, Plan) for one in results) == 1
    assert (Unit.objects.count(), HeadCount.objects.count(), Source.objects.count()) == (6, 6, 1)


def test_two_readings_of_one_file_at_once_end_in_one_tree() -> None:
    yard = Yard()
    drafts = [file_for(yard.campaign, SMALL) for _ in range(3)]
    digest = importing.dry_run(draft=drafts[0], today=TODAY).digest

    def take(number: int) -> Plan | None:
        draft = drafts[number]
        return importing.take_over(draft=draft, digest=digest, user=yard.user, today=TODAY)

    results: list[Any] = at_once([partial(take, number) for number in range(3)])
    # The others are shown again: for them nothing is left to write.
    assert [one is None for one in sorted(results, key=lambda one: one is None)] == [
        False,
        True,
        True,
    ]
    assert Unit.objects.count() == 6
    assert len(changes.history(yard.campaign.id)) == 1


def test_one_code_given_twice_at_once_is_taken_once() -> None:
    yard = small()

    def add() -> Unit:
        named = Named("W", "West")
        return services.add_unit(
            campaign=yard.campaign, named=named, parent="", user=yard.user, today=TODAY
        )

    results = at_once([add] * 5, Faulty)
    assert sum(isinstance(one, Unit) for one in results) == 1


def test_two_units_merged_into_each_other_at_once_leave_one() -> None:
    yard = small()
    units = {code: yard.unit(code) for code in ("N-O", "S")}

    def merge(code: str, into: str) -> None:
        regrouping.merge_unit(unit=units[code], into=into, user=yard.user, today=TODAY)

    jobs = [lambda: merge("N-O", "S"), lambda: merge("S", "N-O")]
    results = at_once(jobs, Faulty)
    assert sum(isinstance(one, Faulty) for one in results) == 1
    assert Unit.objects.filter(gone=True).count() == 1
