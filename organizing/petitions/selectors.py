"""Reads petitions. What the public sees is a frozen dataclass, remembered for a second."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Subquery

from organizing import keyring
from organizing.crypto import issuing, manifests
from organizing.errors import NotFound
from organizing.petitions.models import Petition, PetitionKeys, PetitionText, State
from organizing.safety import remembering
from organizing.safety.remembering import Remembered

REMEMBERED_SECONDS = remembering.SECONDS
# Over: nobody can begin to sign any more. Public: once open, a petition can be read for good.
OVER = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN)
PUBLIC = (State.OPEN, State.CLOSED, State.ARCHIVED)
READABLE = (State.FROZEN, State.OPEN, *OVER)


@dataclass(frozen=True, slots=True)
class Text:
    """One language's text: the canonical bytes that the manifest hashes, and what they say."""

    language: str
    data: bytes
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedPetition:
    """A petition from freezing on as everybody sees it. `pid` is the id in its address.

    `next_pid` is where the version after it is reached, `before_pid` where the one before it is; each empty
    until the readers of this one may see it. `asked_again` is for first signers of a version that was withdrawn.
    """

    id: UUID
    pid: str
    state: str
    demo: bool
    manifest: manifests.Manifest
    texts: dict[str, Text]
    issuing_ends_at: datetime
    sending_ends_at: datetime
    time_zone: str = "UTC"
    next_pid: str = ""
    next_opened_on: date | None = None
    before_pid: str = ""
    asked_again: bool = False

    def accepts_issuing(self, now: datetime) -> bool:
        """Whether credentials are issued at `now`."""
        return self.state in (State.FROZEN, State.OPEN) and now < self.issuing_ends_at

    def accepts_sending(self, now: datetime) -> bool:
        """Whether signatures are taken, changed and withdrawn at `now`."""
        return now < self.sending_ends_at


_remembered = Remembered[str, PublishedPetition]()
_wrapped = Remembered[UUID, tuple[str, bytes]]()


def published(pid: str) -> PublishedPetition:
    """The petition reached under `pid`: an open one by its public id, a frozen one by its private id.

    Raises NotFound.
    """
    return _remembered.get(pid, lambda: _load(pid))


def forget_published() -> None:
    """Drops what this process remembers, after a change of state."""
    _remembered.forget()


def _load(pid: str) -> PublishedPetition:
    rows = Petition.objects.select_related("campaign")
    row = (
        rows.filter(private_id=pid, state__in=READABLE).first()
        or rows.filter(public_id=pid, state__in=PUBLIC).first()
    )
    if row is None:
        raise NotFound
    return publish(row, pid)


def publish(row: Petition, pid: str) -> PublishedPetition:
    """The public face of a frozen row. Raises NotFound for one that has no manifest yet."""
    if row.manifest is None or row.issuing_ends_at is None or row.sending_ends_at is None:
        raise NotFound
    frozen = PetitionText.objects.filter(petition=row, frozen=True)
    before, after = row.follows, _after(row)
    was_withdrawn = before is not None and before.state == State.WITHDRAWN
    return PublishedPetition(
        id=row.id,
        pid=pid,
        state=row.state,
        demo=row.demo,
        manifest=manifests.read(bytes(row.manifest)),
        texts={text.language: open_text(text) for text in frozen},
        issuing_ends_at=row.issuing_ends_at,
        sending_ends_at=row.sending_ends_at,
        time_zone=row.campaign.time_zone,
        next_pid=after.pid,
        next_opened_on=after.opened_on,
        before_pid=before.public_id if before and before.state in PUBLIC else "",
        asked_again=row.state == State.FROZEN and was_withdrawn,
    )


@dataclass(frozen=True, slots=True)
class _After:
    """Where a later version is reached, and since when everybody reaches it."""

    pid: str = ""
    opened_on: date | None = None


def _after(row: Petition) -> _After:
    """The newest version after one that is over, of those that its readers may see: a frozen one is for those alone
    who came to this one by a private link."""
    found, step = _After(), _follower(row) if row.state in OVER else None
    while step:
        if step.state in PUBLIC:
            found = _After(step.public_id, step.opened_on)
        elif step.state == State.FROZEN and row.state == State.WITHDRAWN:
            found = _After(step.private_id)
        step = _follower(step)
    return found


def _follower(row: Petition) -> Petition | None:
    return Petition.objects.filter(follows=row).first()


def text_context(petition_id: UUID, language: str, version: int) -> bytes:
    """What a sealed text is bound to."""
    return f"roundrobin/v1/text/{petition_id}/{language}/{version}".encode()


def open_text(row: PetitionText) -> Text:
    """Unseals a text. Raises SealingError or KeyGone."""
    context = text_context(row.petition_id, row.language, row.version)
    data = keyring.unseal(bytes(row.sealed), context)
    return Text(row.language, data, json.loads(data))


def about_context(petition_id: UUID, language: str, version: int) -> bytes:
    """What the sealed notes about a text are bound to."""
    return f"roundrobin/v1/text-about/{petition_id}/{language}/{version}".encode()


def open_about(row: PetitionText) -> dict[str, Any]:
    """Who saved a version, on which day, and from what; empty where nothing was noted."""
    if not row.sealed_about:
        return {}
    context = about_context(row.petition_id, row.language, row.version)
    found: dict[str, Any] = json.loads(keyring.unseal(bytes(row.sealed_about), context))
    return found


def head_version(petition_id: UUID, language: str) -> int:
    """The number of the newest version in a language; 0 where there is none."""
    rows = PetitionText.objects.filter(petition_id=petition_id, language=language)
    newest: int | None = rows.aggregate(newest=Max("version"))["newest"]
    return newest or 0


def latest_texts(petition: Petition) -> dict[str, PetitionText]:
    """The newest version in each of the petition's languages."""
    # Asked for anew: the caller's petition may have been read before a language came in or went.
    languages = Petition.objects.values_list("languages", flat=True).get(id=petition.id)
    rows = PetitionText.objects.filter(petition=petition, language__in=languages)
    # Only the newest is read, however long the history is.
    newest = Subquery(
        PetitionText.objects.filter(petition=OuterRef("petition"), language=OuterRef("language"))
        .order_by("-version")
        .values("version")[:1]
    )
    return {row.language: row for row in rows.filter(version=newest)}


def title(petition: Petition) -> str:
    """The title in the first language that has one; empty where nothing is written."""
    rows = latest_texts(petition)
    first = next((rows[code] for code in petition.languages if code in rows), None)
    return str(open_text(first).content["title"]) if first else ""


def issuer_secrets(petition_id: UUID) -> issuing.IssuerSecrets:
    """The petition's issuing keys. Raises keyring.KeyGone after their destruction."""
    return keyring.issuer_secrets(*_wrapped.get(petition_id, lambda: _read_keys(petition_id)))


def _read_keys(petition_id: UUID) -> tuple[str, bytes]:
    row = PetitionKeys.objects.filter(petition_id=petition_id).first()
    if row is None:
        raise keyring.KeyGone
    return row.wrapping_key_name, bytes(row.sealed)
