"""Signatures on paper: two people count the same sheets, and neither learns the other's number."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from organizing.accounts.models import User
from organizing.errors import Refused, WrongState
from organizing.safety import retention
from organizing.tracking import releasing, selectors, services
from organizing.tracking.models import Act, Kind, PaperEntry
from organizing.units.models import Unit
from tests.accounts.people import make_person
from tests.at_once import at_once
from tests.tracking import support
from tests.tracking.support import FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> support.Workplace:
    made = support.workplace()
    for name in ("North", "South", "West"):
        made.unit(name, 300)
    return made


@pytest.fixture
def act(work: support.Workplace) -> Act:
    return services.add_act(campaign=work.campaign, kind=Kind.CARD, day=FIRST, name="Cards")


@pytest.fixture
def two() -> tuple[User, User]:
    return make_person("Wren", factor=False).user, make_person("Rook", factor=False).user


def typed(act: Act, unit: Unit | None, count: int, user: User) -> PaperEntry:
    return services.type_paper(act=act, unit=unit, count=count, day=FIRST, user=user)


def confirmed(act: Act, unit: Unit | None, count: int, two: tuple[User, User], week: int) -> None:
    entry = typed(act, unit, count, two[0])
    now = support.moment(week)
    services.confirm_paper(entry=entry, count=count, user=two[1], now=now)


def test_what_one_person_typed_counts_nowhere(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    typed(act, work.sites[0], 40, two[0])
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    assert selectors.figures(act, now=support.end(1)).total.paper is None


def test_whoever_typed_cannot_confirm(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    entry = typed(act, work.sites[0], 40, two[0])
    with pytest.raises(Refused):
        services.confirm_paper(entry=entry, count=40, user=two[0], now=support.moment(0))
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.filter(id=entry.id).update(confirmed_by=two[0])


def test_an_entry_whose_typist_is_gone_cannot_be_confirmed(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    entry = typed(act, work.sites[0], 40, two[0])
    two[0].delete()
    with pytest.raises(Refused):
        services.confirm_paper(entry=entry, count=40, user=two[1], now=support.moment(0))


def test_another_number_is_refused_and_after_three_the_entry_is_gone(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    entry = typed(act, work.sites[0], 4, two[0])
    gone = []
    for guess in (1, 2, 3):
        with pytest.raises(services.NotTheSame) as raised:
            services.confirm_paper(entry=entry, count=guess, user=two[1], now=support.moment(0))
        gone.append(raised.value.gone)
    assert gone == [False, False, True]
    with pytest.raises(WrongState):
        services.confirm_paper(entry=entry, count=4, user=two[1], now=support.moment(0))


def test_paper_stands_apart_from_what_was_signed_here(
    work: support.Workplace, two: tuple[User, User]
) -> None:
    act = work.petition(work.sites)
    for unit, count in zip(work.sites, (40, 30, 20), strict=True):
        confirmed(act, unit, count, two, week=0)
    confirmed(act, None, 11, two, week=0)
    support.count_week(act, 0, {bytes(work.sites[0].key): 25, support.NOBODYS: 12})
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    found = selectors.figures(act, now=support.end(1))
    assert (found.total.signers, found.total.paper) == (37, 101)
    assert [unit.paper for unit in found.units] == [40, 30, 20]
    assert found.units[0].coverage in {None, 25 / 300}


def test_a_small_pile_hides_like_any_small_number(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    for unit, count in zip(work.sites, (190, 20, 3), strict=True):
        confirmed(act, unit, count, two, week=0)
    releasing.release_weeks(act_id=act.id, now=support.end(1))
    found = selectors.figures(act, now=support.end(1))
    assert found.total.paper == 213
    assert [unit.paper for unit in found.units] == [190, None, None]


def test_what_is_confirmed_late_is_in_the_week_in_which_it_is_confirmed(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    confirmed(act, work.sites[0], 40, two, week=0)
    releasing.release_weeks(act_id=act.id, now=support.end(2))
    entry = typed(act, work.sites[0], 15, two[0])
    a_clock_set_back = support.moment(0)
    services.confirm_paper(entry=entry, count=15, user=two[1], now=a_clock_set_back)
    entry.refresh_from_db()
    assert entry.week == FIRST + timedelta(days=14)


def test_only_whoever_typed_takes_back_and_only_before(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    entry = typed(act, work.sites[0], 40, two[0])
    with pytest.raises(Refused):
        services.discard_paper(entry=entry, user=two[1])
    services.discard_paper(entry=entry, user=two[0])
    again = typed(act, work.sites[0], 40, two[0])
    services.confirm_paper(entry=again, count=40, user=two[1], now=support.moment(0))
    with pytest.raises(WrongState):
        services.discard_paper(entry=again, user=two[0])


def test_what_waits_is_listed_without_its_number_and_within_what_one_sees(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    for unit in (*work.sites[:2], None):
        typed(act, unit, 40, two[0])
    today = support.end(1).date()
    everything = selectors.paper_waiting(act, two[1], today=today, only=None)
    mine = frozenset({work.sites[1].id})
    seen = selectors.paper_waiting(act, two[0], today=today, only=mine)
    assert sorted(view.path for view in everything) == ["", "North", "South"]
    assert [(view.path, view.mine) for view in seen] == [("South", True)]
    assert not hasattr(seen[0], "count")


def test_who_counted_is_forgotten_after_half_a_year(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    confirmed(act, work.sites[0], 40, two, week=0)
    typed(act, work.sites[1], 12, two[0])
    now = support.moment(0)
    retention.apply_all(now=now + timedelta(days=170))
    assert PaperEntry.objects.filter(typed_by=two[0]).count() == 2
    retention.apply_all(now=now + timedelta(days=190))
    left = PaperEntry.objects.get()
    assert (left.count, left.typed_by, left.confirmed_by) == (40, None, None)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_count_it_once(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    entry = typed(act, work.sites[0], 40, two[0])
    third = make_person("Kite", factor=False).user

    def confirm(user: User) -> None:
        services.confirm_paper(entry=entry, count=40, user=user, now=support.moment(0))

    found = at_once([lambda: confirm(two[1]), lambda: confirm(third)], WrongState)
    assert sorted(type(result).__name__ for result in found) == ["NoneType", "WrongState"]


def test_an_act_with_paper_stays(act: Act, work: support.Workplace, two: tuple[User, User]) -> None:
    entry = typed(act, work.sites[0], 40, two[0])
    with pytest.raises(WrongState):
        services.remove_act(act=act)
    services.discard_paper(entry=entry, user=two[0])
    services.remove_act(act=act)
    assert not Act.objects.filter(id=act.id).exists()


def test_whoever_sees_one_unit_is_told_of_no_paper_elsewhere(
    act: Act, work: support.Workplace, two: tuple[User, User]
) -> None:
    north, south, _west = work.sites
    typed(act, north, 12, two[0])
    typed(act, south, 12, two[0])
    typed(act, None, 12, two[0])
    for only, waiting in ((None, 3), (frozenset([north.id]), 1), (frozenset[UUID](), 0)):
        [line] = selectors.act_lines(work.campaign, today=FIRST, only=only)
        assert line.waiting == waiting
        assert not line.removable
