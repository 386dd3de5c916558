"""Reads acts, target lines, paper entries and figures. The cost depends on units and weeks, never on signatures."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from organizing.accounts.access import Campaign, User
from organizing.accounts.days import day_in
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition
from organizing.tracking import boxes, placing, shapes, stalls
from organizing.tracking.figures import ActFigures, UnitFigure
from organizing.tracking.keeping import offered, weeks_of
from organizing.tracking.models import Act, PaperEntry, Released, TargetLine
from organizing.tracking.presets import PRESETS
from organizing.tracking.showing import Line, Showing
from organizing.units import selectors as units
from organizing.units.selectors import UnitTree


@dataclass(frozen=True, slots=True)
class LineView:
    """A target line as it is shown. `url` where an authority says it itself; `preset` where it came with the site."""

    id: UUID
    preset: str
    share: int
    label: str
    source: str
    source_day: date | None
    url: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act in a list. `removable`: nothing was entered for it."""

    act: Act
    name: str
    waiting: int
    removable: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """Signatures on paper that one person has counted. `mine`: by the reader, who cannot confirm them.

    No number: it is known to whoever holds the paper.
    """

    id: UUID
    unit_id: UUID | None
    path: str
    day: date
    mine: bool


def acts(campaign: Campaign) -> list[Act]:
    """The campaign's structure tests, the oldest first."""
    rows = Act.objects.filter(campaign=campaign).select_related("campaign", "petition", "released")
    return list(rows.order_by("day", "id"))


def act_lines(campaign: Campaign, *, today: date, only: frozenset[UUID] | None) -> list[ActLine]:
    """The same with names, and how many entries of each wait for a second person: of those that the reader sees."""
    rows = PaperEntry.objects.filter(act__campaign=campaign).values_list("act_id", "week", "unit")
    entries = Counter(act for act, _week, _unit in rows)
    tree = units.tree(campaign.id, on=today)
    waiting = Counter(a for a, week, unit in rows if week is None and _sees(unit, tree, only))
    return [
        ActLine(act, name_of(act), waiting[act.id], not act.petition_id and not entries[act.id])
        for act in acts(campaign)
    ]


def name_of(act: Act) -> str:
    """What an act is called: its own name, else its petition's title."""
    name = boxes.read(act).get("name", "")
    if name or act.petition is None:
        return name
    return petition_title(act.petition) or _("Petition without a title")


def petition_title(petition: Petition) -> str:
    """The title in the first language that has one."""
    texts = petitions.latest_texts(petition)
    found = (texts[code] for code in petition.languages if code in texts)
    first = next(found, None)
    return str(petitions.open_text(first).content["title"]) if first else ""


def target_lines(campaign: Campaign) -> list[LineView]:
    """The campaign's target lines, the lowest first, in the reader's language."""
    rows = TargetLine.objects.filter(campaign=campaign).order_by("share", "id")
    return [_line_view(row) for row in rows]


def _line_view(row: TargetLine) -> LineView:
    preset = PRESETS.get(row.preset)
    if preset is not None:
        label, source = str(preset.label), str(preset.source)
        return LineView(row.id, row.preset, row.share, label, source, row.source_day, preset.url)
    said = boxes.read(row)
    return LineView(row.id, "", row.share, said["label"], said["source"], row.source_day, "")


def line_fields(row: TargetLine) -> dict[str, object]:
    """What a form about the line begins with."""
    view = _line_view(row)
    return {
        "share": view.share,
        "label": view.label,
        "source": view.source,
        "source_day": view.source_day,
    }


