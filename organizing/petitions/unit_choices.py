"""The units of a manifest as a signer chooses among them: grouped by the top unit, in the page's language.

A manifest names a unit by its path. One whose path begins another's stands for what is left of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit by its id in the manifest (b64u), and what it is called inside its group."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one top unit; without a name, one that stands alone."""

    name: str
    choices: tuple[UnitChoice, ...]


def grouped(units: Iterable[Mapping[str, str]]) -> list[UnitGroup]:
    """The groups in the manifest's order. What is left of a unit comes behind its parts."""
    found: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        top = unit["name"].partition(SEPARATOR)[0]
        found.setdefault(top, []).append((unit["name"], unit["id"]))
    return [_group(top, members) for top, members in found.items()]


def _group(top: str, members: list[tuple[str, str]]) -> UnitGroup:
    if len(members) == 1:
        (name, identity), *_none = members
        return UnitGroup("", (UnitChoice(identity, name),))
    choices, waiting = [], list[tuple[str, str]]()
    names = [name for name, _id in members]
    for (name, identity), after in zip(members, [*names[1:], ""], strict=True):
        while waiting and not name.startswith(waiting[-1][0] + SEPARATOR):
            choices.append(_rest(top, *waiting.pop()))
        if after.startswith(name + SEPARATOR):
            waiting.append((name, identity))
        else:
            choices.append(UnitChoice(identity, _inside(top, name)))
    choices += [_rest(top, *one) for one in reversed(waiting)]
    return UnitGroup(top, tuple(choices))


def _inside(top: str, name: str) -> str:
    return name.removeprefix(top + SEPARATOR)


def _rest(top: str, name: str, identity: str) -> UnitChoice:
    return UnitChoice(identity, _("Another part of %(unit)s") % {"unit": _inside(top, name)})
