"""Which day it is for the people of a campaign."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from organizing.accounts.models import Campaign


def day_in(campaign: Campaign, now: datetime) -> date:
    """The date at `now` in the campaign's time zone."""
    return now.astimezone(ZoneInfo(campaign.time_zone)).date()
