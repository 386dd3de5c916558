"""Finds what looks like a person in a note that is for units only.

The rules are those of drafting (names, user names, addresses, telephones), and some that only make sense in a
short note. They find what looks like a person, in scripts with capital letters at least; they know nobody.
"""

import json
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from pathlib import Path

from organizing.drafting import flags
from organizing.drafting.unseen import RULES


class Reason(Enum):
    """What a stretch of a note looks like."""

    NAME = "name"
    ADDRESS = "email"
    USERNAME = "username"
    PHONE = "phone"
    NUMBER = "number"
    HOME = "home"


Found = tuple[Reason, str]

# Words of every workplace: they may stand with a capital letter without being anybody's name.
_ORDINARY = Path(__file__).with_name("ordinary_words.txt")

_FLAGGED = {reason.value: reason for reason in Reason}
_UP, _LOW = "A-ZÀ-ÖØ-ÞĀ-ſ", "a-zß-öø-ÿĀ-ſ"
_CAPITAL = f"[{_UP}][{_LOW}’'-]{{1,24}}"
_NUMBER = re.compile(
    r"\b(?:employee|personnel|staff|badge|payroll|empleado|empleada|nómina|personal)"
    r"(?: ?(?:number|id|no\.?|nr\.?|n[º°]|#))? ?[0-9]{2,10}\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    rf"\b[0-9]{{1,5}}[a-z]? (?:{_CAPITAL} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court)\b"
    rf"|\b(?:Calle|Avenida|Rue|Plaza|Camino) (?:(?:de|del|la|las|los|du|des) )*{_CAPITAL},? [0-9]{{1,4}}\b"
    rf"|\b[{_UP}][{_LOW}]+(?:straße|strasse|weg|gasse) [0-9]{{1,4}}\b"
)
# Whoever is talked to and written large is a person, unless the word belongs to a unit or to every workplace.
_TALKED_TO = re.compile(
    r"\b(?:(?i:talk(?:s|ed)? (?:to|with)|speak (?:to|with)|ask|call|see|meet|visit|text|ring|convince|remind|"
    r"hablar? con|pregunta(?:r)? a|llama(?:r)? a|convencer a|ver a|avisar a)) "
    rf"({_CAPITAL}(?: {_CAPITAL})?)"
)
_FIRST_AND_LAST = re.compile(rf"(?<![{_UP}{_LOW}])({_CAPITAL} {_CAPITAL})(?![{_UP}{_LOW}])")
_INITIAL = re.compile(rf"(?<![{_UP}{_LOW}0-9])(?:[{_UP}]\. ?){{1,2}}{_CAPITAL}")
# Given names that are words, too, when written small.
_ALSO_WORDS = {
    "mark",
    "frank",
    "jan",
    "jack",
    "joan",
    "jean",
    "kim",
    "wei",
    "ali",
    "tom",
    "bob",
    "scott",
}


def people_in(text: str, language: str, unit_names: Iterable[str]) -> list[Found]:
    """What looks like a person, with the reason, in the order in which it was found; each stretch once."""
    names = list(unit_names)
    # Of a unit's words, "Maria" alone is somebody: only "Santa Maria" as a whole is the unit.
    known = _ordinary() | ({word for name in names for word in _words(name)} - _given_names())
    found: dict[str, Reason] = {}
    for reason, words in _all(_without(text, names), language):
        # What is left of "Friday's" or of an initial is no word.
        if reason is Reason.NAME and {word for word in _words(words) if len(word) > 1} <= known:
            continue
        if not any(words in other for other in found):
            found[words] = reason
    return [(reason, words) for words, reason in found.items()]


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _all(text: str, language: str) -> Iterator[Found]:
    for flag in flags.find(text, language):
        if flag.kind in _FLAGGED:
            yield _FLAGGED[flag.kind], flag.words.strip()
    yield from ((Reason.NUMBER, match[0]) for match in _NUMBER.finditer(text))
    yield from ((Reason.HOME, match[0]) for match in _HOME.finditer(text))
    yield from ((Reason.NAME, match[0]) for match in _INITIAL.finditer(text))
    yield from ((Reason.NAME, match[1]) for match in _TALKED_TO.finditer(text))
    if language != "de":
        yield from ((Reason.NAME, match[1]) for match in _FIRST_AND_LAST.finditer(text))
    yield from ((Reason.NAME, word) for word in re.findall(r"\w+", text) if _is_given_name(word))


def _is_given_name(word: str) -> bool:
    small = word.casefold()
    return small in _given_names() and (small not in _ALSO_WORDS or word != small)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(_ORDINARY.read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    data = json.loads(RULES.read_text(encoding="utf-8"))
    return frozenset(str(data["names"]).casefold().split("|"))
