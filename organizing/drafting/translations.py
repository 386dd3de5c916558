"""Versions in other languages: whether they follow their source, and who says that a person has read them."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from organizing.drafting import boxes, selectors
from organizing.drafting.access import Seat
from organizing.drafting.content import Fields
from organizing.drafting.models import LanguageCheck, Part
from organizing.drafting.selectors import NOTHING_YET, Version
from organizing.drafting.services import lock_draft
from organizing.errors import Forbidden, WrongState
from organizing.petitions.languages import Language
from organizing.petitions.models import Petition
from organizing.petitions.services import drop_language


@dataclass(frozen=True, slots=True)
class Checked:
    """Who says that a person has read a version beside its source, and on which day."""

    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A language's version beside its source. `checked` is None once either text has changed.

    `demands` is how many stand in it, `wanted` how many in the source.
    """

    language: Language
    text: Version
    is_source: bool
    is_stale: bool
    checked: Checked | None
    demands: int = 0
    wanted: int = 0

    @property
    def differs(self) -> bool:
        """Whether it demands more or fewer things than its source."""
        return self.demands != self.wanted

    @property
    def is_ready(self) -> bool:
        """Whether this language may be frozen."""
        return self.is_source or (not self.is_stale and self.checked is not None)


def standings(petition: Petition) -> list[Standing]:
    """All languages of a petition, the source first."""
    found = list(selectors.texts(petition))
    first = found[0][1] if found else NOTHING_YET
    rows = {row.language: row for row in LanguageCheck.objects.filter(petition=petition)}
    return [_standing(lang, text, first, rows.get(lang.code)) for lang, text in found]


def standing(petition: Petition, language: str) -> Standing | None:
    """One language's, where it has one."""
    return next((each for each in standings(petition) if each.language.code == language), None)


def demands_in(fields: Fields) -> int:
    """How many demands a text makes."""
    return sum(bool(line.strip()) for line in fields["demands"].split("\n"))


def _standing(
    lang: Language, text: Version, source: Version, row: LanguageCheck | None
) -> Standing:
    # Two languages never have the same bytes: a text names its own.
    is_source = text.digest == source.digest
    return Standing(
        language=lang,
        text=text,
        is_source=is_source,
        is_stale=not is_source and text.note.source != source.digest,
        checked=_checked(row, text.digest, source.digest),
        demands=demands_in(text.fields),
        wanted=demands_in(source.fields),
    )


def _checked(row: LanguageCheck | None, digest: str, source: str) -> Checked | None:
    if row is None:
        return None
    content = boxes.read(row)
    if (content["text"], content["source"]) != (digest, source):
        return None
    return Checked(content["by"], date.fromisoformat(content["day"]))


@transaction.atomic
def vouch(*, seat: Seat, language: str, text: str, source: str, today: date) -> bool:
    """Somebody who edits says that a person has read this very translation beside this very source.

    `text` and `source` are the digests that were shown; False, with nothing done, when either has changed.
    Raises Forbidden, or WrongState for a translation that is stale, or for the source itself.
    """
    if not seat.may(Part.EDIT):
        raise Forbidden
    petition = lock_draft(seat)
    found = {each.language.code: each for each in standings(petition)}
    standing = found.get(language)
    if standing is None or standing.is_source or standing.is_stale:
        raise WrongState
    now = found[selectors.source_language(petition)].text.digest
    if (standing.text.digest, now) != (text, source):
        return False
    named = {"petition": petition, "language": language}
    row = LanguageCheck.objects.filter(**named).first() or LanguageCheck(**named)
    day = today.isoformat()
    boxes.fill(row, {"by": seat.user.username, "day": day, "text": text, "source": source})
    row.save()
    return True


def carry_checks(*, before: Petition, after: Petition) -> None:
    """Whoever read a translation beside its source has read the same bytes in the petition that follows.

    The pseudonym goes with the new petition's conversation, as it goes with the old one's.
    """
    texts = {lang.code: text.digest for lang, text in selectors.texts(after)}
    source = texts.get(selectors.source_language(after), "")
    for row in LanguageCheck.objects.filter(petition=before):
        content = boxes.read(row)
        if (content["text"], content["source"]) == (texts.get(row.language), source):
            copy = LanguageCheck(petition=after, language=row.language)
            boxes.fill(copy, content)
            copy.save()


def leave_out(*, seat: Seat, language: str) -> None:
    """Leaves a translation out of the petition. Raises WrongState for the source."""
    if language == selectors.source_language(seat.petition):
        raise WrongState
    drop_language(petition_id=seat.petition.id, language=language)
