"""A count on paper that waits, and a target line, for whoever needs one of each."""

from __future__ import annotations

from uuid import UUID

from organizing.accounts.models import User
from organizing.tracking import services
from organizing.tracking.models import Act
from organizing.units.models import Unit


def paper_and_line(act: Act, unit: Unit, user: User) -> dict[str, UUID]:
    """Parts of addresses."""
    entry = services.type_paper(act=act, unit=unit, count=4, day=act.day, user=user)
    line = services.add_preset(campaign=act.campaign, name="half-50")
    return {"entry_id": entry.id, "line_id": line.id}
