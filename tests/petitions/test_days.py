"""The last day of a petition, as people read it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from organizing.petitions.days import End, end_of

LAST = date(2027, 1, 15)


@pytest.mark.parametrize("zone", ["UTC", "America/Chicago", "Asia/Tokyo", "Africa/Cairo"])
def test_the_end_of_a_day_is_read_as_that_day(zone: str) -> None:
    assert End(end_of(LAST, zone), zone).day == LAST
    assert End(end_of(LAST, zone), zone).words.startswith("the end of Jan. 15, 2027 (")


def test_a_day_ends_where_the_campaign_is() -> None:
    assert end_of(LAST, "America/Chicago") == datetime(2027, 1, 16, 6, tzinfo=UTC)
    assert end_of(LAST, "UTC") == datetime(2027, 1, 16, tzinfo=UTC)


def test_a_midnight_that_the_clocks_leave_out_ends_the_day_before_it() -> None:
    last = date(2026, 4, 23)
    assert End(end_of(last, "Africa/Cairo"), "Africa/Cairo").words.startswith("the end of April 23")


def test_an_end_within_a_day_says_the_hour() -> None:
    end = End(datetime(2027, 1, 15, 20, 30, tzinfo=UTC), "America/New_York")
    assert end.words == "Jan. 15, 2027, 3:30 p.m. (time in New York)"
    assert End(end.moment, "UTC").words == "Jan. 15, 2027, 8:30 p.m. (UTC)"


def test_the_place_is_a_city_of_words() -> None:
    with translation.override("en"):
        assert (
            "(time in Buenos Aires)"
            in End(
                end_of(LAST, "America/Argentina/Buenos_Aires"), "America/Argentina/Buenos_Aires"
            ).words
        )
