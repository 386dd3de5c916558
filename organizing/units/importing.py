"""Taking a file over, in two steps: what it would change is shown, and only then written.

Between the two its rows wait sealed on the server, so that nobody chooses the file twice. At the second step the
plan is made again under the campaign's lock: if it is not the one that was shown, nothing is written.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from organizing.accounts.access import Campaign, User
from organizing.errors import NotFound
from organizing.units import boxes, changes, headcounts, placing, planning, selectors, wishes
from organizing.units.changes import Note, What
from organizing.units.headcounts import NewCount
from organizing.units.models import ImportDraft, Kind, Unit
from organizing.units.planning import Plan
from organizing.units.tables import Table
from organizing.units.wishes import Defaults

_AT_ONCE = 200


def keep(*, campaign: Campaign, table: Table, defaults: Defaults, today: date) -> ImportDraft:
    """The rows of a file, sealed until they are taken over, thrown away or a day old."""
    row = ImportDraft(campaign=campaign, made_on=today)
    day = defaults.day.isoformat() if defaults.day else ""
    content: dict[str, Any] = {
        "columns": table.columns,
        "rows": table.rows,
        "guessed": table.guessed,
    }
    boxes.fill(row, {**content, "day": day, "source": defaults.source})
    row.save()
    return row


def read(draft: ImportDraft) -> tuple[Table, Defaults]:
    """What was kept."""
    content = boxes.read(draft)
    rows = tuple((number, tuple(cells)) for number, cells in content["rows"])
    day = date.fromisoformat(content["day"]) if content["day"] else None
    table = Table(tuple(content["columns"]), rows, content["guessed"])
    return table, Defaults(day, content["source"])


def dry_run(*, draft: ImportDraft, today: date) -> Plan:
    """What the file would change now."""
    table, defaults = read(draft)
    tree = selectors.tree(draft.campaign_id, today)
    days = wishes.days_of(table, defaults)
    return planning.plan(table, defaults, tree, headcounts.known(draft.campaign_id, days), today)


@transaction.atomic
def take_over(*, draft: ImportDraft, digest: str, user: User, today: date) -> Plan | None:
    """Writes what was shown, all of it or nothing; None where that has changed since, or rows are bad.

    Raises NotFound where the same file was taken over meanwhile.
    """
    campaign = changes.lock(draft.campaign_id)
    found = ImportDraft.objects.filter(id=draft.id).first()
    if found is None:
        raise NotFound
    plan = dry_run(draft=found, today=today)
    if plan.faults or plan.digest != digest:
        return None
    _write(campaign, plan, user, today)
    found.delete()
    return plan


def _write(campaign: Campaign, plan: Plan, user: User, today: date) -> None:
    live = Unit.objects.filter(campaign=campaign, gone=False)
    names: dict[str, UUID] = dict(live.values_list("code", "id"))
    names |= {wish.code: uuid4() for wish in plan.made}
    _make(campaign, plan, names)
    _change(plan, names)
    counts = [
        NewCount(names[wish.code], wish.people, wish.as_of, wish.source)
        for wish in plan.counted
        if wish.people is not None and wish.as_of is not None
    ]
    headcounts.add(campaign.id, counts, today)
    changes.write(campaign, user, today, _notes(campaign, plan))


def _make(campaign: Campaign, plan: Plan, names: dict[str, UUID]) -> None:
    position = placing.next_position(campaign)
    rows = [
        Unit(
            id=names[wish.code],
            campaign=campaign,
            parent_id=names[wish.parent] if wish.parent else None,
            code=wish.code,
            name=wish.name,
            kind=wish.kind or (Kind.OTHER if wish.parent else Kind.SITE),
            position=position + number,
        )
        for number, wish in enumerate(plan.made)
    ]
    Unit.objects.bulk_create(rows, batch_size=500)


def _change(plan: Plan, names: dict[str, UUID]) -> None:
    for first in range(0, len(plan.changed), _AT_ONCE):
        some = plan.changed[first : first + _AT_ONCE]
        rows = Unit.objects.in_bulk([change.before.id for change in some])
        for change in some:
            row = rows[change.before.id]
            row.name, row.kind = change.name, change.kind
            row.parent_id = names[change.parent] if change.parent else None
        Unit.objects.bulk_update(rows.values(), ["name", "kind", "parent"])


def _notes(campaign: Campaign, plan: Plan) -> list[Note]:
    """One line for the file, and one for each unit that is called otherwise or lies elsewhere now."""
    if plan.empty:
        return []
    notes = []
    called = dict(Unit.objects.filter(campaign=campaign, gone=False).values_list("code", "name"))
    rows = Unit.objects.in_bulk([change.before.id for change in plan.changed])
    for change in plan.changed:
        row = rows[change.before.id]
        if change.renamed:
            facts: changes.Facts = {
                "before": change.before.name,
                "name": row.name,
                "code": row.code,
            }
            notes.append(Note(What.RENAMED, facts, row))
        if change.moved:
            facts = {"name": row.name, "under": called.get(change.parent, "")}
            notes.append(Note(What.MOVED, facts, row))
    numbers: changes.Facts = {
        "made": len(plan.made),
        "changed": len(plan.changed),
        "counted": len(plan.counted),
    }
    return [*notes, Note(What.IMPORTED, numbers)]


@transaction.atomic
def throw_away(*, draft: ImportDraft) -> None:
    """Erases a file that was read."""
    draft.delete()
