"""Finds what could identify an author or get people into trouble.

The twin of js/core/flags.js, for the form without JavaScript; the rules are one file that both read. Nothing is
sent anywhere, and nothing is kept.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.unseen import RULES

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Flag:
    """A place in a text, in characters, and what kind of trouble it is."""

    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a kind of trouble; `unless` are languages in which it would say nothing.

    The one kind without a pattern finds the units that it is told of.
    """

    kind: str
    pattern: re.Pattern[str] | None
    unless: tuple[str, ...]


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    data = json.loads(RULES.read_text(encoding="utf-8"))
    return tuple(_rule(raw, data) for raw in data["rules"])


def _rule(raw: dict[str, Any], data: dict[str, Any]) -> Rule:
    if "pattern" not in raw:
        return Rule(raw["kind"], None, ())
    text = raw["pattern"].replace("{NAMES}", data["names"])
    for name, letters in data["classes"].items():
        text = text.replace(f"{{{name}}}", letters)
    # \\b, \\w and \\s mean the plain letters and spaces that JavaScript takes them for.
    flags = re.ASCII | (re.IGNORECASE if raw.get("ignore_case") else re.NOFLAG)
    return Rule(raw["kind"], re.compile(text, flags), tuple(raw.get("except", ())))


@lru_cache(maxsize=64)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Each as a whole word, the longest first; at the beginning of a sentence, too."""
    ways = {way for name in names for way in (name, name[:1].upper() + name[1:])}
    longest_first = sorted(ways, key=lambda way: (-len(way), way))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def find(text: str, language: str, units: tuple[str, ...] = ()) -> list[Flag]:
    """Flags in the order of the text. Where two would overlap, the earlier rule has the place.

    `units`: names that tell who wrote a text.
    """
    taken: list[Flag] = []
    covered = bytearray(len(text))
    for rule in _rules():
        pattern = rule.pattern or (_any_of(units) if units else None)
        if pattern is None or language in rule.unless:
            continue
        matches = _matches(rule.kind, pattern, text)
        found = [f for f in matches if covered.find(1, f.start, f.end) < 0]
        for flag in found:
            covered[flag.start : flag.end] = b"\1" * (flag.end - flag.start)
        taken += found
    return sorted(taken, key=lambda flag: flag.start)


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Flag]:
    for match in pattern.finditer(text):
        if match[0]:
            yield Flag(match.start(), match.end(), kind, match[0])


def find_in_fields(
    fields: Fields, language: str, units: tuple[str, ...] = ()
) -> list[tuple[str, Flag]]:
    """Flags of a whole text, field by field: as many as somebody goes through before they look again."""
    found = ((name, flag) for name in FIELDS for flag in find(fields[name], language, units))
    return list(islice(found, MOST_SHOWN))


def units_in(fields: Fields, units: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that stand somewhere in a text, as they stand there."""
    if not units:
        return ()
    found = (match for name in FIELDS for match in _any_of(units).findall(fields[name]))
    return tuple(sorted(set(found)))
