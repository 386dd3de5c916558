"""Bands that organizers release by hand: never by itself, never small, never often."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from organizing.counting.selectors import counts
from organizing.errors import WrongState
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PUBLIC
from organizing.publishing import bands, told
from organizing.publishing.models import Counted, Milestone


@dataclass(frozen=True, slots=True)
class Offer:
    """A band that can be released: more than `bound` of `counted` had signed as of the last batch."""

    counted: Counted
    bound: int

    @property
    def name(self) -> str:
        """How a form calls it."""
        return f"{self.counted}/{self.bound}"


@dataclass(frozen=True, slots=True)
class Releasing:
    """What can be released, and since when: `not_before` is a day to come, or none."""

    offers: tuple[Offer, ...]
    not_before: date | None


def releasing(petition: Petition, now: datetime) -> Releasing:
    """Bands above those released that the count as of the last batch has passed. Shows no more of the count than
    organizers see anyway: a sum that suppression hides is not offered.
    """
    found = counts(petition, now)
    offers = _offers(petition, Counted.ALL, found.together)
    if petition.mailbox:
        offers += _offers(petition, Counted.INDEPENDENT, found.independent.total)
    return Releasing(tuple(offers), _not_before(petition, now.date()))


def _offers(petition: Petition, counted: Counted, total: int | None) -> list[Offer]:
    rows = Milestone.objects.filter(petition=petition, counted=counted)
    highest = rows.aggregate(highest=Max("bound"))["highest"] or 0
    return [Offer(counted, b) for b in bands.reached(total or 0, petition.k) if b > highest]


def _not_before(petition: Petition, today: date) -> date | None:
    rows = Milestone.objects.filter(petition=petition)
    newest: date | None = rows.aggregate(newest=Max("day"))["newest"]
    if newest is None or newest + bands.APART <= today:
        return None
    return newest + bands.APART


@transaction.atomic
def release(*, petition: Petition, offer: Offer, now: datetime) -> Milestone:
    """Makes a band public, for good. Raises WrongState: not open yet, not reached, or too soon after another."""
    locked = Petition.objects.select_for_update().get(id=petition.id)
    if locked.state not in PUBLIC:
        raise WrongState
    found = releasing(locked, now)
    if offer not in found.offers or found.not_before:
        raise WrongState
    made = Milestone.objects.create(
        petition=locked, counted=offer.counted, bound=offer.bound, day=now.date()
    )
    transaction.on_commit(told.forget)
    return made


def released(petition: Petition) -> list[Milestone]:
    """The bands that are public, the newest first."""
    return list(Milestone.objects.filter(petition=petition).order_by("-day", "-bound"))
