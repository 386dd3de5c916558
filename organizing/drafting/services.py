"""Saves texts. Nothing that somebody typed is ever lost: it is saved, merged, or kept aside until they decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from organizing.drafting import boxes, merging, selectors
from organizing.drafting.access import Seat
from organizing.drafting.content import FIELDS, Fields, content_of, fields_of
from organizing.drafting.models import Part, WorkingCopy
from organizing.drafting.unseen import without
from organizing.errors import Forbidden, NotFound, WrongState
from organizing.petitions import selectors as petitions
from organizing.petitions import services as petition_services
from organizing.petitions.models import Petition, PetitionText, State

# Pages of one person at one text that are kept side by side.
MOST_TABS = 12


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text: the newest version, whether somebody else's words were merged into it, and how
    many places a person has to look at first. With any such place nothing was saved, and the text is kept aside,
    under the id `kept_as`.
    """

    version: int
    merged: bool = False
    conflicts: int = 0
    kept_as: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page on which somebody types: its own id, and that of the page whose unsaved text it began with.

    Both are random and come from the page itself. What two tabs hold is kept side by side.
    """

    id: str = "-"
    opened: str = ""


NO_TAB = Tab()


@dataclass(frozen=True, slots=True)
class Writing:
    """A text as it arrives: what it was based on, and how it came about.

    `source` is the hash of the text that it says the same as, where it is a translation that is up to date.
    """

    base: int
    fields: Fields
    how: str = "saved"
    source: str = ""
    tab: Tab = NO_TAB


def lock_draft(seat: Seat) -> Petition:
    """Takes the lock under which everything about a draft is written. Raises WrongState once approved."""
    petition = Petition.objects.select_for_update().get(id=seat.petition.id)
    if petition.state != State.DRAFT:
        raise WrongState
    return petition


@transaction.atomic
def save(*, seat: Seat, language: str, writing: Writing, today: date) -> Saved:
    """A new version; where others saved meanwhile, their words and these are merged by word.

    Raises Forbidden, WrongState, or NotFound for a base that never was.
    """
    if not seat.may(Part.EDIT):
        raise Forbidden
    lock_draft(seat)
    head = selectors.head(seat.petition.id, language)
    merged = _merge(seat, language, writing, head)
    if found := merging.conflicts(merged):
        _keep(seat, language, writing, today)
        return Saved(head.number, conflicts=found, kept_as=writing.tab.id)
    fields = merging.settle(merged, {})
    _forget(seat, language, writing.tab)
    number = _write(seat, language, head, fields, writing, today)
    _forget_saved(seat, language, fields)
    return Saved(number, merged=writing.base < head.number and fields != writing.fields)


def _forget_saved(seat: Seat, language: str, fields: Fields) -> None:
    """What says the same as the saved text, on whichever page it was typed, is not unsaved any more."""
    for copy in selectors.working_copies(seat.user, seat.petition.id, language):
        if copy.fields == fields:
            _forget(seat, language, Tab(copy.tab))


def _merge(seat: Seat, language: str, writing: Writing, head: selectors.Version) -> merging.Merged:
    if writing.base > head.number:
        raise NotFound
    base = selectors.version(seat.petition.id, language, writing.base)
    return merging.merge_fields(base.fields, head.fields, _canonical(writing.fields))


def is_changed(*, seat: Seat, language: str, base: int, fields: Fields) -> bool:
    """Whether a text says anything else than the version that it began with."""
    return _canonical(fields) != selectors.version(seat.petition.id, language, base).fields


def _canonical(fields: Mapping[str, str]) -> Fields:
    """The fields as they would be read back: spaces that nobody sees are no change."""
    content = content_of(fields, {})
    return fields_of(petition_services.as_dict(content))


def _write(
    seat: Seat,
    language: str,
    head: selectors.Version,
    fields: Fields,
    writing: Writing,
    today: date,
) -> int:
    source = writing.source or head.note.source
    if fields == head.fields and source == head.note.source and head.number:
        return head.number
    about = {
        "by": seat.user.username,
        "day": today.isoformat(),
        "how": writing.how,
        "source": source,
    }
    row = petition_services.save_text(
        petition_id=seat.petition.id,
        language=language,
        content=content_of(fields, _stored(seat.petition.id, language, head.number)),
        about=about,
    )
    return row.version


def _stored(petition_id: UUID, language: str, number: int) -> Mapping[str, object]:
    rows = PetitionText.objects.filter(petition_id=petition_id, language=language)
    row = rows.filter(version=number).first()
    return petitions.open_text(row).content if row else {}


@transaction.atomic
def keep_working_copy(*, seat: Seat, language: str, writing: Writing, today: date) -> None:
    """Keeps what somebody typed, for them alone. Raises Forbidden or WrongState."""
    if not seat.may(Part.SUGGEST):
        raise Forbidden
    lock_draft(seat)
    _keep(seat, language, writing, today)


def _keep(seat: Seat, language: str, writing: Writing, today: date) -> None:
    row = _place(seat, language, writing.tab)
    row.tab = writing.tab.id
    typed = {name: without(writing.fields[name]).replace("\r\n", "\n") for name in FIELDS}
    boxes.fill(row, {"base": writing.base, "fields": typed, "day": today.isoformat()})
    row.save()


def _place(seat: Seat, language: str, tab: Tab) -> WorkingCopy:
    """This page's own row, or the one that it was opened with, unless another page went on with that one."""
    owner = {"petition": seat.petition, "user": seat.user, "language": language}
    rows = {row.tab: row for row in WorkingCopy.objects.select_for_update().filter(**owner)}
    row = rows.get(tab.id) or rows.get(tab.opened)
    if row is None and len(rows) >= MOST_TABS:
        raise WrongState
    return row or WorkingCopy(**owner)


