"""Gives units to representatives."""

from uuid import UUID

from django.db import transaction

from organizing.accounts.models import Membership, Role
from organizing.errors import WrongState
from organizing.units.models import Unit, UnitScope


@transaction.atomic
def give_units(*, membership: Membership, units: frozenset[UUID]) -> None:
    """Lets a representative see these units, with all under them, and no others.

    Raises WrongState for another role. Units of another campaign, or that are gone, are left out.
    """
    seat = Membership.objects.select_for_update().filter(id=membership.id).first()
    if seat is None or seat.role != Role.REPRESENTATIVE:
        raise WrongState
    found = Unit.objects.filter(campaign_id=seat.campaign_id, gone=False, id__in=units)
    wanted = set(found.values_list("id", flat=True))
    rows = UnitScope.objects.filter(membership=seat)
    rows.exclude(unit__in=wanted).delete()
    here = set(rows.values_list("unit_id", flat=True))
    new = [UnitScope(membership=seat, unit_id=unit) for unit in wanted - here]
    UnitScope.objects.bulk_create(new)
