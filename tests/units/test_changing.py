"""The tree changed by hand: renamed, moved, merged, split, with its history; old manifests still find their units."""

from __future__ import annotations

from datetime import date

import pytest

from organizing.errors import WrongState
from organizing.resealing import reseal_all
from organizing.units import changes, headcounts, presenting, regrouping, selectors, services
from organizing.units.headcounts import NewCount
from organizing.units.models import HeadCount, Kind
from organizing.units.problems import Faulty, Problem
from organizing.units.regrouping import Part, Split
from organizing.units.services import Named
from tests.units.trees import OCTOBER, TODAY, Yard, small

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 2)


def told(yard: Yard) -> list[str]:
    return [presenting.tell(line) for line in changes.history(yard.campaign.id)]


def merge(yard: Yard, code: str, into: str) -> None:
    regrouping.merge_unit(unit=yard.unit(code), into=into, user=yard.user, today=TODAY)


def count(yard: Yard, code: str, people: int, day: date) -> None:
    new = NewCount(yard.unit(code).id, people, day, "payroll")
    services.count_people(campaign=yard.campaign, count=new, user=yard.user, today=TODAY)


def problem(caught: pytest.ExceptionInfo[Faulty]) -> Problem:
    return caught.value.fault.problem


def test_a_new_head_count_never_rewrites_the_past() -> None:
    yard = small()
    count(yard, "S", 72, NOVEMBER)
    assert [yard.tree(day).by_code["S"].people for day in (OCTOBER, NOVEMBER, TODAY)] == [
        60,
        72,
        72,
    ]
    assert yard.tree(date(2026, 9, 30)).by_code["S"].people is None
    assert told(yard)[0] == "Head-count of “South” as of Nov. 2, 2026: 72. Source: payroll"
    assert [c.people for c in headcounts.of_unit(yard.campaign.id, yard.node("S").id)] == [72, 60]


def test_a_head_count_for_an_earlier_day_changes_no_day_that_was_told() -> None:
    yard = small()
    new = NewCount(yard.unit("S").id, 90, date(2026, 10, 15), "payroll")
    later = date(2026, 12, 1)
    services.count_people(campaign=yard.campaign, count=new, user=yard.user, today=later)
    days = (date(2026, 10, 20), TODAY, later)
    assert [yard.tree(day).by_code["S"].people for day in days] == [60, 60, 90]


def test_days_before_anything_was_entered_are_told_by_what_came_first() -> None:
    yard = small()
    assert yard.tree(date(2026, 10, 20)).by_code["S"].people == 60
    assert yard.tree(date(2026, 9, 30)).by_code["S"].people is None


def test_a_head_count_of_a_day_to_come_is_refused() -> None:
    with pytest.raises(Faulty) as caught:
        count(small(), "S", 72, date(2026, 11, 25))
    assert problem(caught) == Problem.DAY_AHEAD


def test_the_whole_campaign_has_a_head_count_of_its_own_where_one_was_entered() -> None:
    yard = small()
    new = NewCount(None, 320, NOVEMBER, "payroll")
    services.count_people(campaign=yard.campaign, count=new, user=yard.user, today=TODAY)
    assert (yard.tree().people, yard.tree().summed) == (320, False)
    assert (yard.tree(OCTOBER).people, yard.tree(OCTOBER).summed) == (300, True)


def test_a_sum_is_shown_only_where_every_part_has_a_head_count() -> None:
    yard = Yard()
    assert yard.take("A,A,site,,,,\nA1,A1,,A,10,2026-10-01,c\nA2,A2,,A,20,2026-09-01,c\n")
    node = yard.node("A")
    assert (node.people, node.people_as_of, node.summed) == (30, date(2026, 9, 1), True)
    assert yard.take("A3,A3,,A,,,\n")
    assert yard.node("A").people is None


def test_a_renamed_unit_keeps_its_key_and_its_head_counts() -> None:
    yard = small()
    before = yard.node("S")
    named = Named("SG", "South Gate", Kind.SITE)
    services.rename_unit(unit=yard.unit("S"), named=named, user=yard.user, today=TODAY)
    after = yard.node("SG")
    assert (after.key, after.people, after.name) == (before.key, 60, "South Gate")
    assert told(yard)[0] == "“South” is called “South Gate” now."
    assert changes.history(yard.campaign.id)[0].who == "Robin"


def test_a_taken_code_is_refused() -> None:
    yard = small()
    named = Named("N", "South", Kind.SITE)
    with pytest.raises(Faulty) as caught:
        services.rename_unit(unit=yard.unit("S"), named=named, user=yard.user, today=TODAY)
    assert problem(caught) == Problem.CODE_TAKEN


