"""What the pages of a draft show, put together."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizing.drafting import flags, reading
from organizing.drafting.access import Seat
from organizing.drafting.comments import Thread, threads
from organizing.drafting.content import FIELDS, Fields
from organizing.drafting.kinds import KINDS, Kind
from organizing.drafting.selectors import Version, small_units
from organizing.drafting.suggestions import open_suggestions
from organizing.drafting.translations import Standing, standings
from organizing.drafting.words import Piece, compare
from organizing.petitions import languages
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition, State

FIELD_NAMES: dict[str, Promise] = {
    "title": _("Title"),
    "addressee": _("Addressed to"),
    "demands": _("Demands"),
    "body": _("Text"),
    "consent": _("Sentence of consent"),
}
HOW: dict[str, Promise] = {
    "saved": _("saved"),
    "restored": _("restored from an earlier version"),
    "suggestion": _("suggestion accepted"),
    "followed": _("taken over from the version before"),
    "started": _("begun from a post or a text"),
    "imported": _("read from a file"),
    "": _("first text"),
}
BANDS: dict[str, Promise] = {
    "very easy": _("very easy"),
    "easy": _("easy"),
    "middling": _("middling"),
    "hard": _("hard"),
    "very hard": _("very hard"),
}
STRIPPED = _(
    "Characters that nobody sees were taken out of what you pasted. They can be a mark that tells whose "
    "copy it was: do not pass that copy on."
)
_NO_FORMULA = {"ar", "zh-hans"}


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag with its words, and what to say about it."""

    field: Promise
    words: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, and the numbers of the comments on it."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldPart:
    """One field of a text, for a page that shows all of them."""

    name: str
    label: Promise
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of two versions, compared."""

    name: str
    label: Promise
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return not all(piece.same for piece in self.pieces)


def around(seat: Seat) -> dict[str, Any]:
    """What every page of a draft shows around its content."""
    return {
        "seat": seat,
        "petition": seat.petition,
        "campaign": seat.petition.campaign,
        "petition_title": petitions.title(seat.petition),
        "is_draft": seat.petition.state == State.DRAFT,
    }


def desk(seat: Seat, code: str, text: Version, fields: Fields) -> dict[str, Any]:
    """The page on which a text is written: the text, its sources, and the conversation."""
    language = languages.known_language(seat.petition, code)
    found = standings(seat.petition)
    mine = next((each for each in found if each.language.code == code), None)
    talk = threads(seat, code, text.fields)
    return {
        **around(seat),
        "language": language,
        "text": text,
        "standings": found,
        "standing": mine,
        "source": _source(found, code),
        "missing": _missing(seat, code),
        "shown_in": language,
        "threads": list(enumerate(talk, 1)),
        "has_resolved": any(thread.resolved for thread in talk),
        "suggestions": open_suggestions(seat, code),
        "reading": reading.measure(fields["body"], code),
        "has_formula": code not in _NO_FORMULA,
        "field_names": FIELD_NAMES,
        "script": script(code, flags.units_in(fields, small_units(seat.petition))),
    }


def _source(found: list[Standing], code: str) -> Standing | None:
    source = next((each for each in found if each.is_source), None)
    return source if source and source.language.code != code else None


def _missing(seat: Seat, code: str) -> list[languages.Language]:
    have = {*seat.petition.languages, code}
    return [languages.language(each) for each in languages.LANGUAGES if each not in have]


def script(code: str, units: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the browser's module needs to say the same as the server.

    `units`: of the units that had better not be named those that the text names. The rest stays here: whoever came by
    a link learns nothing of the workplace by it.
    """
    kinds = {
        name: [str(kind.name), str(kind.reason), str(kind.suggestion)]
        for name, kind in KINDS.items()
    }
    return {
        "language": code,
        "kinds": kinds,
        "fields": {name: str(label) for name, label in FIELD_NAMES.items()},
        "bands": {name: str(label) for name, label in BANDS.items()},
        "stripped": str(STRIPPED),
        "units": units,
    }


def flagged(petition: Petition, fields: Fields, code: str) -> list[Flagged]:
    """What could give somebody away, with reason and suggestion."""
    return [
        Flagged(FIELD_NAMES[name], _words(flag), KINDS[flag.kind])
        for name, flag in flags.find_in_fields(fields, code, small_units(petition))
    ]


def new_units(petition: Petition, fields: Fields, before: Fields) -> tuple[str, ...]:
    """Units that had better not be named and that a text names, though the one before it did not."""
    units = small_units(petition)
    known = {name.casefold() for name in flags.units_in(before, units)}
    return tuple(name for name in flags.units_in(fields, units) if name.casefold() not in known)


def new_flags(petition: Petition, fields: Fields, before: Fields, code: str) -> list[Flagged]:
    """What could give somebody away in a text, without what stands in the one before it."""
    known = {(each.kind, each.words) for each in flagged(petition, before, code)}
    found = flagged(petition, fields, code)
    return [each for each in found if (each.kind, each.words) not in known]


def _words(flag: flags.Flag) -> str:
    """What nobody sees, by its numbers."""
    if flag.kind != "invisible":
        return flag.words
    return " ".join(f"U+{ord(one):04X}" for one in flag.words)


def marked(fields: Fields, numbered: list[tuple[int, Thread]]) -> list[FieldPart]:
    """The text with the passages that comments are about."""
    return [FieldPart(n, FIELD_NAMES[n], list(_segments(n, fields[n], numbered))) for n in FIELDS]


def _segments(name: str, text: str, numbered: list[tuple[int, Thread]]) -> Iterator[Segment]:
    spans = [
        (thread.passage.start, thread.passage.end, number)
        for number, thread in numbered
        if thread.passage and thread.passage.field == name and not thread.resolved
    ]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    for start, end in pairwise(cuts):
        inside = tuple(n for first, last, n in spans if first <= start and end <= last)
        yield Segment(text[start:end], inside)


def compared(before: Fields, after: Fields) -> list[FieldChange]:
    """Two versions, field by field and word by word."""
    return [FieldChange(n, FIELD_NAMES[n], compare(before[n], after[n])) for n in FIELDS]
