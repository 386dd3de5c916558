"""Changes to the tree by hand. Each waits for the others of its campaign, and writes its line of history."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from organizing.accounts.access import Campaign, User
from organizing.units import changes, headcounts, placing
from organizing.units.changes import Note, What
from organizing.units.headcounts import NewCount
from organizing.units.models import Kind, Unit
from organizing.units.problems import Faulty, Problem


@dataclass(frozen=True, slots=True)
class Named:
    """What a unit is called. `code`: the campaign's own key for it."""

    code: str
    name: str
    kind: Kind = Kind.OTHER


@transaction.atomic
def add_unit(*, campaign: Campaign, named: Named, parent: str, user: User, today: date) -> Unit:
    """A unit under the one with the code `parent`, or at the top. Raises Faulty."""
    campaign = changes.lock(campaign.id)
    placing.require_free(campaign, named.code)
    placing.require_room(campaign, 1)
    above = placing.by_code(campaign, parent)
    placing.check_places(campaign, {named.code: parent})
    made = Unit.objects.create(
        campaign=campaign,
        parent=above,
        code=named.code,
        name=named.name,
        kind=named.kind,
        position=placing.next_position(campaign),
    )
    facts: changes.Facts = {"name": made.name, "under": above.name if above else ""}
    changes.write(campaign, user, today, [Note(What.ADDED, facts, made)])
    return made


@transaction.atomic
def count_people(*, campaign: Campaign, count: NewCount, user: User, today: date) -> None:
    """A head-count more. What earlier ones said of their days stays. Raises Faulty for a day ahead."""
    campaign = changes.lock(campaign.id)
    if count.as_of > today:
        raise Faulty(Problem.DAY_AHEAD, text=count.as_of.isoformat())
    unit = placing.live(count.unit_id) if count.unit_id else None
    headcounts.add(campaign.id, [count], today)
    facts: changes.Facts = {
        "name": unit.name if unit else "",
        "people": count.people,
        "as_of": count.as_of.isoformat(),
        "source": count.source,
    }
    changes.write(campaign, user, today, [Note(What.COUNTED, facts, unit)])


@transaction.atomic
def rename_unit(*, unit: Unit, named: Named, user: User, today: date) -> None:
    """Another name, code or kind. Frozen petitions keep the name that they were frozen with. Raises Faulty."""
    campaign = changes.lock(unit.campaign_id)
    found = placing.live(unit.id)
    if named.code != found.code:
        placing.require_free(campaign, named.code)
    facts: changes.Facts = {"before": found.name, "name": named.name, "code": named.code}
    if (found.name, found.code, found.kind) == (named.name, named.code, named.kind):
        return
    found.name, found.code, found.kind = named.name, named.code, named.kind
    found.save(update_fields=["name", "code", "kind"])
    changes.write(campaign, user, today, [Note(What.RENAMED, facts, found)])


@transaction.atomic
def move_unit(*, unit: Unit, parent: str, user: User, today: date) -> None:
    """Under the unit with the code `parent`, or to the top, with all under it. Raises Faulty."""
    campaign = changes.lock(unit.campaign_id)
    found, above = placing.live(unit.id), placing.by_code(campaign, parent)
    placing.check_places(campaign, {found.code: parent})
    before = found.parent
    if above == before:
        return
    found.parent = above
    found.save(update_fields=["parent"])
    facts: changes.Facts = {
        "name": found.name,
        "under": above.name if above else "",
    }
    changes.write(campaign, user, today, [Note(What.MOVED, facts, found)])