@transaction.atomic
def forget_working_copy(*, seat: Seat, language: str, tab: Tab = NO_TAB) -> None:
    """Throws away what somebody typed on one page and did not save."""
    _forget(seat, language, tab)


def _forget(seat: Seat, language: str, tab: Tab) -> None:
    owned = WorkingCopy.objects.filter(petition=seat.petition, user=seat.user)
    owned.filter(language=language, tab__in=(tab.id, tab.opened)).delete()


def pending_merge(*, seat: Seat, language: str, tab: str = "") -> merging.Merged | None:
    """What somebody typed against what others saved meanwhile; None where nothing was typed."""
    working = selectors.working_copy(seat.user, seat.petition.id, language, tab)
    if working is None:
        return None
    head = selectors.head(seat.petition.id, language)
    return _merge(seat, language, Writing(working.base, working.fields), head)


def others_since(*, seat: Seat, language: str, tab: str = "") -> list[str]:
    """Who else saved a version since the one that somebody's text began with, by pseudonym; nobody twice."""
    working = selectors.working_copy(seat.user, seat.petition.id, language, tab)
    lines = selectors.history(seat.petition.id, language) if working else []
    since = [line.note.author for line in lines if working and line.number > working.base]
    return sorted(set(since) - {seat.user.username})


@transaction.atomic
def settle_conflicts(
    *,
    seat: Seat,
    language: str,
    head: int,
    choices: Mapping[str, str],
    today: date,
    tab: str = "",
) -> bool:
    """Puts both texts together as chosen, into the working copy, where they can be read and saved.

    False, with nothing done, when another version was saved since the choices were shown.
    """
    lock_draft(seat)
    working = selectors.working_copy(seat.user, seat.petition.id, language, tab)
    merged = pending_merge(seat=seat, language=language, tab=tab)
    if not working or not merged or petitions.head_version(seat.petition.id, language) != head:
        return False
    fields = merging.settle(merged, choices)
    _keep(seat, language, Writing(head, fields, tab=Tab(working.tab)), today)
    return True


@transaction.atomic
def restore(*, seat: Seat, language: str, number: int, head: int, today: date) -> int:
    """An earlier version's text as a new version. The versions between stay in the history.

    0, with nothing done, when `head` is not the newest version any more.
    """
    if not seat.may(Part.EDIT):
        raise Forbidden
    lock_draft(seat)
    old = selectors.version(seat.petition.id, language, number)
    newest = selectors.head(seat.petition.id, language)
    if not number or old.note.erased_on:
        raise NotFound
    if newest.number != head:
        return 0
    writing = Writing(head, old.fields, "restored", old.note.source)
    return _write(seat, language, newest, old.fields, writing, today)
