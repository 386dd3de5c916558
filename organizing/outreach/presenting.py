"""What the pages of outreach show."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from organizing.accounts.access import Campaign, User
from organizing.accounts.models import Membership
from organizing.errors import Malformed
from organizing.outreach import selectors
from organizing.outreach.access import sees
from organizing.outreach.forms import ContactForm
from organizing.outreach.models import Contact
from organizing.oversight.access import scope_for, seat_for
from organizing.oversight.presenting import around, search
from organizing.oversight.selectors import seats_beside, visible
from organizing.units.selectors import UnitNode, UnitTree, tree
from organizing.units.trees import narrowed

__all__ = ["Board", "around", "board", "form", "seat_asked"]

MOST_OFFERED = 300


@dataclass(frozen=True, slots=True)
class Board:
    """The list of contacts: which of them, where, and who can take one. `many`: units have to be searched."""

    places: list[selectors.Place]
    show: str
    asked: str
    many: bool
    seats: list[Membership]
    form: ContactForm
    unit: UnitNode | None


def board(user: User, campaign: Campaign, query: QueryDict, today: date) -> Board:
    """By `?show=`: all (or nothing), mine, done; and `?unit=`, one unit. Raises NotFound or Forbidden."""
    units, scope = tree(campaign.id, today), scope_for(user, campaign)
    show, one = query.get("show", "all"), _unit(query, visible(scope, units))
    every = None if scope is None else [unit.id for unit in visible(scope, units)]
    return Board(
        places=selectors.places(
            campaign,
            units,
            [one.id] if one else every,
            done=show == "done",
            mine=seat_for(user, campaign).pk if show == "mine" else None,
        ),
        show=show if show in ("mine", "done") else "all",
        asked=query.get("q", ""),
        many=len(visible(scope, units)) > MOST_OFFERED,
        seats=seats_beside(campaign, scope, units),
        form=form(user, campaign, units, query, None),
        unit=one,
    )


def _unit(query: QueryDict, units: tuple[UnitNode, ...]) -> UnitNode | None:
    return next((unit for unit in units if str(unit.id) == query.get("unit")), None)


def form(
    user: User, campaign: Campaign, units: UnitTree, query: QueryDict, typed: QueryDict | None
) -> ContactForm:
    """The form for a note, about the unit of `?unit=` where one is named."""
    scope = scope_for(user, campaign)
    mine = narrowed(units, scope)
    return ContactForm(
        typed,
        units=mine.nodes,
        offered=_offered(mine, query, typed),
        seats=seats_beside(campaign, scope, units),
        initial={"unit": query.get("unit", "")},
    )


def _offered(mine: UnitTree, query: QueryDict, typed: QueryDict | None) -> list[UnitNode]:
    asked = (typed or query).get("unit")
    found = {unit.id for unit in search(mine, query.get("q", ""), (), MOST_OFFERED)}
    return [unit for unit in mine.nodes if unit.id in found or str(unit.id) == asked]


def seat_asked(contact: Contact, typed: QueryDict, units: UnitTree) -> Membership | None:
    """The seat that a contact is to be given to. Raises Malformed for one that does not see the unit, or is none."""
    asked = typed.get("assigned", "")
    if not asked:
        return None
    for seat in selectors.seats(contact.campaign):
        if str(seat.pk) == asked and sees(seat.user, contact.campaign, contact.unit_id, units):
            return seat
    raise Malformed
