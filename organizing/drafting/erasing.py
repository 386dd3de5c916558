"""Takes what an earlier version said out of the database, with all that repeats it; its line in the history stays.

Hashes of it go as well: whoever knows the rest of a text could try out what is missing in it.
"""

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction

from organizing.drafting import boxes, selectors
from organizing.drafting.access import Seat
from organizing.drafting.anchors import anchor as anchor_at
from organizing.drafting.anchors import locate, read_anchor
from organizing.drafting.content import Fields
from organizing.drafting.models import Comment, LanguageCheck, Suggestion, Verdict, WorkingCopy
from organizing.drafting.selectors import Version
from organizing.errors import Forbidden, NotFound, WrongState
from organizing.petitions import selectors as petitions
from organizing.petitions import services as petition_services
from organizing.petitions.models import Petition, PetitionText

# In the place of the hash of a text that was erased.
GONE = "erased"


def may_erase(seat: Seat) -> bool:
    """Whether somebody may erase versions: an organizer, or whoever began the draft."""
    return seat.organizes or seat.user.username == selectors.starter(seat.petition)


def approved_versions(petition: Petition, language: str) -> set[int]:
    """The versions that an organizer has approved of, ever."""
    found = (boxes.read(row) for row in Verdict.objects.filter(petition=petition))
    named = (row.get("versions", {}) for row in found if row["approves"])
    return {versions[language] for versions in named if language in versions}


def can_be_erased(seat: Seat, language: str, number: int) -> bool:
    """Whether this version may go: not the newest, not frozen, named by no approval, not erased already."""
    rows = PetitionText.objects.filter(petition=seat.petition, language=language, version=number)
    row = rows.defer("sealed").first()
    if row is None or row.frozen or petitions.open_about(row).get("erased_on"):
        return False
    newest = petitions.head_version(seat.petition.id, language)
    return number < newest and number not in approved_versions(seat.petition, language)


@transaction.atomic
def erase(*, seat: Seat, language: str, number: int, today: date) -> None:
    """Erases what a version said. Suggestions and unsaved texts that began with it go; comments on it move to the
    newest text, or stand without their passage.

    Raises Forbidden, NotFound, or WrongState for a version that has to stay.
    """
    if not may_erase(seat):
        raise Forbidden
    Petition.objects.select_for_update().get(id=seat.petition.id)
    old = selectors.version(seat.petition.id, language, number)
    if not number:
        raise NotFound
    if not can_be_erased(seat, language, number):
        raise WrongState
    _erase_what_repeats_it(seat.petition.id, language, old)
    petition_services.erase_text(
        petition_id=seat.petition.id,
        language=language,
        version=number,
        about=_about(seat, old, today),
    )
    _erase_hashes(seat.petition, language, old)


def _about(seat: Seat, old: Version, today: date) -> dict[str, str]:
    note = old.note
    day = note.day.isoformat() if note.day else ""
    erased = {"erased_by": seat.user.username, "erased_on": today.isoformat()}
    return {"by": note.author, "day": day, "how": note.how, "source": "", **erased}


def _erase_what_repeats_it(petition_id: UUID, language: str, old: Version) -> None:
    for model in (Suggestion, WorkingCopy):
        for row in model.objects.filter(petition_id=petition_id, language=language):
            if boxes.read(row)["base"] == old.number:
                row.delete()
    newest = selectors.head(petition_id, language)
    for comment in Comment.objects.filter(petition_id=petition_id, language=language):
        _move(comment, old, newest)


def _move(row: Comment, old: Version, newest: Version) -> None:
    """A comment's passage, with what stood around it, is taken from the newest text instead."""
    content = boxes.read(row)
    if content["base"] != old.number or not content["anchor"]:
        return
    passage = locate(read_anchor(content["anchor"]), old.fields, newest.fields)
    content["anchor"] = passage and _mark(
        newest.fields, passage.field, passage.quote, passage.start
    )
    content["base"] = newest.number
    boxes.fill(row, content)
    row.save()


def _mark(fields: Fields, field: str, quote: str, near: int) -> dict[str, str | int] | None:
    found = anchor_at(fields, field, quote, near)
    return found.as_dict() if found else None


def _erase_hashes(petition: Petition, language: str, old: Version) -> None:
    """Of a text that still stands somewhere else, the hash may stay."""
    if not _stands_still(petition, language, old.digest):
        for row in PetitionText.objects.filter(petition=petition):
            about = petitions.open_about(row)
            if about.get("source") == old.digest:
                petition_services.write_about(row, {**about, "source": GONE})
        for check in LanguageCheck.objects.filter(petition=petition):
            if old.digest in (boxes.read(check)["text"], boxes.read(check)["source"]):
                check.delete()
    for verdict in Verdict.objects.filter(petition=petition):
        content = boxes.read(verdict)
        if content.get("versions", {}).get(language) == old.number:
            boxes.fill(verdict, {**content, "digest": GONE})
            verdict.save()


def _stands_still(petition: Petition, language: str, digest: str) -> bool:
    rows = PetitionText.objects.filter(petition=petition, language=language)
    return any(hashlib.sha256(petitions.open_text(row).data).hexdigest() == digest for row in rows)
