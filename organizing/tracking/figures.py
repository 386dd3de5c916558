"""Figures that can be shown, as frozen dataclasses. Whatever is `None` is not known, or too small to be shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Block:
    """At least k new signers in whole weeks: Mondays of the first and of the last.

    Weeks between them in which the unit over this one was hidden are not in the number.

    Of the whole campaign alone it can be negative: at least k more left than came.
    """

    first: date
    last: date
    added: int


@dataclass(frozen=True, slots=True)
class Projection:
    """When a line is crossed if the pace of the last weeks goes on: earliest, middle and latest day.

    `level`: such an interval is right at least so often if the model is (0.8: four times in five).
    """

    earliest: date
    middle: date
    latest: date
    level: float


class Unsaid(StrEnum):
    """Why there is no projection."""

    PASSED = "passed"
    NO_HEAD_COUNT = "no head-count"
    LOWER_BOUND = "lower bound"
    FEW_WEEKS = "few weeks"
    OUT_OF_DATE = "out of date"
    CHANGING = "changing pace"
    TOO_WIDE = "too wide"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A target line and one unit. `share` in per cent. `passed` is None where a lower bound lies below the line.

    `unsaid` says why there is no projection; None where there is one.
    """

    share: int
    label: str
    passed: bool | None
    projected: Projection | None
    unsaid: Unsaid | None = None


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit with everything under it; `unit_id` None is the whole campaign.

    `signers`: at least so many, on `as_of`, the Sunday that ends the last block. `fallen`: at least k more have left
    since than came, so that nothing is shown; then fewer than `below` stand. `paper`: confirmed signatures on paper,
    never part of `signers`. `coverage`: `signers` of `people`, 0 to 1, a lower bound. `change`: new signers of the
    last complete week, where that week can be shown by itself. `counted`: whether it, or a part of it, can be chosen.
    `on_site`: whether the act is signed on the site at all. `first_on`: the Monday of its first figures, while
    no whole week of it is over; else None. `through`: the Sunday that ends the last whole week.
    """

    unit_id: UUID | None
    name: str
    kind: str
    path: str
    parent_id: UUID | None
    depth: int
    people: int | None
    people_as_of: date | None
    people_source: str
    signers: int | None
    as_of: date | None
    coverage: float | None
    change: int | None
    paper: int | None
    blocks: tuple[Block, ...]
    lines: tuple[Crossing, ...]
    fallen: bool = False
    below: int | None = None
    paper_blocks: tuple[Block, ...] = ()
    counted: bool = True
    on_site: bool = True
    first_on: date | None = None
    through: date | None = None


@dataclass(frozen=True, slots=True)
class ActFigures:
    """All that is shown of one structure test. `weeks`: Mondays of the complete weeks, the oldest first.

    `stalls`: units without a block for three complete weeks, the largest size class first, in it the lowest
    coverage first. `first_on` is that of every figure.
    """

    act_id: UUID
    petition_id: UUID | None
    kind: str
    name: str
    day: date
    k: int
    weeks: tuple[date, ...]
    today: date
    total: UnitFigure
    units: tuple[UnitFigure, ...]
    stalls: tuple[UUID, ...]
    first_on: date | None = None
