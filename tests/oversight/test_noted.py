"""What stands in the log of reads besides reports: the file of the units, and the contacts to make."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.oversight import services
from organizing.oversight.models import AlertKind, ReadAlert, ReadLog
from organizing.safety import throttles
from tests.accounts.people import Person, enter
from tests.oversight.cast import Workplace, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    throttles._keys.clear()
    return Workplace.built()


@pytest.fixture
def kestrel(place: Workplace) -> Person:
    """A representative of the north."""
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    give(person.user, place.campaign, place.north)
    return person


def noted() -> list[tuple[str, int]]:
    return list(ReadLog.objects.order_by("report").values_list("report", "reads"))


def file_of(client: Client, place: Workplace, kind: str) -> int:
    return client.get(reverse("units-file", args=[place.campaign.id, kind])).status_code


def test_each_file_of_the_units_is_a_read(place: Workplace, kestrel: Person) -> None:
    client = enter(kestrel)
    assert [file_of(client, place, kind) for kind in ("csv", "xlsx")] == [200, 200]
    client.head(reverse("units-file", args=[place.campaign.id, "csv"]))
    assert noted() == [("units-file", 3)]
    # North and its two shifts.
    assert ReadLog.objects.get().units == 3


def test_a_file_that_there_is_none_of_is_no_read(place: Workplace, kestrel: Person) -> None:
    assert file_of(enter(kestrel), place, "pdf") == 404
    assert noted() == []


def test_files_of_units_without_end_are_stopped(
    place: Workplace, kestrel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "READS_MOST", 2)
    client = enter(kestrel)
    assert [file_of(client, place, "csv") for _time in range(3)] == [200, 200, 429]
    assert ReadAlert.objects.get().kind == AlertKind.STOPPED


def test_looking_at_the_contacts_is_noted_once_a_day_and_stops_nobody(
    place: Workplace, kestrel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "READS_ALERT", 2)
    client = enter(kestrel)
    board = reverse("outreach-contacts", args=[place.campaign.id])
    assert {client.get(board).status_code for _time in range(5)} == {200}
    assert noted() == [("contacts", 1)]
    assert not ReadAlert.objects.exists()


def test_whoever_looks_at_the_contacts_is_told_that_it_is_noted(
    place: Workplace, kestrel: Person
) -> None:
    page = enter(kestrel).get(reverse("oversight-mine", args=[place.campaign.id])).content.decode()
    assert "contacts to make, once a day" in page
