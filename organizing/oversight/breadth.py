"""Of how many units somebody was shown figures in the last weeks. Which ones, only the application's key tells."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from organizing.accounts.access import Campaign, User
from organizing.oversight.models import ReadMark
from organizing.units.models import Unit

# This week and the four before it: what an account reads slowly adds up in them.
WINDOW = timedelta(weeks=4)
# More than half of all units is much; few are on one page, and a thousand are many anywhere.
FEWEST, MOST = 120, 1_000
_MARK_BYTES = 16


def window_start(day: date) -> date:
    """The Monday with which the window begins on a day."""
    return day - timedelta(days=day.weekday()) - WINDOW


def note_units(user: User, campaign: Campaign, units: Collection[UUID], day: date) -> bool:
    """Notes the week in which units were last shown to somebody; whether there were any that were not noted yet."""
    monday = day - timedelta(days=day.weekday())
    marks = _marks(user, campaign, units)
    rows = ReadMark.objects.filter(user=user, campaign=campaign, week=monday, mark__in=marks)
    new = marks - {bytes(mark) for mark in rows.values_list("mark", flat=True)}
    # In one order, so that two requests at once do not wait for one another in a ring.
    made = [ReadMark(user=user, campaign=campaign, mark=mark, week=monday) for mark in sorted(new)]
    ReadMark.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["campaign", "user", "mark"],
        update_fields=["week"],
    )
    return bool(new)


def _marks(user: User, campaign: Campaign, units: Collection[UUID]) -> set[bytes]:
    """A number for each unit that is another one for every account."""
    key = salted_hmac("oversight/read-mark", f"{campaign.id}/{user.pk}").digest()
    return {hmac.digest(key, unit.bytes, hashlib.sha256)[:_MARK_BYTES] for unit in units}


def is_wide(user: User, campaign: Campaign, day: date) -> bool:
    """Whether so many units were shown to somebody in the window that the committee should look."""
    shown = ReadMark.objects.filter(user=user, campaign=campaign, week__gte=window_start(day))
    return shown.count() > most_units(units_in(campaign))


def most_units(number: int) -> int:
    """How many of so many units may be shown to one account in the window without anybody being told."""
    return min(MOST, max(FEWEST, number // 2))


def units_in(campaign: Campaign) -> int:
    """How many units the campaign has."""
    return Unit.objects.filter(campaign=campaign, gone=False).count()
