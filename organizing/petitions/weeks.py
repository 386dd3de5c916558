"""Weeks begin on Monday, where the campaign is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


def monday(moment: datetime, time_zone: str) -> date:
    """The day on which the week of a moment began in an IANA time zone."""
    return monday_of(moment.astimezone(ZoneInfo(time_zone)).date())


def monday_of(day: date) -> date:
    """The day on which the week of a day began."""
    return day - timedelta(days=day.weekday())
