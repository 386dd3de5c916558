"""Reads drafts: their newest text, their history, and what somebody typed and did not save yet."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from organizing.accounts.access import User
from organizing.drafting import boxes
from organizing.drafting.content import EMPTY, Fields, fields_of
from organizing.drafting.models import CoDrafter, WorkingCopy
from organizing.errors import NotFound
from organizing.petitions import selectors as petitions
from organizing.petitions.languages import Language, language
from organizing.petitions.models import Petition, PetitionText
from organizing.units.small import small_names

VERSIONS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Note:
    """Who saved a version, on which day, and how it came about. `source` is the hash of what it translates.

    `erased_by` and `erased_on` tell who erased what it said, and when.
    """

    author: str
    day: date | None
    how: str
    source: str
    erased_by: str = ""
    erased_on: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version. `digest` is the SHA-256 of its canonical bytes, in hexadecimal."""

    number: int
    fields: Fields
    digest: str
    note: Note


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the history, without its text."""

    number: int
    note: Note
    frozen: bool


@dataclass(frozen=True, slots=True)
class Working:
    """What somebody typed on one page, the version that they started from, and the day."""

    base: int
    fields: Fields
    day: date
    tab: str


NOTHING_YET = Version(0, dict(EMPTY), "", Note("", None, "", ""))


def source_language(petition: Petition) -> str:
    """The language that the others are translated from: the one written first."""
    return str(petition.languages[0]) if petition.languages else ""


def head(petition_id: UUID, code: str) -> Version:
    """The newest version in a language, or one without words and with the number 0."""
    number = petitions.head_version(petition_id, code)
    return version(petition_id, code, number)


def version(petition_id: UUID, code: str, number: int) -> Version:
    """One version; number 0 is the empty text that everything begins with. Raises NotFound."""
    if number == 0:
        return NOTHING_YET
    row = PetitionText.objects.filter(
        petition_id=petition_id, language=code, version=number
    ).first()
    if row is None:
        raise NotFound
    text = petitions.open_text(row)
    digest = hashlib.sha256(text.data).hexdigest()
    return Version(number, fields_of(text.content), digest, _note(row))


def _note(row: PetitionText) -> Note:
    about = petitions.open_about(row)
    made = about.get("by", ""), _day(about, "day"), about.get("how", ""), about.get("source", "")
    return Note(*made, about.get("erased_by", ""), _day(about, "erased_on"))


def _day(about: dict[str, str], name: str) -> date | None:
    return date.fromisoformat(about[name]) if about.get(name) else None


def history(petition_id: UUID, code: str, before: int = 0) -> list[Line]:
    """Up to fifty versions, the newest first; those older than `before`, where it is given."""
    rows = PetitionText.objects.filter(petition_id=petition_id, language=code)
    rows = (rows.filter(version__lt=before) if before else rows).defer("sealed")
    newest = rows.order_by("-version")[:VERSIONS_A_PAGE]
    return [Line(row.version, _note(row), row.frozen) for row in newest]


def before(petition_id: UUID, code: str, number: int) -> int:
    """The newest earlier version that still says something; 0 where there is none."""
    lines = history(petition_id, code, number) if number > 1 else []
    return next((line.number for line in lines if not line.note.erased_on), 0)


def starter(petition: Petition) -> str:
    """The pseudonym of whoever saved the very first version; empty where nobody is known."""
    code = source_language(petition)
    rows = PetitionText.objects.filter(petition=petition, language=code, version=1)
    row = rows.defer("sealed").first()
    return _note(row).author if row else ""


def working_copies(user: User, petition_id: UUID, code: str) -> list[Working]:
    """What this user typed and did not save yet, page by page. Nobody else is ever shown it."""
    rows = WorkingCopy.objects.filter(petition_id=petition_id, user=user, language=code)
    found = [(row.tab, boxes.read(row)) for row in rows.order_by("tab")]
    return [
        Working(content["base"], content["fields"], date.fromisoformat(content["day"]), tab)
        for tab, content in found
    ]


def working_copy(user: User, petition_id: UUID, code: str, tab: str = "") -> Working | None:
    """The one of a page, or the first where no page is named."""
    copies = working_copies(user, petition_id, code)
    return next((copy for copy in copies if tab in ("", copy.tab)), None)


def small_units(petition: Petition) -> tuple[str, ...]:
    """Names of the campaign's units that a text had better not say."""
    return small_names(petition.campaign_id, petition.k, timezone.now().date())


def drafts_of(user: User) -> list[Petition]:
    """The petitions that somebody writes at as a co-drafter."""
    rows = CoDrafter.objects.filter(user=user).select_related("petition__campaign")
    return [row.petition for row in rows.order_by("petition_id")]


def texts(petition: Petition) -> Iterator[tuple[Language, Version]]:
    """The newest version of each language, in the order in which languages came in."""
    for code in petition.languages:
        yield language(code), head(petition.id, code)
