"""Figures are released once a week and kept; nothing that happens to units or clocks takes them back."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest

from organizing.signing.models import WeeksTaken
from organizing.tracking import releasing, selectors, services, shapes, tasks
from organizing.tracking.models import Act, Kind, Released
from organizing.units.models import Unit
from tests import factories
from tests.at_once import at_once
from tests.tracking import support
from tests.tracking.support import FIRST, NOBODYS

WEEK = timedelta(days=7)


def with_weeks(weeks: int = 3) -> tuple[support.Workplace, Act]:
    """Three sites that grow by 20, 30 and 40 a week."""
    work = support.workplace()
    for name in ("North", "South", "West"):
        work.unit(name, 400)
    act = work.petition(work.sites)
    for week in range(weeks):
        support.count_week(act, week, step(work))
    return work, act


def step(work: support.Workplace) -> dict[bytes, int]:
    sizes = {bytes(unit.key): 20 + 10 * number for number, unit in enumerate(work.sites)}
    return {NOBODYS: 15, **sizes}


def shown(act: Act, weeks: int) -> dict[str, int | None]:
    found = selectors.figures(act, now=support.end(weeks))
    return {unit.name: unit.signers for unit in found.units}


@pytest.mark.django_db
def test_only_weeks_that_are_over_are_released() -> None:
    _work, act = with_weeks(3)
    releasing.release_weeks(act_id=act.id, now=support.moment(2))
    assert Released.objects.get().through == FIRST + WEEK
    assert shown(act, 3) == {"North": 40, "South": 60, "West": 80}


@pytest.mark.django_db
def test_no_week_before_its_first_stands_among_the_weeks_of_an_act() -> None:
    _work, act = with_weeks(1)
    assert releasing.acts_due(support.moment(0)) == []
    assert not releasing.release_weeks(act_id=act.id, now=support.moment(0))
    assert releasing.acts_due(support.end(1)) == [act.id]
    assert releasing.release_weeks(act_id=act.id, now=support.end(1))
    found = selectors.figures(act, now=support.end(1))
    assert found.weeks == (FIRST,)
    assert found.total.change == found.total.signers == 105


@pytest.mark.django_db
def test_doing_it_again_changes_nothing() -> None:
    _work, act = with_weeks(3)
    assert releasing.release_weeks(act_id=act.id, now=support.end(3))
    before = Released.objects.values().get()
    assert not releasing.release_weeks(act_id=act.id, now=support.end(3))
    assert Released.objects.values().get() == before


@pytest.mark.django_db
def test_what_is_stopped_half_way_takes_no_week_and_is_done_by_the_next() -> None:
    _work, act = with_weeks(3)
    stopped = mock.patch.object(Released, "save", side_effect=KeyboardInterrupt)
    with stopped, pytest.raises(KeyboardInterrupt):
        releasing.release_weeks(act_id=act.id, now=support.end(3))
    assert not WeeksTaken.objects.filter(through__isnull=False).exists()
    assert releasing.acts_due(support.end(3)) == [act.id]
    releasing.release_weeks(act_id=act.id, now=support.end(3))
    assert releasing.acts_due(support.end(3)) == []
    assert shown(act, 3)["West"] == 120


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_release_a_week_once() -> None:
    _work, act = with_weeks(3)
    done = at_once(
        [lambda: releasing.release_weeks(act_id=act.id, now=support.end(3)) for _ in range(3)]
    )
    assert sorted(map(bool, done)) == [False, False, True]
    assert shown(act, 3) == {"North": 60, "South": 90, "West": 120}


@pytest.mark.django_db
def test_figures_of_a_week_are_the_same_whenever_they_are_made() -> None:
    _work, act = with_weeks(6)
    for week in range(1, 7):
        releasing.release_weeks(act_id=act.id, now=support.end(week))
    one_by_one = Released.objects.get().signed
    Released.objects.all().delete()
    releasing.release_weeks(act_id=act.id, now=support.end(6))
    assert {u: sorted(b) for u, b in Released.objects.get().signed.items()} == one_by_one


@pytest.mark.django_db
def test_a_batch_that_a_clock_puts_into_the_past_is_shown_in_the_next_week() -> None:
    work, act = with_weeks(3)
    releasing.release_weeks(act_id=act.id, now=support.end(3))
    support.count_week(act, 0, step(work))
    assert shown(act, 3)["West"] == 120
    releasing.release_weeks(act_id=act.id, now=support.end(4))
    assert shown(act, 4)["West"] == 160


@pytest.mark.django_db
def test_a_clock_that_was_a_year_ahead_costs_no_year() -> None:
    work, act = with_weeks(3)
    releasing.release_weeks(act_id=act.id, now=support.end(55))
    assert releasing.acts_due(support.end(3)) == [act.id]
    releasing.release_weeks(act_id=act.id, now=support.end(3))
    assert releasing.acts_due(support.end(3)) == []
    support.count_week(act, 3, step(work))
    releasing.release_weeks(act_id=act.id, now=support.end(4))
    assert shown(act, 4) == {"North": 80, "South": 120, "West": 160}


@pytest.mark.django_db
def test_a_clock_set_back_opens_no_week_that_was_shown() -> None:
    _work, act = with_weeks(3)
    releasing.release_weeks(act_id=act.id, now=support.end(3))
    before = Released.objects.values().get()
    releasing.release_weeks(act_id=act.id, now=support.end(2))
    assert Released.objects.values().get() == before
    assert WeeksTaken.objects.get().through == FIRST + WEEK * 2


@pytest.mark.django_db
def test_merged_units_are_shown_together_from_then_on() -> None:
    work, act = with_weeks(3)
    releasing.release_weeks(act_id=act.id, now=support.end(3))
    north, south, _west = work.sites
    Unit.objects.filter(id=north.id).update(gone=True, counted_under=south)
    assert shown(act, 3) == {"South": 150, "West": 120}
    support.count_week(act, 3, step(work))
    releasing.release_weeks(act_id=act.id, now=support.end(4))
    assert shown(act, 4) == {"South": 200, "West": 160}


@pytest.mark.django_db
def test_a_part_merged_into_the_unit_above_it_is_not_counted_twice() -> None:
    work, _act = with_weeks(0)
    parts = [work.unit(name, 200, work.sites[0]) for name in ("Day", "Night")]
    act = services.add_act(campaign=work.campaign, kind=Kind.CARD, day=FIRST, name="Cards")
    keys = [bytes(part.key).hex() for part in parts]
    north = bytes(work.sites[0].key).hex()
    Released.objects.create(
        act=act,
        k=10,
        first=FIRST,
        through=FIRST,
        tree={north: "", keys[0]: north, keys[1]: north},
        signed={north: [[0, 0, 50]], keys[0]: [[0, 0, 30]], keys[1]: [[0, 0, 20]]},
    )
    Unit.objects.filter(id=parts[0].id).update(gone=True, counted_under=work.sites[0])
    assert shown(act, 1)["North"] == 50


@pytest.mark.django_db
def test_a_unit_that_moves_keeps_its_figures_and_the_one_that_it_left_shows_no_share() -> None:
    work, _act = with_weeks(0)
    day, night = (work.unit(name, 150, work.sites[0]) for name in ("Day", "Night"))
    act = work.petition([day, night, *work.sites[1:]])
    sizes = {bytes(u.key): 25 for u in (day, night, *work.sites[1:])}
    support.count_week(act, 0, {NOBODYS: 12, **sizes})
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    Unit.objects.filter(id=night.id).update(parent=work.sites[1])
    found = {u.name: u for u in selectors.figures(act, now=support.end(1)).units}
    assert (found["North"].signers, found["North"].coverage) == (50, None)
    assert (found["South"].signers, found["South"].coverage) == (25, 25 / 400)
    assert found["Night"].signers == 25


@pytest.mark.django_db
def test_the_parent_of_a_unit_never_changes_for_an_act() -> None:
    work, act = with_weeks(1)
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    before = Released.objects.get().tree
    Unit.objects.filter(id=work.sites[0].id).update(parent=work.sites[1])
    work.unit("Yard", 90, work.sites[1])
    releasing.release_weeks(act_id=act.id, now=support.end(2))
    after = Released.objects.get().tree
    assert {unit: after[unit] for unit in before} == before
    assert len(after) == len(before) + 1


@pytest.mark.django_db
def test_nobody_hides_where_nobody_can_be() -> None:
    work = support.workplace()
    small = work.unit("Gatehouse", 12)
    act = work.petition([work.unit("North", 300)])
    support.count_week(act, 0, {NOBODYS: 12, bytes(work.sites[1].key): 30})
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    assert shown(act, 1) == {"Gatehouse": None, "North": 30}
    found = selectors.figures(act, now=support.end(1)).units[0]
    assert found.unit_id == small.id
    assert not found.counted


@pytest.mark.django_db
def test_every_petition_that_can_be_signed_is_an_act() -> None:
    petition = factories.frozen()
    factories.draft(of=petition.campaign)
    tasks.release_due()
    tasks.release_due()
    assert [act.petition_id for act in selectors.acts(petition.campaign)] == [petition.id]


@pytest.mark.django_db
def test_a_unit_gone_before_an_act_saw_it_hangs_under_what_took_its_place() -> None:
    work = support.workplace()
    north, south = work.unit("North", 300), work.unit("South", 300)
    act = work.petition([north, south])
    Unit.objects.filter(id=north.id).update(gone=True, counted_under=south)
    support.count_week(act, 0, {NOBODYS: 12, bytes(north.key): 30, bytes(south.key): 20})
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    assert shown(act, 1) == {"South": 50}
    assert Released.objects.get().tree[bytes(north.key).hex()] == bytes(south.key).hex()
    assert shapes.NOBODYS in Released.objects.get().tree
