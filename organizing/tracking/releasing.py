"""Releases what can be shown of the weeks that are over, once, and keeps it. Nothing is ever taken back.

Can be killed at any point and run twice at once: a week is taken and its releases are written in one transaction.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from organizing.petitions.weeks import WEEK, monday, monday_of
from organizing.signing import selectors as signing
from organizing.signing import steps as signing_steps
from organizing.tracking import releases, shapes, sums
from organizing.tracking.keeping import Kept, kept_releases, offered, weeks_of
from organizing.tracking.models import Act, PaperEntry, Released
from organizing.tracking.releases import Rule
from organizing.tracking.sums import Step, Tree, Unit
from organizing.units import selectors as units
from organizing.units.selectors import UnitTree


def release_due(*, now: datetime) -> None:
    """Releases what is due. An act that fails keeps no other one waiting: its error is raised at the end."""
    with ExitStack() as every:
        for act_id in acts_due(now):
            every.callback(release_weeks, act_id=act_id, now=now)


def acts_due(now: datetime) -> list[UUID]:
    """Acts that have weeks that are over and not released."""
    rows = Act.objects.select_related("campaign", "petition", "released").order_by("id")
    return [act.id for act in rows if _is_due(act, now)]


def _is_due(act: Act, now: datetime) -> bool:
    row: Released | None = getattr(act, "released", None)
    if row is None or row.through is None:
        return _has_a_week(act, now)
    return row.through != last_week(act, now)


def _has_a_week(act: Act, now: datetime) -> bool:
    """Whether one of its own is over: one before would stand among its weeks, and be joined to its first figures."""
    if monday_of(act.day) < monday(now, act.campaign.time_zone):
        return True
    # Cards that were collected before an act's own day count all the same.
    return PaperEntry.objects.filter(act=act, week__isnull=False).exists()


def last_week(act: Act, now: datetime) -> date:
    """The Monday of the last week that is over; of a petition, of the one after sending ended, at the latest."""
    week = monday(now, act.campaign.time_zone) - WEEK
    if act.petition is None or act.petition.sending_ends_at is None:
        return week
    # The last batch is counted in the week in which sending ends, or soon after.
    return min(week, monday(act.petition.sending_ends_at, act.campaign.time_zone) + WEEK)


@transaction.atomic
def release_weeks(*, act_id: UUID, now: datetime) -> bool:
    """Releases all weeks of an act that are over; returns whether there were any."""
    act = Act.objects.select_related("campaign", "petition").get(id=act_id)
    row, through = lock(act), last_week(act, now)
    if row.through is not None and row.through >= through:
        _give_back(row, act, through)
        return False
    if row.through is None and not _has_a_week(act, now):
        return False
    if act.petition_id:
        signing_steps.take(petition_id=act.petition_id, through=through)
    _add(row, act, through)
    row.save()
    return True


def _give_back(row: Released, act: Act, through: date) -> None:
    """After a clock that ran ahead: weeks to come are open again, if nothing was counted in them."""
    if row.through == through or PaperEntry.objects.filter(act=act, week__gt=through).exists():
        return
    kept = [*kept_releases(row.signed), *kept_releases(row.paper)]
    if row.first is None or row.first + WEEK * max((b.last for b in kept), default=0) > through:
        return
    petition = act.petition_id
    if petition is None or signing_steps.give_back(petition_id=petition, through=through):
        row.through = through
        row.save(update_fields=["through"])


def lock(act: Act) -> Released:
    """The row that keeps what was released; whoever adds a week's figures waits."""
    k = max(act.campaign.k, act.petition.k if act.petition else 0)
    Released.objects.get_or_create(act=act, defaults={"k": k})
    return Released.objects.select_for_update().get(act=act)


def _add(row: Released, act: Act, through: date) -> None:
    tree = units.tree(act.campaign_id, on=through + WEEK)
    moved = units.resolve(act.campaign_id)
    row.tree = shapes.grown(row.tree, tree, moved)
    signed, paper = _signed(act, through), _paper(act, through)
    if row.first is None:
        row.first = min([monday_of(act.day), through, *signed, *paper])
    row.through = through
    most = _most(tree, row.k)
    chosen = {*offered(act.petition), *(unit for step in signed.values() for unit in step)}
    forest = shapes.tree_of(row.tree, chosen, most)
    _release(row, row.signed, forest, _in_order(forest, signed, row))
    # Paper can be entered for every unit.
    forest = shapes.tree_of(row.tree, [unit for unit in row.tree if paper], most)
    _release(row, row.paper, forest, _in_order(forest, paper, row))


def _most(tree: UnitTree, k: int) -> dict[Unit, int]:
    """Where all but a few of a unit have signed, a figure would say of each that they have."""
    return {node.key.hex(): node.people - k for node in tree.nodes if node.people is not None}


def _signed(act: Act, through: date) -> dict[date, dict[Unit, int]]:
    if act.petition_id is None:
        return {}
    found = signing.unit_steps(act.petition_id, through)
    return {week: {u.hex(): n for u, n in step.items()} for week, step in found.items()}


def _paper(act: Act, through: date) -> dict[date, dict[Unit, int]]:
    rows = PaperEntry.objects.filter(act=act, week__lte=through).values_list("week", "unit__key")
    found: dict[date, dict[Unit, int]] = {}
    for week, key, count in rows.annotate(together=Sum("count")):
        found.setdefault(week, {})[bytes(key).hex() if key else shapes.NOBODYS] = count
    return found


def _in_order(tree: Tree, changes: Mapping[date, Step], row: Released) -> list[Step]:
    return [
        {shapes.leaf(tree, unit): n for unit, n in changes.get(week, {}).items()}
        for week in weeks_of(row)
    ]


def _release(row: Released, kept: Kept, tree: Tree, steps: list[Step]) -> None:
    new = releases.release(tree, steps, Rule(row.k), kept_releases(kept), sometimes, by_chance)
    for block in new:
        kept.setdefault(block.unit, []).append([block.first, block.last, block.total])
    if kept is row.signed:
        row.fallen = _fallen(row, sums.levels(tree, steps), {block.unit for block in new})


def sometimes() -> bool:
    """One time in five, by a coin that nobody sees: so that what was not shown was perhaps put off by chance."""
    return secrets.randbelow(5) == 0


def by_chance(large: Sequence[Unit]) -> Unit | None:
    """One time in five, one of these: so that of two that are hidden nobody knows that both are small."""
    return secrets.choice(large) if large and sometimes() else None


def _fallen(row: Released, levels: Mapping[Unit, int], grown: Iterable[Unit]) -> dict[Unit, int]:
    """Units whose figure is no longer shown. One stays among them until it has a new block."""
    found: dict[str, Any] = {u: below for u, below in row.fallen.items() if u not in grown}
    for unit, blocks in row.signed.items():
        shown = sum(total for _first, _last, total in blocks)
        if unit not in (shapes.ROOT, *found) and releases.has_fallen(levels[unit], shown, row.k):
            found[unit] = releases.below(shown, row.k)
    return found
