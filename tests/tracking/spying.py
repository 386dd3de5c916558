"""Several representatives who put together whatever the site has ever shown them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from organizing.accounts.models import User
from organizing.counting import selectors as counting
from organizing.petitions.weeks import WEEK
from organizing.tracking import releasing, selectors, services, shapes
from organizing.tracking.figures import UnitFigure
from organizing.tracking.keeping import kept_releases
from organizing.tracking.models import Act, Released
from organizing.tracking.releases import Release, covered
from organizing.tracking.sums import Unit
from organizing.units.models import Unit as UnitRow
from tests.accounts.people import make_person
from tests.tracking import support
from tests.tracking.attacker import Attacker, under
from tests.tracking.support import FIRST, NOBODYS, Workplace

K = 10
# Of each week: class of proof, and how many signers a leaf has in a batch.
BATCHES = ((1, 1.5), (2, 1.0))


@dataclass
class Told:
    """What was counted, and what was shown of it. Columns: leaf by batch, then leaf by week for paper."""

    act: Act
    leaves: list[bytes]
    weeks: int
    came: dict[int, int] = field(default_factory=dict)
    paper: dict[int, int] = field(default_factory=dict)
    blocks: set[tuple[UUID | None, str, date, date, int]] = field(default_factory=set)
    totals: list[tuple[int, int, int]] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)

    @property
    def batches(self) -> int:
        return self.weeks * len(BATCHES)

    @property
    def size(self) -> int:
        return len(self.leaves) * (self.batches + self.weeks)

    @property
    def released(self) -> Released:
        return Released.objects.get(act=self.act)

    def column(self, leaf: bytes, batch: int) -> int:
        return self.leaves.index(leaf) * self.batches + batch

    def paper_column(self, leaf: bytes, week: int) -> int:
        return len(self.leaves) * self.batches + self.leaves.index(leaf) * self.weeks + week


@dataclass
class Story:
    """Twelve weeks at a workplace, with readers of different scopes who meet every Monday."""

    work: Workplace
    act: Act
    readers: Sequence[frozenset[UUID] | None]
    leaves: list[bytes]
    weeks: int = 12
    seed: int = 1

    def tell(self) -> Told:
        chance = random.Random(self.seed)
        told = Told(self.act, self.leaves, self.weeks)
        pace = {leaf: chance.choice((0, 0.4, 1, 1, 2.5, 6)) for leaf in self.leaves}
        people = [make_person(name, factor=False).user for name in ("Typist", "Checker")]
        for week in range(self.weeks):
            for number, (proof_class, rate) in enumerate(BATCHES):
                batch = week * len(BATCHES) + number
                hurry = {leaf: number * rate for leaf, number in pace.items()}
                self._count(told, chance, batch, proof_class, hurry)
            for unit in self.work.sites[:6]:
                self._enter(told, week, unit, chance.choice((0, 2, 5, 14)), people)
            self._change_units(week, chance)
            self._read(told, week)
        return told

    def _enter(
        self, told: Told, week: int, unit: UnitRow, count: int, people: Sequence[User]
    ) -> None:
        if not count:
            return
        first, second = people
        entry = services.type_paper(act=self.act, unit=unit, count=count, day=FIRST, user=first)
        now = support.moment(week)
        services.confirm_paper(entry=entry, count=count, user=second, now=now)
        told.paper[told.paper_column(bytes(unit.key), week)] = count

    def _count(
        self,
        told: Told,
        chance: random.Random,
        batch: int,
        proof_class: int,
        pace: dict[bytes, float],
    ) -> None:
        came = {u: sum(chance.random() < p / 30 for _ in range(30)) for u, p in pace.items()}
        came[NOBODYS] += max(0, K - sum(came.values()))
        step, week = {}, batch // len(BATCHES)
        for leaf, number in came.items():
            column = told.column(leaf, batch)
            earlier = range(told.column(leaf, 0), column)
            here = sum(told.came[c] - told.left[c] for c in earlier)
            gone = sum(chance.random() < 0.01 for _ in range(here))
            told.came[column], told.left[column] = number, gone
            step[leaf] = number - gone
        support.count_week(self.act, week, step, proof_class)
        assert self.act.petition
        found = counting.counts(self.act.petition, support.moment(week))
        classes = {1: found.independent.total, 2: found.mailbox.total if found.mailbox else None}
        total = classes[proof_class]
        if total is not None:
            told.totals.append((proof_class, batch, total))

    def _change_units(self, week: int, chance: random.Random) -> None:
        """Head-counts change, two departments become one, and a site moves under another."""
        if week % 3 == 1:
            for unit in UnitRow.objects.filter(campaign=self.work.campaign, gone=False):
                self.work.count(unit, chance.randrange(25, 400), FIRST + WEEK * week)
        departments = list(UnitRow.objects.filter(parent=self.work.sites[0]).order_by("position"))
        if week == 5:
            gone = UnitRow.objects.filter(id=departments[0].id)
            gone.update(gone=True, counted_under=departments[1])
        if week == 8:
            UnitRow.objects.filter(id=departments[2].id).update(parent=self.work.sites[1])

    def _read(self, told: Told, week: int) -> None:
        now = support.end(week + 1)
        releasing.release_weeks(act_id=self.act.id, now=now)
        for only in self.readers:
            found = selectors.figures(self.act, now=now, only=only)
            for figure in (found.total, *found.units):
                told.blocks |= set(_blocks(figure))


def _blocks(figure: UnitFigure) -> Iterator[tuple[UUID | None, str, date, date, int]]:
    for block in figure.blocks:
        yield figure.unit_id, "signed", block.first, block.last, block.added
    for block in figure.paper_blocks:
        yield figure.unit_id, "paper", block.first, block.last, block.added
    assert figure.signers is None or figure.signers == sum(b.added for b in figure.blocks)


def attack(told: Told) -> Attacker:
    """Everything shown as equations, by somebody who also knows of all who left, and every block that was kept."""
    attacker = Attacker(told.size)
    for kind, blocks in kept(told).items():
        for block, weeks in blocks.items():
            _know(attacker, told, block.unit, weeks, kind)
    for proof_class, batch, _total in told.totals:
        number = [c for c, _rate in BATCHES].index(proof_class)
        batches = range(number, batch + 1, len(BATCHES))
        columns = [told.column(leaf, b) for leaf in told.leaves for b in batches]
        attacker.knows(columns, sum(told.came[column] for column in columns))
    return attacker


def kept(told: Told) -> dict[str, dict[Release, tuple[int, ...]]]:
    """Every block, with the weeks that it sums up."""
    row = told.released
    tree = shapes.tree_of(row.tree, [leaf.hex() for leaf in told.leaves], {})
    every = {"signed": row.signed, "paper": row.paper}
    return {kind: covered(tree, list(kept_releases(blocks))) for kind, blocks in every.items()}


def _know(attacker: Attacker, told: Told, key: Unit, weeks: Sequence[int], kind: str) -> None:
    columns = columns_of(told, key, weeks, kind)
    known = told.came if kind == "signed" else told.paper
    attacker.knows(columns, sum(known.get(column, 0) for column in columns))


def _keys(act: Act) -> dict[UUID | None, Unit]:
    rows = UnitRow.objects.filter(campaign=act.campaign)
    return {None: shapes.ROOT, **{unit.id: bytes(unit.key).hex() for unit in rows}}


def columns_of(told: Told, key: Unit, weeks: Sequence[int], kind: str) -> list[int]:
    """Of all leaves under a unit, in some weeks."""
    tree = shapes.tree_of(told.released.tree, [leaf.hex() for leaf in told.leaves], {})
    leaves = [bytes.fromhex(leaf.removesuffix(shapes.ITSELF)) for leaf in under(tree, key)]
    if kind == "paper":
        return [told.paper_column(leaf, week) for leaf in leaves for week in weeks]
    size = len(BATCHES)
    batches = [week * size + number for week in weeks for number in range(size)]
    return [told.column(leaf, batch) for leaf in leaves for batch in batches]


def untrue(told: Told) -> list[tuple[UUID | None, str, date, date, int]]:
    """What was shown and is no block that was kept, or was not counted so."""
    keys, true = _keys(told.act), set[tuple[str, Unit, date, date, int]]()
    for kind, blocks in kept(told).items():
        known = (
            {c: told.came[c] - told.left[c] for c in told.came} if kind == "signed" else told.paper
        )
        for block, weeks in blocks.items():
            total = sum(known.get(c, 0) for c in columns_of(told, block.unit, weeks, kind))
            ends = (FIRST + WEEK * block.first, FIRST + WEEK * block.last)
            true.add((kind, block.unit, *ends, total))
    return [block for block in told.blocks if (block[1], keys[block[0]], *block[2:]) not in true]


def protected(told: Told) -> list[tuple[str, list[int]]]:
    """Every number below k of one leaf: in a batch, in a week, up to a week; signed and on paper."""
    found = []
    for leaf in told.leaves:
        for week in range(told.weeks):
            size = len(BATCHES)
            for what, batches in (
                ("batch", range(week * size, week * size + 1)),
                ("week", range(week * size, (week + 1) * size)),
                ("up to week", range((week + 1) * size)),
            ):
                columns = [told.column(leaf, batch) for batch in batches]
                if sum(told.came[column] for column in columns) < K:
                    found.append((f"{what} {week} of {leaf.hex()}", columns))
            columns = [told.paper_column(leaf, week)]
            if told.paper.get(columns[0], 0) < K:
                found.append((f"paper in week {week} of {leaf.hex()}", columns))
    return found
