"""Somebody who copies slowly: never much on one day, and everything in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Role, User
from organizing.oversight import breadth, retention, selectors, services
from organizing.oversight.models import AlertKind, ReadAlert, ReadLog, ReadMark
from organizing.safety import throttles
from organizing.units.models import Unit
from tests.access.cast import Scene, set_scene
from tests.access.test_every_address import address
from tests.accounts.people import enter, member
from tests.api.cast import get, token_of
from tests.at_once import at_once
from tests.oversight.cast import NOW, Workplace, give

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# A Monday.
START = datetime(2026, 8, 31, 9, tzinfo=NOW.tzinfo)


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    throttles._keys.clear()
    return Workplace.built()


@pytest.fixture
def lead(place: Workplace) -> User:
    return place.person(Role.LEAD, "Lapwing").user


def kinds() -> list[str]:
    return [alert.kind for alert in ReadAlert.objects.order_by("day", "kind")]


def read(
    place: Workplace,
    user: User,
    now: datetime,
    *,
    reads: int = 1,
    report: str = "heat",
    shown: list[UUID] | None = None,
) -> None:
    """As many reads of one kind on one day: one by a request, the others by a line of the log."""
    services.record_read(
        user=user,
        campaign=place.campaign,
        report=report,
        units=len(shown or ()),
        now=now,
        shown=shown or (),
    )
    ReadLog.objects.filter(user=user, day=now.date(), report=report).update(reads=reads)


def grow(place: Workplace, number: int) -> list[UUID]:
    """So many units more."""
    rows = [
        Unit(campaign=place.campaign, code=f"u{n}", name=f"Unit {n}", position=n + 9)
        for n in range(number)
    ]
    return [row.id for row in Unit.objects.bulk_create(rows)]


def test_ordinary_work_of_three_months_raises_no_alert(place: Workplace, lead: User) -> None:
    units = [node.id for node in Unit.objects.filter(campaign=place.campaign)]
    for week in range(13):
        monday = START + timedelta(weeks=week)
        read(place, lead, monday, reads=34, shown=units)
        for later in range(1, 5):
            read(place, lead, monday + later * DAY, reads=8, shown=units[:2])
    assert kinds() == []


def test_a_little_too_much_every_day_is_told_once_in_five_weeks(
    place: Workplace, lead: User
) -> None:
    for day in range(70):
        read(place, lead, START + day * DAY, reads=services.READS_ALERT // 3)
    assert kinds() == [AlertKind.SLOW, AlertKind.SLOW]
    first, second = ReadAlert.objects.order_by("day")
    assert timedelta(days=25) <= first.day - START.date() <= timedelta(days=28)
    assert second.day - first.day >= timedelta(days=28)


def test_nobody_is_alarmed_by_what_others_read(place: Workplace, lead: User) -> None:
    other = place.person(Role.LEAD, "Heron").user
    for day in range(28):
        read(place, lead, START + day * DAY, reads=services.READS_ALERT // 6)
        read(place, other, START + day * DAY, reads=services.READS_ALERT // 6)
    assert kinds() == []


def test_half_of_many_units_a_page_at_a_time_is_told(place: Workplace, lead: User) -> None:
    units = grow(place, 500)
    for page in range(6):
        read(place, lead, START + page * 4 * DAY, shown=units[page * 40 : page * 40 + 40])
    assert kinds() == []
    read(place, lead, START + 24 * DAY, shown=units[240:280])
    assert kinds() == [AlertKind.WIDE]
    read(place, lead, START + 25 * DAY, shown=units[280:320])
    assert kinds() == [AlertKind.WIDE]


def test_the_same_units_again_are_no_more_units(place: Workplace, lead: User) -> None:
    units = grow(place, 500)
    for day in range(40):
        read(place, lead, START + day * DAY, shown=units[:200])
    assert kinds() == []
    assert ReadMark.objects.count() == 200


def test_what_was_shown_long_ago_is_no_longer_added(place: Workplace, lead: User) -> None:
    units = grow(place, 500)
    read(place, lead, START, shown=units[:200])
    read(place, lead, START + timedelta(weeks=5), shown=units[200:400])
    assert kinds() == []


@pytest.mark.parametrize(("units", "most"), [(14, 120), (500, 250), (5_000, 1_000)])
def test_how_many_units_are_much(units: int, most: int) -> None:
    assert breadth.most_units(units) == most


def test_a_first_file_after_weeks_of_reading_is_told_and_no_second(
    place: Workplace, lead: User
) -> None:
    for day in (0, 30):
        read(place, lead, START + day * DAY)
    read(place, lead, START + 31 * DAY, report="xlsx")
    assert kinds() == [AlertKind.FIRST]
    for report in ("csv", "xlsx", "api-units"):
        read(place, lead, START + 32 * DAY, report=report)
    assert kinds() == [AlertKind.FIRST]


def test_whoever_takes_files_from_the_beginning_alarms_nobody(place: Workplace, lead: User) -> None:
    for day in (0, 7, 40):
        read(place, lead, START + day * DAY, report="csv")
    assert kinds() == []


def test_a_mark_names_no_unit_and_is_another_one_for_another_account(
    place: Workplace, lead: User
) -> None:
    other = place.person(Role.LEAD, "Heron").user
    for user in (lead, other):
        read(place, user, NOW, shown=[place.south.id])
    one, two = (bytes(row.mark) for row in ReadMark.objects.all())
    assert one != two
    assert place.south.id.bytes not in (one, two)
    assert [f.name for f in ReadMark._meta.fields] == ["id", "campaign", "user", "mark", "week"]


def test_marks_are_forgotten_with_the_weeks_that_they_are_for(place: Workplace, lead: User) -> None:
    read(place, lead, START, shown=[place.south.id])
    retention._erase_marks(START + timedelta(weeks=5) - DAY)
    assert ReadMark.objects.count() == 1
    retention._erase_marks(START + timedelta(weeks=5))
    assert ReadMark.objects.count() == 0
    assert ReadLog.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reads_at_the_same_moment_mark_each_unit_once(place: Workplace, lead: User) -> None:
    units = grow(place, 90)
    orders = [units[start:] + units[:start] for start in range(0, 80, 10)]
    at_once([lambda o=order: read(place, lead, NOW, shown=o) for order in orders])  # type: ignore[misc]
    assert ReadMark.objects.count() == 90


def test_the_committee_sees_what_adds_up_and_the_reason(place: Workplace, lead: User) -> None:
    kestrel = place.person(Role.REPRESENTATIVE, "Kestrel").user
    now = timezone.now()
    for day in range(3):
        read(place, lead, now - day * DAY, reads=170, shown=[place.south.id, place.north.id])
    read(place, lead, now, reads=9, report="xlsx", shown=[place.day.id])
    read(place, kestrel, now, shown=[place.north.id])
    found = selectors.readers(place.campaign, now.date())
    assert [(r.name, r.days, r.reads, r.taken, r.units) for r in found] == [
        ("Kestrel", 1, 1, 0, 1),
        ("Lapwing", 3, 519, 9, 3),
    ]
    organizer = enter(place.person(Role.ORGANIZER, "Robin"))
    page = organizer.get(reverse("oversight-reads", args=[place.campaign.id])).content.decode()
    assert "What adds up in five weeks" in page
    assert "This account read reports more than 500 times in five weeks" in page
    earlier = organizer.get(
        reverse("oversight-reads", args=[place.campaign.id]), {"week": "2026-01-05"}
    ).content.decode()
    assert "What adds up in five weeks" not in earlier


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (AlertKind.WIDE, "shown the figures of more than 120 different units in five weeks"),
        (AlertKind.FIRST, "taken figures out for the first time"),
        (AlertKind.STOPPED, "was stopped until the hour or the day was over"),
        (AlertKind.BULK, "much more than a person would"),
    ],
)
def test_each_reason_is_a_sentence(place: Workplace, lead: User, kind: str, words: str) -> None:
    ReadAlert.objects.create(campaign=place.campaign, user=lead, day=NOW.date(), kind=kind)
    organizer = enter(place.person(Role.ORGANIZER, "Robin"))
    page = organizer.get(reverse("oversight-reads", args=[place.campaign.id])).content.decode()
    assert words in page


@pytest.fixture
def scene() -> Scene:
    return set_scene()


def test_pages_files_and_tokens_mark_the_units_that_they_show(scene: Scene) -> None:
    cache.clear()
    person = member(scene.campaign, "Lapwing", Role.LEAD)
    Unit.objects.create(campaign=scene.campaign, code="S", name="South", position=1)
    client, both = enter(person), 2
    for name, units in (("support", 0), ("support-act", 0), ("support-unit", 1)):
        client.get(address(scene, name))
        assert ReadMark.objects.count() == units, name
    for name in ("support-sites", "support-rings", "support-weeks"):
        ReadMark.objects.all().delete()
        client.get(address(scene, name))
        assert ReadMark.objects.count() == both, name
    ReadMark.objects.all().delete()
    token = token_of(person.user, scene.campaign)
    assert get(address(scene, "api-units"), token).status_code == 200
    assert ReadMark.objects.count() == both


def test_a_representative_is_marked_for_ones_own_alone(scene: Scene) -> None:
    cache.clear()
    person = member(scene.campaign, "Kestrel", Role.REPRESENTATIVE)
    Unit.objects.create(campaign=scene.campaign, code="S", name="South", position=1)
    give(person.user, scene.campaign, scene.unit)
    enter(person).get(address(scene, "support-sites"))
    assert ReadMark.objects.count() == 1
