"""The log of reads, its limits, and what the committee is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from organizing.accounts.models import Membership, Role, User
from organizing.errors import Throttled
from organizing.oversight import retention, selectors, services
from organizing.oversight.models import AlertKind, ReadAlert, ReadLog
from organizing.safety import throttles
from tests.accounts.people import enter
from tests.at_once import at_once
from tests.oversight.cast import NOW, Workplace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    throttles._keys.clear()
    return Workplace.built()


@pytest.fixture
def reader(place: Workplace) -> User:
    return place.person(Role.REPRESENTATIVE, "Kestrel").user


def read(
    place: Workplace, user: User, times: int = 1, units: int = 14, report: str = "heat"
) -> None:
    for _time in range(times):
        services.record_read(
            user=user, campaign=place.campaign, report=report, units=units, now=NOW
        )


def without_bursts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "HOURLY", throttles.Throttle("report", 10_000))


def alerts() -> list[str]:
    return [alert.kind for alert in ReadAlert.objects.order_by("kind")]


def test_each_read_is_counted_under_its_day_and_report(place: Workplace, reader: User) -> None:
    read(place, reader, 3, units=5)
    read(place, reader, 1, units=14)
    read(place, reader, 1, units=1, report="unit")
    monday = NOW.date() - timedelta(days=NOW.weekday())
    lines = selectors.read_log(place.campaign, monday)
    assert [(line.reader, line.report, line.reads, line.units) for line in lines] == [
        ("Kestrel", "units by week", 4, 14),
        ("Kestrel", "one unit", 1, 1),
    ]


def test_no_column_of_the_log_holds_a_time() -> None:
    kinds = {f.get_internal_type() for m in (ReadLog, ReadAlert) for f in m._meta.fields}
    assert not kinds & {"DateTimeField", "TimeField"}


def test_a_monday_of_ordinary_work_raises_no_alert(place: Workplace, reader: User) -> None:
    read(place, reader, 20)
    read(place, reader, 14, units=1, report="unit")
    assert alerts() == []


def test_the_committee_is_told_of_many_reads_once(
    place: Workplace, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_bursts(monkeypatch)
    read(place, reader, services.READS_ALERT, units=1)
    assert alerts() == []
    read(place, reader, 5, units=1)
    assert alerts() == [AlertKind.BULK]


def test_seeing_everything_over_and_over_is_told_too(place: Workplace, reader: User) -> None:
    read(place, reader, services.VIEWS_ALERT, units=500, report="xlsx")
    assert alerts() == []
    read(place, reader, 1, units=500, report="xlsx")
    assert alerts() == [AlertKind.BULK]


def test_nobody_reads_without_end(
    place: Workplace, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_bursts(monkeypatch)
    read(place, reader, services.READS_MOST, units=1)
    with pytest.raises(Throttled) as stopped:
        read(place, reader, units=1)
    assert stopped.value.retry_after == 12 * 3600
    assert alerts() == [AlertKind.BULK, AlertKind.STOPPED]
    assert sum(row.reads for row in ReadLog.objects.all()) == services.READS_MOST
    tomorrow = NOW + timedelta(days=1)
    services.record_read(user=reader, campaign=place.campaign, report="heat", units=1, now=tomorrow)


def test_a_burst_is_stopped_before_the_day_is_full(place: Workplace, reader: User) -> None:
    with pytest.raises(Throttled):
        read(place, reader, services.HOURLY.limit + 1, units=1)
    assert AlertKind.STOPPED in alerts()


def test_whoever_is_stopped_is_told_when_to_go_on(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "READS_MOST", 0)
    client = enter(place.person(Role.LEAD, "Heron"))
    found = client.get(reverse("support", args=[place.campaign.id]))
    assert found.status_code == 429
    assert int(found["Retry-After"]) > 0
    assert b"Your committee has been told" in found.content


def test_one_who_reads_much_stops_nobody_else(place: Workplace, reader: User) -> None:
    with pytest.raises(Throttled):
        read(place, reader, services.HOURLY.limit + 1, units=1)
    read(place, place.person(Role.REPRESENTATIVE, "Heron").user)


@pytest.mark.django_db(transaction=True)
def test_reads_at_the_same_moment_are_all_counted(place: Workplace, reader: User) -> None:
    at_once([lambda: read(place, reader)] * 8)
    assert [row.reads for row in ReadLog.objects.all()] == [8]


def test_the_committee_looks_settles_and_removes(place: Workplace, reader: User) -> None:
    read(place, reader, services.VIEWS_ALERT + 1, units=500)
    lead, organizer = (
        enter(place.person(role, role.value)) for role in (Role.LEAD, Role.ORGANIZER)
    )
    url = reverse("oversight-reads", args=[place.campaign.id])
    for client in (lead, organizer):
        page = client.get(url).content.decode()
        assert "Kestrel" in page
        assert "much more than a person would" in page
        assert (
            "There is 1 warning"
            in client.get(reverse("workspace-campaign", args=[place.campaign.id])).content.decode()
        )
    assert "Remove Kestrel" in organizer.get(url).content.decode()
    assert "Remove Kestrel" not in lead.get(url).content.decode()
    alert = ReadAlert.objects.get()
    lead.post(reverse("oversight-settle", args=[place.campaign.id, alert.id]))
    assert selectors.open_alerts(place.campaign) == []
    assert ReadLog.objects.exists()


def test_nobody_settles_an_alert_about_themselves_while_somebody_else_can(
    place: Workplace,
) -> None:
    heron = place.person(Role.ORGANIZER, "Heron")
    read(place, heron.user, services.VIEWS_ALERT + 1, units=500)
    alert = ReadAlert.objects.get()
    settle = reverse("oversight-settle", args=[place.campaign.id, alert.id])
    url = reverse("oversight-reads", args=[place.campaign.id])
    lead = enter(place.person(Role.LEAD, "Kestrel"))
    assert enter(heron).post(settle).status_code == 403
    assert b"somebody else on the committee has to look" in enter(heron).get(url).content
    assert b"somebody else on the committee has to look" not in lead.get(url).content
    assert len(selectors.open_alerts(place.campaign)) == 1
    Membership.objects.filter(role=Role.LEAD).delete()
    assert b"I have looked" in enter(heron).get(url).content
    assert enter(heron).post(settle).status_code == 302
    assert selectors.open_alerts(place.campaign) == []


def test_the_log_turns_back_week_by_week(place: Workplace, reader: User) -> None:
    old = NOW.date() - timedelta(days=20)
    ReadLog.objects.create(campaign=place.campaign, user=reader, day=old, report="total", reads=1)
    client = enter(place.person(Role.LEAD, "Heron"))
    url = reverse("oversight-reads", args=[place.campaign.id])
    assert b"Earlier week" in client.get(url).content
    assert b"Nobody read a report in this week" in client.get(url).content
    assert b"Kestrel" in client.get(url, {"week": old.isoformat()}).content
    assert client.get(url, {"week": "no day"}).status_code == 200


def test_reads_are_forgotten_after_half_a_year(place: Workplace, reader: User) -> None:
    read(place, reader)
    ReadAlert.objects.create(campaign=place.campaign, user=reader, day=NOW.date(), kind="bulk")
    retention._erase_reads(NOW + timedelta(days=180))
    assert ReadLog.objects.count() == ReadAlert.objects.count() == 1
    retention._erase_reads(NOW + timedelta(days=181))
    assert ReadLog.objects.count() == ReadAlert.objects.count() == 0
