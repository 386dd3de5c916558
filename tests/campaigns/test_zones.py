"""Time zones to choose from."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from organizing.campaigns import zones


def listed(now: str = "UTC") -> list[str]:
    found = []
    for value, under in zones.choices(now):
        found += [value] if isinstance(under, str) else [zone for zone, _name in under]
    return found


def test_each_place_stands_once_by_continent_and_no_old_name_among_them() -> None:
    found = listed()
    assert len(found) == len(set(found)) < 450
    assert set(found) <= available_timezones()
    assert {"UTC", "Africa/Asmara", "America/Argentina/Buenos_Aires", "Europe/Oslo"} <= set(found)
    assert not {"Africa/Asmera", "America/Buenos_Aires", "Asia/Calcutta", "US/Pacific"} & set(found)
    names = dict(zones.choices())["America"]
    assert ("America/Argentina/Buenos_Aires", "Argentina: Buenos Aires") in names


def test_the_zone_that_a_campaign_has_stays_among_them() -> None:
    assert "Asia/Calcutta" in listed("Asia/Calcutta")


def test_a_system_without_the_table_lists_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "TZPATH", ())
    found = listed()
    assert {"UTC", "Europe/Madrid"} <= set(found)
    assert "Etc/GMT+1" not in found
