"""How releases are kept: by unit, as the numbers of the first and last week and what was added."""

from collections.abc import Iterator
from datetime import date

from organizing.crypto.encoding import unb64u
from organizing.petitions.models import Petition
from organizing.petitions.weeks import WEEK
from organizing.tracking.models import Released
from organizing.tracking.releases import Release
from organizing.tracking.sums import Unit

Kept = dict[Unit, list[list[int]]]


def weeks_of(row: Released) -> list[date]:
    """Mondays of all weeks that are in it, the oldest first."""
    if row.first is None or row.through is None:
        return []
    return [row.first + WEEK * number for number in range((row.through - row.first).days // 7 + 1)]


def kept_releases(kept: Kept) -> Iterator[Release]:
    """What a row keeps, as releases."""
    for unit, blocks in kept.items():
        for first, last, total in blocks:
            yield Release(unit, first, last, total)


def offered(petition: Petition | None) -> Iterator[Unit]:
    """The units that signers can choose."""
    for unit in petition.units if petition else ():
        yield unb64u(unit["id"], 16).hex()
