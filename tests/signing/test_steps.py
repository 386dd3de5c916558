"""What units gained and lost in each week: written with the batch that counts it, and never changed afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from organizing.crypto.derivation import NO_UNIT
from organizing.signing import selectors, steps
from organizing.signing.models import UnitStep, UnitTally
from tests import stage
from tests.at_once import at_once
from tests.factories import UNIT
from tests.signing.test_at_once import close
from tests.stage import Stage

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
OTHER = b"another unit yet"


@pytest.fixture
def here() -> Stage:
    return stage.opened()


def record(here: Stage, now: datetime = NOON, zone: str = "UTC", **changes: int) -> None:
    units = {"unit": UNIT, "other": OTHER, "none": NO_UNIT}
    steps.record(
        petition_id=here.petition.id,
        changes={units[name]: change for name, change in changes.items()},
        now=now,
        time_zone=zone,
    )


def kept(here: Stage) -> dict[date, dict[bytes, int]]:
    return selectors.unit_steps(here.petition.id, date.max)


@pytest.mark.django_db
def test_who_changes_unit_or_withdraws_is_taken_back_in_the_week_that_counts_it(
    here: Stage,
) -> None:
    signers = [here.signed() for _ in range(4)]
    now = here.flush(NOON)
    assert kept(here) == {MONDAY: {NO_UNIT: 4}}
    client, credential = signers[0]
    client.send(client.send_bytes(credential, version=2, unit=UNIT))
    signers[1][0].withdraw(2)
    for _ in range(3):
        here.signed()
    here.flush(now + WEEK)
    assert kept(here) == {MONDAY: {NO_UNIT: 4}, MONDAY + WEEK: {NO_UNIT: 1, UNIT: 1}}


@pytest.mark.django_db
def test_a_class_with_fewer_than_k_is_in_no_figure(here: Stage) -> None:
    for _ in range(2):
        here.signed()
    close(here)
    assert UnitTally.objects.get().total == 2
    assert kept(here) == {}


@pytest.mark.django_db
def test_who_leaves_a_class_that_becomes_small_is_taken_off_all_the_same(here: Stage) -> None:
    signers = [here.signed() for _ in range(3)]
    here.flush(NOON)
    for client, _credential in signers[:2]:
        client.withdraw(2)
    close(here)
    assert sum(step.get(NO_UNIT, 0) for step in kept(here).values()) == 1


@pytest.mark.django_db
def test_several_batches_of_a_week_are_one_number(here: Stage) -> None:
    record(here, unit=5, other=3)
    record(here, NOON + timedelta(days=3), unit=-2)
    assert kept(here) == {MONDAY: {UNIT: 3, OTHER: 3}}
    assert UnitStep.objects.count() == 2


@pytest.mark.django_db
def test_what_did_not_change_is_not_written(here: Stage) -> None:
    record(here, unit=0, other=3)
    assert kept(here) == {MONDAY: {OTHER: 3}}


@pytest.mark.django_db
def test_a_week_begins_where_the_campaign_is(here: Stage) -> None:
    sunday_night = datetime(2026, 11, 29, 23, tzinfo=UTC)
    record(here, sunday_night, "Asia/Tokyo", unit=1)
    record(here, sunday_night, "America/Chicago", unit=1)
    assert set(kept(here)) == {MONDAY, MONDAY + WEEK}


@pytest.mark.django_db
def test_a_week_that_was_taken_never_changes_whatever_a_clock_says(here: Stage) -> None:
    record(here, unit=5)
    steps.take(petition_id=here.petition.id, through=MONDAY)
    record(here, NOON - timedelta(days=20), unit=4)
    record(here, NOON, other=2)
    assert kept(here) == {MONDAY: {UNIT: 5}, MONDAY + WEEK: {UNIT: 4, OTHER: 2}}


@pytest.mark.django_db
def test_taking_an_earlier_week_opens_nothing_again(here: Stage) -> None:
    steps.take(petition_id=here.petition.id, through=MONDAY)
    steps.take(petition_id=here.petition.id, through=MONDAY - WEEK)
    record(here, unit=4)
    assert set(kept(here)) == {MONDAY + WEEK}


@pytest.mark.django_db
def test_rows_lie_in_the_order_of_units_and_not_of_signatures(here: Stage) -> None:
    record(here, unit=3, none=2, other=4)
    found = [bytes(row.unit) for row in UnitStep.objects.order_by("id")]
    assert found == sorted(found)


@pytest.mark.django_db(transaction=True)
def test_batches_of_two_classes_at_once_lose_nothing(here: Stage) -> None:
    jobs = [lambda: record(here, unit=1, other=2) for _ in range(4)]
    at_once(jobs)
    assert kept(here) == {MONDAY: {UNIT: 4, OTHER: 8}}


@pytest.mark.django_db(transaction=True)
def test_a_batch_at_the_moment_in_which_its_week_is_taken_is_in_it_or_in_the_next(
    here: Stage,
) -> None:
    def take() -> None:
        steps.take(petition_id=here.petition.id, through=MONDAY)

    at_once([lambda: record(here, unit=1), take, lambda: record(here, unit=1)])
    found = kept(here)
    assert sum(step[UNIT] for step in found.values()) == 2
    assert set(found) <= {MONDAY, MONDAY + WEEK}
