"""Where a unit may stand: asked under the campaign's lock, before anything is written."""

from uuid import UUID

from django.db.models import Max

from organizing.accounts.access import Campaign
from organizing.errors import NotFound, WrongState
from organizing.units import planning
from organizing.units.models import Unit
from organizing.units.problems import DEEPEST, MOST_UNITS, Faulty, Problem


def live(unit_id: UUID) -> Unit:
    """The unit as it is under the lock. Raises NotFound, or WrongState for one that is gone."""
    unit = Unit.objects.select_related("parent").filter(id=unit_id).first()
    if unit is None:
        raise NotFound
    if unit.gone:
        raise WrongState
    return unit


def by_code(campaign: Campaign, code: str) -> Unit | None:
    """The unit with a code; None for an empty one. Raises Faulty."""
    if not code:
        return None
    found = Unit.objects.filter(campaign=campaign, code=code, gone=False).first()
    if found is None:
        raise Faulty(Problem.UNKNOWN_PARENT, code="", parent=code)
    return found


def require_free(campaign: Campaign, *codes: str) -> None:
    """Raises Faulty where a unit has one of these codes, or where one is given twice."""
    taken = Unit.objects.filter(campaign=campaign, gone=False, code__in=codes).first()
    twice = next((code for code in codes if codes.count(code) > 1), "")
    if taken or twice:
        raise Faulty(Problem.CODE_TAKEN, code=taken.code if taken else twice)


def require_room(campaign: Campaign, more: int) -> None:
    """Raises Faulty where the tree would have more units than it may."""
    if Unit.objects.filter(campaign=campaign, gone=False).count() + more > MOST_UNITS:
        raise Faulty(Problem.TOO_MANY_UNITS, most=MOST_UNITS)


def check_places(campaign: Campaign, moved: dict[str, str]) -> None:
    """Raises Faulty where a unit would lie under itself, or anything too deep."""
    rows = Unit.objects.filter(campaign=campaign, gone=False)
    parents = {code: above or "" for code, above in rows.values_list("code", "parent__code")}
    parents |= moved
    for code in parents:
        problem = planning.misplaced(code, parents)
        if problem:
            raise Faulty(problem, code=code, most=DEEPEST)


def next_position(campaign: Campaign) -> int:
    """Behind everything that is there."""
    newest = Unit.objects.filter(campaign=campaign).aggregate(newest=Max("position"))["newest"]
    return 0 if newest is None else int(newest) + 1
