"""Merging and splitting: a unit that goes stays in the database, and says under which its signers count from now on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organizing.accounts.access import Campaign, User
from organizing.units import changes, headcounts, placing, selectors
from organizing.units.changes import Note, What
from organizing.units.headcounts import NewCount
from organizing.units.models import Kind, Unit
from organizing.units.problems import Faulty, Problem
from organizing.units.trees import UnitNode, UnitTree


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a unit is split into."""

    code: str
    name: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """`keep`: the unit stays, and its parts lie under it; else they take its place. `as_of` and `source` are those
    of the parts' head-counts.
    """

    parts: tuple[Part, ...]
    keep: bool
    kind: Kind = Kind.OTHER
    as_of: date | None = None
    source: str = ""


@transaction.atomic
def merge_unit(*, unit: Unit, into: str, user: User, today: date) -> None:
    """The unit goes; its signers, and the units under it, are those of the one with the code `into` (empty: of
    nothing but the whole campaign). Raises Faulty.
    """
    campaign = changes.lock(unit.campaign_id)
    found, target = placing.live(unit.id), placing.by_code(campaign, into)
    if target == found:
        raise Faulty(Problem.ALONE)
    under = Unit.objects.filter(campaign=campaign, gone=False, parent=found)
    placing.check_places(campaign, {found.code: into, **{row.code: into for row in under}})
    if target:
        _add_up(campaign, found, target, today)
    _leave(campaign, found, target)
    facts: changes.Facts = {"name": found.name, "into": target.name if target else ""}
    notes = [Note(What.MERGED, facts, found)]
    changes.write(campaign, user, today, notes + [Note(What.MERGED, facts, target)] * bool(target))


def _leave(campaign: Campaign, unit: Unit, target: Unit | None) -> None:
    Unit.objects.filter(campaign=campaign, gone=False, parent=unit).update(parent=target)
    unit.gone, unit.counted_under = True, target
    unit.save(update_fields=["gone", "counted_under"])


def _add_up(campaign: Campaign, unit: Unit, target: Unit, today: date) -> None:
    tree = selectors.tree(campaign.id, today)
    one, other = tree.by_id[unit.id], tree.by_id[target.id]
    together = added_up(tree, one, other)
    if together is None:
        return
    source = _("Sum of “%(one)s” and “%(other)s”, merged") % {"one": one.name, "other": other.name}
    headcounts.add(campaign.id, [NewCount(target.id, together, today, source[:120])], today)


def added_up(tree: UnitTree, unit: UnitNode, target: UnitNode) -> int | None:
    """The new head-count of what is merged, where both are known. Above, the people were counted already: None."""
    if target in tree.ancestors(unit.id) or unit.people is None or target.people is None:
        return None
    return unit.people + target.people


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of a unit that goes: `target` None: nothing. `before` and `after`: head-counts of the target, or
    of the whole campaign; None for unknown. `parts`: how many units lie directly under it, and come elsewhere.
    """

    unit: UnitNode
    target: UnitNode | None
    before: int | None
    after: int | None
    parts: int


def outlook(tree: UnitTree, unit_id: UUID, into: str) -> Outlook:
    """What merging would come to, or taking away where `into` is empty. Raises Faulty."""
    unit, parts = tree.by_id[unit_id], tree.children(unit_id)
    if not into:
        return Outlook(unit, None, tree.people, _campaign_without(tree, unit), len(parts))
    target = tree.by_code.get(into)
    if target is None:
        raise Faulty(Problem.UNKNOWN_PARENT, parent=into)
    if target == unit:
        raise Faulty(Problem.ALONE)
    together = added_up(tree, unit, target)
    after = target.people if together is None else together
    return Outlook(unit, target, target.people, after, len(parts))


def _campaign_without(tree: UnitTree, unit: UnitNode) -> int | None:
    """The sum of the top units once what lies under this one is among them; a head-count of its own stays."""
    if not tree.summed:
        return tree.people
    tops = [node for node in (*tree.children(None), *tree.children(unit.id)) if node != unit]
    known = [node.people for node in tops if node.people is not None]
    return sum(known) if known and len(known) == len(tops) else None


@transaction.atomic
def split_unit(*, unit: Unit, split: Split, user: User, today: date) -> None:
    """Parts under the unit, or in its place; then its signers so far are those of the unit above. Raises Faulty."""
    campaign = changes.lock(unit.campaign_id)
    found = placing.live(unit.id)
    if len(split.parts) < 2 and not split.keep:
        raise Faulty(Problem.ALONE)
    placing.require_free(campaign, *(part.code for part in split.parts))
    placing.require_room(campaign, len(split.parts))
    above = found if split.keep else found.parent
    placing.check_places(campaign, {p.code: above.code if above else "" for p in split.parts})
    made = _make_parts(campaign, found, above, split)
    _count_parts(campaign, made, split, today)
    if not split.keep:
        _leave(campaign, found, above)
    facts: changes.Facts = {
        "name": found.name,
        "parts": " · ".join(part.name for part in split.parts),
        "stays": int(split.keep),
    }
    changes.write(campaign, user, today, [Note(What.SPLIT, facts, found)])


def _make_parts(campaign: Campaign, unit: Unit, above: Unit | None, split: Split) -> list[Unit]:
    position = placing.next_position(campaign)
    rows = [
        Unit(
            campaign=campaign,
            parent=above,
            code=part.code,
            name=part.name,
            kind=split.kind if split.keep else unit.kind,
            position=position + number,
        )
        for number, part in enumerate(split.parts)
    ]
    return Unit.objects.bulk_create(rows)


def _count_parts(campaign: Campaign, made: list[Unit], split: Split, today: date) -> None:
    known = [(row, part.people) for row, part in zip(made, split.parts, strict=True)]
    counts = [
        NewCount(row.id, people, split.as_of or today, split.source)
        for row, people in known
        if people is not None
    ]
    if counts and not split.source:
        raise Faulty(Problem.NO_SOURCE, code=made[0].code)
    if split.as_of and split.as_of > today:
        raise Faulty(Problem.DAY_AHEAD, text=split.as_of.isoformat())
    headcounts.add(campaign.id, counts, today)


def near(tree: UnitTree, unit_id: UUID) -> tuple[str, ...]:
    """Codes of the units beside and above one: what it is most likely merged into or moved under."""
    node = tree.by_id[unit_id]
    around = (*tree.ancestors(unit_id), *tree.children(node.parent_id))
    return tuple(other.code for other in around if other.id != unit_id)
