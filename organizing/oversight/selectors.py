"""Reads the log, the alerts and the scopes."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, Sum

from organizing.accounts.access import Campaign, Role
from organizing.accounts.models import Membership
from organizing.oversight import breadth
from organizing.oversight.labels import TAKEN_OUT, label
from organizing.oversight.models import AlertKind, ReadAlert, ReadLog, ReadMark
from organizing.units.models import Unit, UnitScope
from organizing.units.selectors import UnitNode, UnitTree
from organizing.units.trees import Scope, narrowed

WEEK = timedelta(days=7)
_SEE_ALL = (Role.ORGANIZER, Role.LEAD)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Somebody read one report on one day, `reads` times; the largest showed `units` units."""

    day: date
    reader: str
    report: str
    reads: int
    units: int


@dataclass(frozen=True, slots=True)
class Alert:
    """An account that read too much. `seat`: its membership, or None where it is out already."""

    id: UUID
    day: date
    reader: str
    kind: AlertKind
    seat: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """A unit that a member was given. `gone`: merged or split since, so it shows nothing."""

    id: UUID
    name: str
    gone: bool


def read_log(campaign: Campaign, monday: date) -> list[ReadLine]:
    """The seven days from a Monday on, the newest day first."""
    rows = ReadLog.objects.filter(campaign=campaign, day__gte=monday, day__lt=monday + WEEK)
    return [
        ReadLine(row.day, row.user.username, label(row.report), row.reads, row.units)
        for row in rows.select_related("user").order_by("-day", "user__username", "report")
    ]


@dataclass(frozen=True, slots=True)
class Reader:
    """What one account read in five weeks: on how many days, how often, how much of it was taken out of the site as
    a file or by a token, and of how many units it was shown figures.
    """

    name: str
    days: int
    reads: int
    taken: int
    units: int


def readers(campaign: Campaign, today: date) -> list[Reader]:
    """Everybody who read in this week and the four before, by pseudonym."""
    since = breadth.window_start(today)
    marks = ReadMark.objects.filter(campaign=campaign, week__gte=since).order_by()
    units = dict(marks.values_list("user_id").annotate(number=Count("id")))
    taken = Sum("reads", filter=Q(report__in=TAKEN_OUT), default=0)
    rows = ReadLog.objects.filter(campaign=campaign, day__gte=since).order_by("user__username")
    found = rows.values("user_id", "user__username").annotate(
        days=Count("day", distinct=True), times=Sum("reads"), taken=taken
    )
    return [
        Reader(
            name=row["user__username"],
            days=row["days"],
            reads=row["times"],
            taken=row["taken"],
            units=units.get(row["user_id"], 0),
        )
        for row in found
    ]


def has_reads_before(campaign: Campaign, monday: date) -> bool:
    """Whether the log goes further back."""
    return ReadLog.objects.filter(campaign=campaign, day__lt=monday).exists()


def open_alerts(campaign: Campaign) -> list[Alert]:
    """Alerts that nobody on the committee has settled, the newest first."""
    rows = ReadAlert.objects.filter(campaign=campaign, settled=False).select_related("user")
    seats = dict(Membership.objects.filter(campaign=campaign).values_list("user_id", "id"))
    return [
        Alert(row.id, row.day, row.user.username, AlertKind(row.kind), seats.get(row.user_id))
        for row in rows.order_by("-day", "user__username", "kind")
    ]


def given(membership: Membership, tree: UnitTree) -> list[Given]:
    """The units that a member was given, in the order of the tree; those that are gone last."""
    rows = UnitScope.objects.filter(membership=membership).select_related("unit")
    units = {row.unit_id: row.unit for row in rows}
    here = [Given(node.id, node.path, gone=False) for node in tree.nodes if node.id in units]
    return [*here, *(_gone(unit) for key, unit in units.items() if key not in tree.by_id)]


def _gone(unit: Unit) -> Given:
    return Given(unit.id, unit.name, gone=True)


def visible(scope: frozenset[UUID] | None, tree: UnitTree) -> tuple[UnitNode, ...]:
    """The units of a scope, as `access.scope_for` gives it, in the order of the tree."""
    return narrowed(tree, scope).nodes


def is_under(node: UnitNode, scope: frozenset[UUID], tree: UnitTree) -> bool:
    """Whether a unit is one of these, or lies under one."""
    return tree.is_within(node.id, scope)


def who_sees(campaign: Campaign, unit_id: UUID | None, tree: UnitTree) -> list[str]:
    """Pseudonyms of those who see a unit; None: what has no unit, which only those of the committee see."""
    return [
        seat.user.username
        for seat, sees in _seats(campaign)
        if sees is None or (unit_id and tree.is_within(unit_id, sees))
    ]


def seats_beside(campaign: Campaign, scope: Scope, tree: UnitTree) -> list[Membership]:
    """Members who see one at least of the units of a scope, by pseudonym: nobody learns who represents the others."""
    return [seat for seat, sees in _seats(campaign) if scope is None or _meet(scope, sees, tree)]


def _meet(one: frozenset[UUID], other: Scope, tree: UnitTree) -> bool:
    """Whether two scopes have a unit of today in common. Of each two units, one lies in the other or neither does."""
    if other is None:
        return True
    return any(tree.is_within(unit, other) for unit in one) or any(
        tree.is_within(unit, one) for unit in other
    )


def _seats(campaign: Campaign) -> list[tuple[Membership, Scope]]:
    """Everybody who sees counts, by pseudonym, and the units that they see."""
    seats = Membership.objects.filter(campaign=campaign, role__in=(*_SEE_ALL, Role.REPRESENTATIVE))
    given: dict[int, set[UUID]] = {}
    rows = UnitScope.objects.filter(membership__in=seats)
    for seat_id, unit in rows.values_list("membership_id", "unit_id"):
        given.setdefault(seat_id, set()).add(unit)
    return [
        (seat, None if seat.role in _SEE_ALL else frozenset(given.get(seat.pk, ())))
        for seat in seats.select_related("user").order_by("user__username")
    ]


def scoped(campaign: Campaign) -> dict[int, list[Given]]:
    """For each membership of a representative, the units given to it; those that are gone last."""
    seats = Membership.objects.filter(campaign=campaign, role=Role.REPRESENTATIVE)
    found: dict[int, list[Given]] = {key: [] for key in seats.values_list("id", flat=True)}
    rows = UnitScope.objects.filter(membership__in=seats).select_related("unit")
    for row in rows.order_by("unit__gone", "unit__position"):
        found[row.membership_id].append(Given(row.unit_id, row.unit.name, gone=row.unit.gone))
    return found
