"""What the interface answers with. Each field is the field of the figures with the same name."""

from datetime import date
from uuid import UUID

from ninja import Field, Schema

from organizing.tracking.figures import Unsaid


class Problem(Schema):
    """What is wrong, in a sentence (RFC 9457)."""

    type: str = Field(description="Always about:blank: the status says what kind of problem it is.")
    title: str
    status: int
    detail: str


class Start(Schema):
    """The campaign that a token is for, and what the token opens."""

    campaign: str
    time_zone: str
    k: int = Field(description="No number under k is ever shown.")
    scopes: list[str]
    expires_on: date


class ActLine(Schema):
    """A structure test: a dated act that can be counted."""

    id: UUID
    kind: str
    name: str
    day: date


class Acts(Schema):
    """All acts of the campaign, the oldest first."""

    acts: list[ActLine]


class BlockShape(Schema):
    """New signers of whole weeks taken together, from the Monday `first` to the week of the Monday `last`."""

    first: date
    last: date
    added: int


class ProjectionShape(Schema):
    """When a line is crossed if the pace goes on. `level`: how often such an interval is right."""

    earliest: date
    middle: date
    latest: date
    level: float


class CrossingShape(Schema):
    """A target line. `passed` is null where the figures, which are lower bounds, lie below it."""

    share: int = Field(description="Per cent of the head-count.")
    label: str
    passed: bool | None
    projected: ProjectionShape | None
    unsaid: Unsaid | None = Field(description="Why there is no projection.")


class FigureShape(Schema):
    """One unit with everything under it; `unit_id` null is the whole campaign. Null is not nought."""

    unit_id: UUID | None
    name: str
    kind: str
    path: str
    parent_id: UUID | None
    depth: int
    people: int | None
    people_as_of: date | None
    people_source: str
    signers: int | None = Field(description="At least so many; null where nothing can be shown.")
    as_of: date | None = Field(description="The Sunday that ends the last block.")
    coverage: float | None = Field(description="signers / people, 0 to 1, a lower bound.")
    change: int | None = Field(description="New signers of the last complete week.")
    paper: int | None = Field(description="Confirmed signatures on paper, not part of signers.")
    blocks: list[BlockShape]
    lines: list[CrossingShape]
    fallen: bool
    below: int | None
    paper_blocks: list[BlockShape]
    counted: bool = Field(description="Whether it, or a part of it, can be chosen by signers.")
    on_site: bool = Field(
        description="Whether the act is signed on the site, and not on paper alone."
    )
    first_on: date | None = Field(description="As in the head of the answer.")


class Figures(Schema):
    """What every answer with figures begins with."""

    act_id: UUID
    kind: str
    name: str
    day: date
    k: int
    weeks: list[date] = Field(description="Mondays of the complete weeks.")
    today: date
    first_on: date | None = Field(
        description="The Monday of the first figures, while no whole week is over; then null. Until then null signers "
        "say nothing of how many there are."
    )


class TotalFigures(Figures):
    """An act in the whole campaign."""

    total: FigureShape


class UnitsFigures(Figures):
    """An act in each unit that the holder of the token sees, in the order of the tree."""

    units: list[FigureShape]
    stalls: list[UUID] = Field(description="Units without new signers that can be shown for weeks.")
