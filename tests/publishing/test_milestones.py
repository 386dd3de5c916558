"""Bands are released by hand: none that is small, none that is not reached, and not one after another."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, pairwise

import pytest

from organizing.errors import WrongState
from organizing.petitions.models import State
from organizing.publishing import bands, milestones, told
from organizing.publishing.milestones import Offer
from organizing.publishing.models import Counted, Milestone
from tests import factories
from tests.at_once import at_once
from tests.publishing.telling import NOW, TODAY, Desk

pytestmark = pytest.mark.django_db
PAPER_ONLY = factories.Wanted(mailbox=False)


@pytest.fixture
def desk() -> Desk:
    return Desk.opened(PAPER_ONLY)


def offers(desk: Desk) -> list[str]:
    return [offer.name for offer in milestones.releasing(desk.petition, NOW).offers]


@pytest.mark.parametrize(("k", "first"), [(3, 25), (10, 25), (13, 50), (20, 50), (30, 100)])
def test_the_ladder_begins_well_above_k_and_doubles_at_least(k: int, first: int) -> None:
    found = list(islice(bands.ladder(k), 9))
    assert found[0] == first
    assert all(above >= 2 * below for below, above in pairwise(found))


def test_a_band_is_offered_when_more_have_signed_not_when_so_many_have(desk: Desk) -> None:
    desk.counted(25)
    assert offers(desk) == []
    desk.counted(26)
    assert offers(desk) == ["all/25"]
    desk.counted(1_001)
    assert offers(desk) == ["all/25", "all/50", "all/100", "all/250", "all/500", "all/1000"]


def test_what_is_released_is_public_with_its_day_and_cannot_be_gone_below(desk: Desk) -> None:
    desk.counted(1_640)
    desk.release(500)
    (band,) = told.about(desk.public).bands
    assert (band.bound, band.counted, band.day) == (500, "all", TODAY)
    assert offers(desk) == ["all/1000"]


def test_a_band_that_is_not_reached_cannot_be_released(desk: Desk) -> None:
    desk.counted(90)
    for bound in (10, 60, 100, 1_000):
        with pytest.raises(WrongState):
            desk.release(bound)
    assert not Milestone.objects.exists()


def test_three_days_lie_between_two_releases(desk: Desk) -> None:
    desk.counted(300)
    desk.release(50)
    for days in (0, 1, 2):
        with pytest.raises(WrongState):
            desk.release(100, now=NOW + timedelta(days=days))
    found = milestones.releasing(desk.petition, NOW + timedelta(days=2))
    assert found.not_before == TODAY + timedelta(days=3)
    desk.release(100, now=NOW + timedelta(days=3))


def test_the_pause_holds_for_both_kinds_of_count_together() -> None:
    desk = Desk.opened()
    desk.counted(120, mailbox=60)
    desk.release(100)
    with pytest.raises(WrongState):
        desk.release(100, Counted.INDEPENDENT)


def test_with_two_classes_the_sum_and_the_independent_ones_are_offered_apart() -> None:
    desk = Desk.opened()
    desk.counted(60, mailbox=60)
    assert offers(desk) == ["all/25", "all/50", "all/100", "independent/25", "independent/50"]


def test_a_sum_that_would_give_a_small_class_away_is_not_offered() -> None:
    desk = Desk.opened()
    # Of the work mailbox fewer than k: together they would pass a band that one class alone does not.
    desk.counted(49, mailbox=2)
    assert offers(desk) == ["independent/25"]


def test_nothing_is_released_before_the_petition_is_open(desk: Desk) -> None:
    desk.counted(100)
    petition = desk.petition
    petition.state = State.FROZEN
    petition.save()
    with pytest.raises(WrongState):
        desk.release(50)


def test_nothing_is_public_by_itself(desk: Desk) -> None:
    before = desk.read("updates/")
    desk.counted(5_000)
    assert desk.read("updates/") == before
    assert "5,000" not in before


@pytest.mark.django_db(transaction=True)
def test_of_two_organizers_at_once_one_releases() -> None:
    desk = Desk.opened(PAPER_ONLY)
    desk.counted(300)

    def attempt(bound: int) -> bool:
        try:
            milestones.release(petition=desk.petition, offer=Offer(Counted.ALL, bound), now=NOW)
        except WrongState:
            return False
        return True

    found = at_once([lambda: attempt(50), lambda: attempt(100), lambda: attempt(250)])
    assert [outcome for outcome in found if outcome] == [True]
    assert Milestone.objects.count() == 1
