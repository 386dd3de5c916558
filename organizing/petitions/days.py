"""When something ends, for people: the last day of it where the campaign is. Manifests keep the exact time in UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

UTC_NAME = "UTC"


@dataclass(frozen=True, slots=True)
class End:
    """A moment as read in an IANA time zone: nothing can be done from then on."""

    moment: datetime
    time_zone: str

    @property
    def day(self) -> date:
        """The last day on which something could be done, if only for a part of it."""
        return (self.moment - timedelta(seconds=1)).astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def words(self) -> str:
        """“the end of January 15 (time in Chicago)”, or the hour where it is not the end of a day."""
        local = self.moment.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
        day, zone = date_format(self.day, "DATE_FORMAT"), zone_words(self.time_zone)
        if local.date() != self.day:
            return _("the end of %(day)s (%(zone)s)") % {"day": day, "zone": zone}
        hour = date_format(local, "TIME_FORMAT")
        return _("%(day)s, %(hour)s (%(zone)s)") % {"day": day, "hour": hour, "zone": zone}


def end_of(day: date, time_zone: str) -> datetime:
    """The moment at which the day after `day` begins in an IANA time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(time_zone))


def zone_words(time_zone: str) -> str:
    """An IANA time zone as a phrase: the clocks of its city."""
    if time_zone == UTC_NAME:
        return UTC_NAME
    place = time_zone.rpartition("/")[2].replace("_", " ")
    return _("time in %(place)s") % {"place": place}
