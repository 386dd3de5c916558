"""Three-way merge by word (library: merge3), field by field. What two people changed at one place is a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from merge3 import Merge3

from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.words import ParagraphMatcher, split_with_spaces


class Choice(StrEnum):
    """What becomes of a place that two people changed."""

    BOTH = "both"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Settled text, or, where `mine` is not None, two that exclude each other; `base` is what was there."""

    text: str
    mine: str | None = None
    base: str = ""

    @property
    def is_conflict(self) -> bool:
        """Whether a person has to choose."""
        return self.mine is not None

    def settled(self, choice: Choice) -> str:
        """The text under a choice. “Both” keeps every word of either, theirs first."""
        if self.mine is None or choice is Choice.THEIRS:
            return self.text
        if choice is Choice.MINE:
            return self.mine
        gap = "" if self.text.endswith(("\n", " ")) or not (self.text and self.mine) else " "
        return f"{self.text}{gap}{self.mine}"


Merged = dict[str, list[Stretch]]


def merge_words(base: str, theirs: str, mine: str) -> list[Stretch]:
    """One text. Words that only one side changed are taken from that side."""
    if theirs == mine or base == mine:
        return [Stretch(theirs)]
    if base == theirs:
        return [Stretch(mine)]
    old_words, their_words, my_words = map(split_with_spaces, (base, theirs, mine))
    merge = Merge3(old_words, their_words, my_words, sequence_matcher=ParagraphMatcher)
    found: list[Stretch] = []
    for group in merge.merge_groups():
        if group[0] == "conflict":
            old, one, two = ("".join(part) for part in group[1:])
            found.append(Stretch(one, mine=two, base=old))
        else:
            found.append(Stretch("".join(group[1])))
    return found


def merge_fields(base: Fields, theirs: Fields, mine: Fields) -> Merged:
    """Every field of a text."""
    return {name: merge_words(base[name], theirs[name], mine[name]) for name in FIELDS}


def conflicts(merged: Merged) -> int:
    """How many places a person has to look at."""
    return sum(stretch.is_conflict for stretches in merged.values() for stretch in stretches)


def settle(merged: Merged, choices: Mapping[str, str]) -> Fields:
    """The fields, with each conflict settled; `choices` maps "body-3" (field, number) to a choice."""
    return {
        name: "".join(
            stretch.settled(Choice(choices.get(f"{name}-{number}", Choice.BOTH)))
            for number, stretch in enumerate(stretches)
        )
        for name, stretches in merged.items()
    }