def figures(act: Act, *, now: datetime, only: frozenset[UUID] | None = None) -> ActFigures:
    """What is shown of an act. `only`: these units, with all under them, beside the total; None: all units."""
    today = day_in(act.campaign, now)
    tree = units.tree(act.campaign_id, on=today)
    row = Released.objects.filter(act=act).first() or Released(k=act.campaign.k)
    row.act = act
    showing, weeks = _showing(act, row, tree, today), weeks_of(row)
    seen = {node.id for node in tree.nodes if _is_within(node.id, tree, only)}
    # Whether a unit stalls is told by those beside it, also by those that this reader does not see.
    beside = {node.parent_id for node in tree.nodes if node.id in seen}
    near = [showing.unit(node) for node in tree.nodes if node.parent_id in beside]
    return ActFigures(
        act_id=act.id,
        petition_id=act.petition_id,
        kind=act.kind,
        name=name_of(act),
        day=act.day,
        k=row.k,
        weeks=tuple(weeks),
        today=today,
        total=showing.total(tree),
        units=tuple(unit for unit in near if unit.unit_id in seen),
        stalls=tuple(unit for unit in _stalls(near, weeks) if unit in seen),
        first_on=showing.first_on,
    )


def _showing(act: Act, row: Released, tree: UnitTree, today: date) -> Showing:
    places = placing.places(row.tree, tree, units.resolve(act.campaign_id))
    lines = [Line(line.share, line.label) for line in target_lines(act.campaign)]
    return Showing(row, places, lines, _counted(act, row), today)


def _stalls(found: list[UnitFigure], weeks: list[date]) -> tuple[UUID, ...]:
    return stalls.stalled(found, weeks[-1] if len(weeks) >= stalls.STALL_WEEKS else None)


def _counted(act: Act, row: Released) -> frozenset[str]:
    """Keys of what people can be in: what a petition offers, with all above it; of any other act, all units."""
    if act.petition is None:
        return frozenset(row.tree)
    chosen = [*offered(act.petition), *row.signed]
    return frozenset(key for unit in chosen for key in (unit, *shapes.above(unit, row.tree)))


def _is_within(unit: UUID, tree: UnitTree, only: frozenset[UUID] | None) -> bool:
    return only is None or unit in only or any(n.id in only for n in tree.ancestors(unit))


def lined_up(
    campaign: Campaign, *, now: datetime, only: frozenset[UUID] | None = None
) -> list[ActFigures]:
    """All acts of a campaign side by side, the oldest first."""
    return [figures(act, now=now, only=only) for act in acts(campaign)]


def paper_waiting(
    act: Act, user: User, *, today: date, only: frozenset[UUID] | None
) -> list[PaperView]:
    """Entries that wait for a second person."""
    tree = units.tree(act.campaign_id, on=today)
    rows = PaperEntry.objects.filter(act=act, week=None).order_by("day", "id")
    found = []
    for row in rows:
        if not _sees(row.unit_id, tree, only):
            continue
        node = tree.by_id.get(row.unit_id) if row.unit_id else None
        path = node.path if node else ""
        found.append(PaperView(row.id, row.unit_id, path, row.day, row.typed_by_id == user.pk))
    return found


def _sees(unit: UUID | None, tree: UnitTree, only: frozenset[UUID] | None) -> bool:
    return only is None or (
        unit in tree.by_id and unit is not None and _is_within(unit, tree, only)
    )


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit for which paper can be entered. `people`: its head-count, where it may be shown."""

    id: UUID
    code: str
    path: str
    people: int | None = None


def unit_choices(
    act: Act, *, today: date, only: frozenset[UUID] | None
) -> tuple[list[UnitChoice], int | None]:
    """Units for which paper can be entered, in the order of the tree; and the head-count of the whole campaign."""
    tree = units.tree(act.campaign_id, on=today)
    k = max(act.campaign.k, act.petition.k if act.petition else 0)
    choices = [
        UnitChoice(node.id, node.code, node.path, _shown(node.people, k))
        for node in tree.nodes
        if _is_within(node.id, tree, only)
    ]
    return choices, _shown(tree.people, k)


def _shown(people: int | None, k: int) -> int | None:
    # As on the pages: a question at more than seven would say that there are seven.
    return people if people is not None and people >= k else None
