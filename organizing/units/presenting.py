"""Sentences about problems and history, and the pages of the tree put together."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizing.accounts.access import Campaign, User, role_in
from organizing.units.access import EDITORS
from organizing.units.changes import Facts, Line, What
from organizing.units.problems import Fault, Problem
from organizing.units.sight import Sight
from organizing.units.trees import SEPARATOR, UnitNode, UnitTree

# A page shows all under a unit at once up to this number, else only what lies directly under it, page by page.
MOST_AT_ONCE = 250
ON_A_PAGE = 100
MOST_FOUND = 50


def around(user: User, campaign: Campaign) -> dict[str, Any]:
    """What every page about units shows around its content."""
    return {"campaign": campaign, "may_edit": role_in(user, campaign) in EDITORS}


def say(fault: Fault) -> str:
    """A problem as a sentence, without the number of its row."""
    return SENTENCES[fault.problem]() % fault.facts


# Functions, because the language is that of whoever reads.
SENTENCES: dict[Problem, Callable[[], str]] = {
    Problem.OLD_EXCEL: lambda: _(
        "This is an old Excel file (.xls), or one with a password. Save it as .xlsx or as CSV without a "
        "password, and choose that one."
    ),
    Problem.NOT_A_TABLE: lambda: _("This is neither CSV nor XLSX."),
    Problem.BROKEN: lambda: _(
        "This file cannot be read: it is damaged, or not what its name says. Save it anew as XLSX or CSV."
    ),
    Problem.TOO_LARGE: lambda: _("This file is too large. It may have at most 2 MB."),
    Problem.TOO_MANY_ROWS: lambda: _("This file has more than %(most)d rows."),
    Problem.TOO_WIDE: lambda: _(
        "A row of this file has more than %(most)d cells. Save it with the columns of the list alone."
    ),
    Problem.NO_HEADINGS: lambda: _(
        "No row with headings was found. The first row must have at least “code” and “name”."
    ),
    Problem.HEADING_TWICE: lambda: _("Two columns are headed “%(heading)s”."),
    Problem.EMPTY: lambda: _("There is no row under the headings."),
    Problem.TOO_MANY_UNITS: lambda: _("With this there would be more than %(most)d units."),
    Problem.NO_CODE: lambda: _("The code is missing."),
    Problem.NO_NAME: lambda: _("“%(code)s” has no name."),
    Problem.LONG_CODE: lambda: _("The code is longer than %(most)d characters."),
    Problem.LONG_NAME: lambda: _("The name of “%(code)s” is longer than %(most)d characters."),
    Problem.LONG_SOURCE: lambda: _("The source of “%(code)s” is longer than %(most)d characters."),
    Problem.CODE_TWICE: lambda: _("Row %(first)d has the code “%(code)s” already."),
    Problem.CODE_TAKEN: lambda: _("Another unit has the code “%(code)s”."),
    Problem.UNKNOWN_KIND: lambda: _(
        "“%(text)s” is no kind. Write site, department, shift or other."
    ),
    Problem.UNKNOWN_PARENT: lambda: _("No unit has the code “%(parent)s”."),
    Problem.UNDER_ITSELF: lambda: _("“%(code)s” would lie under itself."),
    Problem.TOO_DEEP: lambda: _("“%(code)s” would lie deeper than %(most)d levels."),
    Problem.NO_NUMBER: lambda: _("“%(text)s” is not a whole number of people."),
    Problem.NO_DAY: lambda: _(
        "The head-count of “%(code)s” has no day. Fill in as_of, or name one day for the whole file."
    ),
    Problem.UNREADABLE_DAY: lambda: _("“%(text)s” is not a day. Write it like this: 2026-11-30"),
    Problem.DAY_AHEAD: lambda: _("A head-count cannot be of a day to come (%(text)s)."),
    Problem.NO_SOURCE: lambda: _(
        "The head-count of “%(code)s” has no source. Fill it in, or name one for the whole file."
    ),
    Problem.ALONE: lambda: _("Name two parts at least, and never the unit itself."),
}


def tell(line: Line) -> str:
    """What was done, as a sentence."""
    return _HISTORY[What(line.what)](line.facts)


def told(lines: Iterable[Line], sight: Sight) -> list[tuple[Line, str]]:
    """Lines with their sentences. Where a unit once lay is named only to whoever sees that name in the tree."""
    if sight.scope is None:
        return [(line, tell(line)) for line in lines]
    names = {name for node in sight.tree.nodes for name in node.path.split(SEPARATOR)}
    return [(line, tell(_within(line, names))) for line in lines]


def _within(line: Line, names: Collection[str]) -> Line:
    under = line.facts.get("under")
    if not under or under in names:
        return line
    known = {name: fact for name, fact in line.facts.items() if name != "under"}
    return replace(line, facts=known)


def _imported(facts: Facts) -> str:
    made, changed, counted = (int(facts[name]) for name in ("made", "changed", "counted"))
    parts = (
        ngettext("%(number)d unit added", "%(number)d units added", made) % {"number": made},
        ngettext("%(number)d unit changed", "%(number)d units changed", changed)
        % {"number": changed},
        ngettext("%(number)d head-count added", "%(number)d head-counts added", counted)
        % {"number": counted},
    )
    return _("A file was taken over: %(what)s.") % {"what": " · ".join(parts)}


def _moved(facts: Facts) -> str:
    if "under" not in facts:
        return _("“%(name)s” was moved.") % facts
    if not facts["under"]:
        return _("“%(name)s” was moved to the top.") % facts
    return _("“%(name)s” was moved under “%(under)s”.") % facts


def _renamed(facts: Facts) -> str:
    if facts["before"] == facts["name"]:
        return _("“%(name)s” has another code or kind now.") % facts
    return _("“%(before)s” is called “%(name)s” now.") % facts


def _merged(facts: Facts) -> str:
    if not facts["into"]:
        return _("“%(name)s” was taken away. Its signers count for the whole campaign.") % facts
    return _("“%(name)s” was merged into “%(into)s”.") % facts


def _split(facts: Facts) -> str:
    if facts["stays"]:
        return _("“%(name)s” was divided into parts: %(parts)s.") % facts
    return _("“%(name)s” was replaced by its parts: %(parts)s.") % facts


def _counted(facts: Facts) -> str:
    day = formats.date_format(date.fromisoformat(str(facts["as_of"])))
    shown = {**facts, "as_of": day, "name": facts["name"] or _("The whole campaign")}
    return _("Head-count of “%(name)s” as of %(as_of)s: %(people)d. Source: %(source)s") % shown


def _offered(facts: Facts) -> str:
    number = int(facts["number"])
    return ngettext(
        "A petition offers %(number)d unit to its signers.",
        "A petition offers %(number)d units to its signers.",
        number,
    ) % {"number": number}


def _added(facts: Facts) -> str:
    if "under" not in facts:
        return _("“%(name)s” was added.") % facts
    if not facts["under"]:
        return _("“%(name)s” was added at the top.") % facts
    return _("“%(name)s” was added under “%(under)s”.") % facts


_HISTORY: dict[What, Callable[[Facts], str]] = {
    What.ADDED: _added,
    What.RENAMED: _renamed,
    What.MOVED: _moved,
    What.MERGED: _merged,
    What.SPLIT: _split,
    What.COUNTED: _counted,
    What.IMPORTED: _imported,
    What.OFFERED: _offered,
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in a list, how many lie under it, and those themselves where there is room to show them."""

    node: UnitNode
    under: int
    parts: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Units under one unit (None: the top). `next`: the number of the next page, 0 for none.

    `outside`: names of what lies above all that this reader sees, the topmost first.
    """

    top: UnitNode | None
    outside: tuple[str, ...]
    above: tuple[UnitNode, ...]
    branches: tuple[Branch, ...]
    whole: bool
    number: int
    next: int


def page(tree: UnitTree, unit_id: UUID | None, number: int) -> Page:
    """Everything under a unit, or one page of what lies directly under it. Raises KeyError."""
    inside = tree.subtree(unit_id) if unit_id else tree.nodes
    children = tree.children(unit_id)
    whole = len(inside) <= MOST_AT_ONCE
    first = 0 if whole else max(0, number - 1) * ON_A_PAGE
    some = children if whole else children[first : first + ON_A_PAGE]
    more = not whole and first + ON_A_PAGE < len(children)
    sizes = _sizes(tree)
    above = tree.ancestors(unit_id) if unit_id else ()
    return Page(
        tree.by_id[unit_id] if unit_id else None,
        _outside((*above, tree.by_id[unit_id])[0]) if unit_id else (),
        above,
        tuple(_branch(tree, node, sizes, deep=whole) for node in some),
        whole,
        max(1, number),
        max(1, number) + 1 if more else 0,
    )


def _outside(top: UnitNode) -> tuple[str, ...]:
    return tuple(top.path.split(SEPARATOR)[:-1])


def _sizes(tree: UnitTree) -> dict[UUID, int]:
    """How many units lie under each."""
    found: dict[UUID, int] = {}
    for node in reversed(tree.nodes):
        found[node.id] = sum(found[part.id] + 1 for part in tree.children(node.id))
    return found


def _branch(tree: UnitTree, node: UnitNode, sizes: dict[UUID, int], *, deep: bool) -> Branch:
    # As deep as a tree may be, which is eight levels.
    parts = tree.children(node.id) if deep else ()
    return Branch(node, sizes[node.id], tuple(_branch(tree, p, sizes, deep=deep) for p in parts))


def find(tree: UnitTree, words: str) -> tuple[UnitNode, ...]:
    """Units whose path or code has all of the words, at most fifty."""
    wanted = words.casefold().split()
    found = (
        node
        for node in tree.nodes
        if all(word in f"{node.path} {node.code}".casefold() for word in wanted)
    )
    return tuple(node for node, _n in zip(found, range(MOST_FOUND), strict=False))
