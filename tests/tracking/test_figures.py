"""What organizers and representatives see of an act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from organizing.counting import selectors as counting
from organizing.signing.models import UnitStep
from organizing.tracking import releasing, selectors, services, stalls
from organizing.tracking.figures import Unsaid
from organizing.tracking.models import Kind, Released
from tests.tracking import support
from tests.tracking.support import FIRST, NOBODYS

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_fourteen_sites_of_six_weeks_are_shown() -> None:
    act = support.act_of_six_weeks()
    found = selectors.figures(act, now=support.end(6))
    assert len(found.units) == 14
    assert len(found.weeks) == 6
    assert len([unit for unit in found.units if unit.signers]) >= 13
    assert act.petition
    independent = counting.counts(act.petition, support.end(6)).independent
    assert found.total.signers == independent.total
    below = sum(unit.signers or 0 for unit in found.units)
    assert 0.8 * (found.total.signers or 0) < below <= (found.total.signers or 0)


def test_every_number_is_at_most_what_was_counted() -> None:
    act = support.act_of_six_weeks(seed=5)
    counted: dict[bytes, int] = {}
    for row in UnitStep.objects.all():
        counted[bytes(row.unit)] = counted.get(bytes(row.unit), 0) + row.change
    keys = {unit.id: bytes(unit.key) for unit in act.campaign.units.all()}
    for unit in selectors.figures(act, now=support.end(6)).units:
        assert unit.unit_id
        assert (unit.signers or 0) <= counted[keys[unit.unit_id]]
        assert unit.signers is None or unit.signers >= 10


def test_units_that_stopped_are_the_stalls_biggest_first() -> None:
    act = support.act_of_six_weeks()
    found = selectors.figures(act, now=support.end(6))
    names = {unit.unit_id: unit.name for unit in found.units}
    assert [names[unit] for unit in found.stalls][:2] == ["Site 14", "Site 13"]


def test_a_representative_sees_their_units_and_the_total() -> None:
    work = support.fourteen()
    shift = work.unit("Night", 120, work.sites[0])
    act = support.act_of_six_weeks(work)
    everything = selectors.figures(act, now=support.end(6))
    mine = selectors.figures(act, now=support.end(6), only=frozenset({work.sites[0].id}))
    assert {unit.unit_id for unit in mine.units} == {work.sites[0].id, shift.id}
    assert mine.total == everything.total
    nothing = selectors.figures(act, now=support.end(6), only=frozenset())
    assert nothing.units == ()
    assert nothing.total == everything.total


def test_a_representative_learns_that_their_only_site_stalls() -> None:
    act = support.act_of_six_weeks()
    last = act.campaign.units.get(name="Site 14")
    mine = selectors.figures(act, now=support.end(6), only=frozenset({last.id}))
    assert [unit.name for unit in mine.units] == ["Site 14"]
    assert mine.stalls == (last.id,)


def test_a_unit_with_fewer_than_k_people_has_no_figure_and_no_head_count() -> None:
    work = support.workplace()
    for name, people in (("North", 300), ("South", 300), ("Gatehouse", 9)):
        work.unit(name, people)
    act = work.petition(work.sites)
    support.count_week(
        act,
        0,
        {NOBODYS: 12, **{bytes(u.key): 140 for u in work.sites[:2]}, bytes(work.sites[2].key): 14},
    )
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    found = {u.name: u for u in selectors.figures(act, now=support.end(1)).units}
    assert (found["Gatehouse"].signers, found["Gatehouse"].people) == (None, None)
    assert {found["North"].signers, found["South"].signers} == {140}


def test_a_new_head_count_never_rewrites_what_was_shown() -> None:
    act = support.act_of_six_weeks()
    before = Released.objects.values("signed", "tree").get()
    work = support.Workplace(act.campaign)
    for unit in act.campaign.units.all():
        work.count(unit, 30, FIRST + WEEK * 6)
    releasing.release_weeks(act_id=act.id, now=support.end(7))
    assert Released.objects.values("signed", "tree").get() == before
    for figure in selectors.figures(act, now=support.end(7)).units:
        assert figure.coverage is None or figure.coverage <= 20 / 30


def test_nothing_is_shown_of_a_unit_that_many_have_left_until_it_grows_again() -> None:
    work = support.workplace()
    for name in ("North", "South", "West"):
        work.unit(name, 400)
    north = bytes(work.sites[0].key)
    act = work.petition(work.sites)
    step = {NOBODYS: 15, **{bytes(unit.key): 40 for unit in work.sites}}
    support.count_week(act, 0, step)
    support.count_week(act, 1, {**step, north: -15})
    releasing.release_weeks(act_id=act.id, now=support.end(2))
    found = selectors.figures(act, now=support.end(2)).units[0]
    assert (found.signers, found.coverage, found.fallen, found.below) == (None, None, True, 31)
    for week in (2, 3):
        support.count_week(act, week, step)
        releasing.release_weeks(act_id=act.id, now=support.end(week + 1))
    found = selectors.figures(act, now=support.end(4)).units[0]
    assert not found.fallen
    assert found.signers == 40 - 15 + 40 + 40


def test_target_lines_are_passed_or_not_known_to_be() -> None:
    act = support.act_of_six_weeks()
    for name in ("cac-10", "half-50"):
        services.add_preset(campaign=act.campaign, name=name)
    found = selectors.figures(act, now=support.end(6))
    assert [line.share for line in found.total.lines] == [10, 50]
    assert [line.passed for line in found.total.lines] == [True, False]
    assert found.total.lines[0].unsaid is Unsaid.PASSED
    assert found.total.lines[1].projected is not None
    assert {line.passed for unit in found.units for line in unit.lines} <= {True, None}


def test_a_lower_bound_is_not_carried_on() -> None:
    act = support.act_of_six_weeks()
    services.add_preset(campaign=act.campaign, name="strong-65")
    found = selectors.figures(act, now=support.end(6))
    gaps = [u for u in found.units if u.blocks and u.blocks[0].first != FIRST and u.coverage]
    assert all(u.lines[0].projected is None for u in gaps)


def test_acts_are_lined_up_over_time() -> None:
    act = support.act_of_six_weeks()
    cards = services.add_act(
        campaign=act.campaign, kind=Kind.CARD, day=date(2026, 12, 1), name="Cards, winter"
    )
    found = selectors.lined_up(act.campaign, now=support.end(6))
    assert [figures.act_id for figures in found] == [act.id, cards.id]
    assert [figures.name for figures in found] == ["Stop the recording", "Cards, winter"]
    assert found[1].total.signers is None


def test_an_act_without_figures_shows_nothing_and_no_error() -> None:
    work = support.fourteen()
    act = work.petition(work.sites)
    found = selectors.figures(act, now=support.end(1))
    assert found.weeks == found.stalls == ()
    assert found.total.signers is None
    assert len(found.units) == 14


def test_a_change_is_shown_only_of_the_last_complete_week() -> None:
    act = support.act_of_six_weeks()
    found = selectors.figures(act, now=support.end(6))
    assert found.total.change == found.total.blocks[-1].added
    for unit in found.units:
        whole = unit.blocks and unit.blocks[-1].first == unit.blocks[-1].last == found.weeks[-1]
        assert unit.change == (unit.blocks[-1].added if whole else None)


def test_stalls_come_by_size_class_and_in_it_by_coverage() -> None:
    act = support.act_of_six_weeks(signers=1500)
    found = selectors.figures(act, now=support.end(6))
    ranks = [stalls._rank(unit) for unit in found.units if unit.unit_id in found.stalls]
    ordered = {unit.unit_id: stalls._rank(unit) for unit in found.units}
    assert [ordered[unit] for unit in found.stalls] == sorted(ranks)


def test_until_a_whole_week_is_over_every_figure_names_the_monday_on_which_it_comes() -> None:
    work = support.fourteen()
    act = work.petition(work.sites)
    found = selectors.figures(act, now=support.end(0))
    first = FIRST + WEEK
    assert {found.first_on, found.total.first_on, *(u.first_on for u in found.units)} == {first}
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    assert selectors.figures(act, now=support.end(1)).first_on is None
