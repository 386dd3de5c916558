"""What units gained and lost in each week: written by the flush that counts it, and never changed afterwards."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from organizing.petitions.weeks import WEEK, monday
from organizing.signing.models import UnitStep, WeeksTaken


@transaction.atomic
def record(
    *, petition_id: UUID, changes: Mapping[bytes, int], now: datetime, time_zone: str
) -> None:
    """Adds a batch's changes to the week of `now`, inside the transaction that counts them.

    Where a clock was set back, to the first week that is not taken: what is in figures stays as it is.
    """
    week, taken = monday(now, time_zone), _lock(petition_id)
    if taken.through is not None:
        week = max(week, taken.through + WEEK)
    rows = UnitStep.objects.filter(petition_id=petition_id, week=week, unit__in=list(changes))
    known = {bytes(row.unit): row for row in rows}
    made = [
        UnitStep(petition_id=petition_id, unit=unit, week=week, change=change)
        for unit, change in sorted(changes.items())
        if change and unit not in known
    ]
    # By unit: neither rows nor their versions may lie in the order in which records were opened.
    UnitStep.objects.bulk_create(made)
    for unit, row in sorted(known.items()):
        if changes[unit]:
            row.change += changes[unit]
            row.save(update_fields=["change"])


@transaction.atomic
def take(*, petition_id: UUID, through: date) -> None:
    """From now on no batch adds to the week that begins on `through`, or to an earlier one.

    Waits for a flush that is adding to it.
    """
    taken = _lock(petition_id)
    if taken.through is None or taken.through < through:
        taken.through = through
        taken.save(update_fields=["through"])


@transaction.atomic
def give_back(*, petition_id: UUID, through: date) -> bool:
    """Opens the weeks after `through` again, which a clock that ran ahead had taken; not if one has anything in it.

    Returns whether they are open.
    """
    taken = _lock(petition_id)
    if UnitStep.objects.filter(petition_id=petition_id, week__gt=through).exists():
        return False
    if taken.through is not None and taken.through > through:
        taken.through = through
        taken.save(update_fields=["through"])
    return True


def _lock(petition_id: UUID) -> WeeksTaken:
    WeeksTaken.objects.get_or_create(petition_id=petition_id)
    return WeeksTaken.objects.select_for_update().get(petition_id=petition_id)