def test_a_unit_moves_with_all_under_it_but_never_under_itself() -> None:
    yard = small()
    services.move_unit(unit=yard.unit("N-W"), parent="S", user=yard.user, today=TODAY)
    assert yard.node("N-W-2").path == "South / Warehouse / Night"
    with pytest.raises(Faulty) as caught:
        services.move_unit(unit=yard.unit("S"), parent="N-W-2", user=yard.user, today=TODAY)
    assert problem(caught) == Problem.UNDER_ITSELF


def test_a_merged_unit_is_counted_under_the_other_with_its_people_and_parts() -> None:
    yard = small()
    gone = yard.node("N-W").key
    merge(yard, "N-W", "S")
    assert selectors.resolve(yard.campaign.id) == {gone: yard.node("S").key}
    assert yard.node("N-W-2").path == "South / Night"
    assert yard.node("S").people == 190
    assert yard.tree(OCTOBER).by_code["S"].people == 60
    assert "N-W" not in yard.tree().by_code
    assert told(yard)[0] == "“Warehouse” was merged into “South”."


def test_merging_into_the_unit_above_counts_nobody_twice() -> None:
    yard = small()
    merge(yard, "N-O", "N")
    assert yard.node("N").people == 240


def test_a_chain_of_merges_ends_where_the_last_one_went() -> None:
    yard = small()
    keys = {code: yard.node(code).key for code in ("N-W-1", "N-W-2", "S")}
    merge(yard, "N-W-1", "N-W-2")
    merge(yard, "N-W-2", "S")
    merge(yard, "S", "")
    none = selectors.NO_UNIT
    assert selectors.resolve(yard.campaign.id) == dict.fromkeys(keys.values(), none)


def test_a_unit_is_not_merged_into_itself_nor_under_itself() -> None:
    yard = small()
    for into, expected in (("N", Problem.ALONE), ("N-W", Problem.UNDER_ITSELF)):
        with pytest.raises(Faulty) as caught:
            merge(yard, "N", into)
        assert problem(caught) == expected
    with pytest.raises(Faulty):
        merge(yard, "N", "nowhere")


def split(yard: Yard, code: str, *, keep: bool) -> None:
    parts = (Part("S-1", "Early", 35), Part("S-2", "Late", 25))
    wanted = Split(parts, keep, Kind.SHIFT, NOVEMBER, "payroll")
    regrouping.split_unit(unit=yard.unit(code), split=wanted, user=yard.user, today=TODAY)


def test_a_split_unit_that_stays_keeps_its_signers() -> None:
    yard = small()
    split(yard, "S", keep=True)
    assert [n.path for n in yard.tree().subtree(yard.node("S").id)][1:] == [
        "South / Early",
        "South / Late",
    ]
    assert (yard.node("S-1").people, yard.node("S-1").kind) == (35, "shift")
    assert selectors.resolve(yard.campaign.id) == {}


def test_who_signed_for_a_unit_that_was_replaced_counts_for_the_one_above() -> None:
    yard = small()
    office = yard.node("N-O").key
    split(yard, "N-O", keep=False)
    assert yard.node("S-1").path == "North / Early"
    assert selectors.resolve(yard.campaign.id) == {office: yard.node("N").key}


def test_what_is_gone_cannot_be_changed_again() -> None:
    yard = small()
    gone = yard.unit("N-O")
    merge(yard, "N-O", "S")
    with pytest.raises(WrongState):
        services.move_unit(unit=gone, parent="", user=yard.user, today=TODAY)


def test_a_failed_change_leaves_nothing_behind() -> None:
    yard = small()
    counts = HeadCount.objects.count()
    parts = (Part("S-1", "Early", 35), Part("S-2", "Late", 25))
    wanted = Split(parts, True, Kind.SHIFT, date(2027, 1, 1), "payroll")
    with pytest.raises(Faulty):
        regrouping.split_unit(unit=yard.unit("S"), split=wanted, user=yard.user, today=TODAY)
    assert HeadCount.objects.count() == counts
    assert "S-1" not in yard.tree().by_code
    assert len(told(yard)) == 1


def test_history_and_sources_are_sealed_again_with_a_new_key() -> None:
    yard = small()
    places = {place for place, _done, _all, _changed in reseal_all()}
    assert {"Source", "UnitChange"} <= places
    assert yard.node("S").people_source == "council"
