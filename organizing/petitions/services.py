"""Takes a petition from draft to freezing; what comes after is in ending.py."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from organizing import jobs, keyring
from organizing.accounts.access import Campaign
from organizing.crypto import manifests, sealing
from organizing.errors import WrongState
from organizing.petitions import selectors
from organizing.petitions.models import Audience, Petition, PetitionText, State

ORGANIZERS = "organizers"
SENDING_EXTRA = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TextContent:
    """What a text says; `consent` maps an audience to the sentence that names a signer to it."""

    title: str
    addressee: str
    demands: list[str]
    body: str
    consent: dict[str, str]


@dataclass(frozen=True, slots=True)
class Proofs:
    """Which proofs a petition takes, and which units a signer can choose from; None leaves these as they are."""

    mailbox: bool = False
    mail_domains: list[str] = field(default_factory=list)
    units: list[dict[str, str]] | None = None


@transaction.atomic
def create_petition(
    *, campaign: Campaign, proofs: Proofs | None = None, follows: Petition | None = None
) -> Petition:
    """A draft without text, with one audience: the organizers. `follows` is the version before it."""
    proofs = proofs or Proofs()
    petition = Petition.objects.create(
        campaign=campaign,
        mailbox=proofs.mailbox,
        mail_domains=proofs.mail_domains,
        units=proofs.units or [],
        k=campaign.k,
        epoch_seconds=campaign.epoch_seconds,
        demo=campaign.demo,
        first_signers=max(campaign.first_signers, campaign.k),
        first_independent=campaign.first_independent,
        opens_itself=campaign.opens_itself,
        follows=follows,
    )
    Audience.objects.create(petition=petition, slug=ORGANIZERS, position=0)
    return petition


def locked(petition_id: UUID, *states: State) -> Petition:
    """The petition, under a lock. Raises WrongState in any other state."""
    petition = Petition.objects.select_for_update().get(id=petition_id)
    if petition.state not in states:
        raise WrongState
    return petition


@transaction.atomic
def save_text(
    *, petition_id: UUID, language: str, content: TextContent, about: dict[str, Any] | None = None
) -> PetitionText:
    """A new version of the text in one language. Raises WrongState once approved.

    `about` says who wrote it, on which day and from what; it is sealed like the text.
    """
    petition = locked(petition_id, State.DRAFT)
    version = selectors.head_version(petition_id, language) + 1
    if language not in petition.languages:
        petition.languages = [*petition.languages, language]
        petition.save(update_fields=["languages"])
    data = text_bytes(language, content)
    return PetitionText.objects.create(
        petition=petition,
        language=language,
        version=version,
        sealed=keyring.seal(data, selectors.text_context(petition_id, language, version)),
        sealed_about=keyring.seal(
            manifests.encode(about or {}),
            selectors.about_context(petition_id, language, version),
        ),
    )


@transaction.atomic
def erase_text(*, petition_id: UUID, language: str, version: int, about: dict[str, Any]) -> None:
    """Overwrites what an earlier version said; its number and `about` stay. Raises WrongState for the newest version
    and for a frozen one.
    """
    Petition.objects.select_for_update().get(id=petition_id)
    row = PetitionText.objects.get(petition_id=petition_id, language=language, version=version)
    if row.frozen or version >= selectors.head_version(petition_id, language):
        raise WrongState
    nothing, context = manifests.encode({}), selectors.text_context(petition_id, language, version)
    row.sealed = keyring.seal(nothing, context)
    write_about(row, about)


def write_about(row: PetitionText, about: dict[str, Any]) -> None:
    """Saves a text with other notes of who wrote it, when and from what."""
    context = selectors.about_context(row.petition_id, row.language, row.version)
    row.sealed_about = keyring.seal(manifests.encode(about), context)
    row.save(update_fields=["sealed", "sealed_about"])


def text_bytes(language: str, content: TextContent) -> bytes:
    """The canonical bytes of a text: what is stored, shown, hashed into the manifest and signed."""
    return manifests.encode({"language": language, **as_dict(content)})


@transaction.atomic
def drop_language(*, petition_id: UUID, language: str) -> None:
    """Leaves a language out; its versions stay, and saving one takes it in again.

    Raises WrongState once approved, or for the only language.
    """
    petition = locked(petition_id, State.DRAFT)
    left = [code for code in petition.languages if code != language]
    if not left:
        raise WrongState
    petition.languages = left
    petition.save(update_fields=["languages"])


def as_dict(content: TextContent) -> dict[str, Any]:
    """The content as it is stored and hashed."""
    return {
        "title": content.title,
        "addressee": content.addressee,
        "demands": content.demands,
        "body": content.body,
        "consent": content.consent,
    }


@transaction.atomic
def set_proofs(*, petition_id: UUID, proofs: Proofs) -> None:
    """Changes proofs and units of a draft or an approved petition. Raises WrongState."""
    petition = locked(petition_id, State.DRAFT, State.APPROVED)
    petition.mailbox, petition.mail_domains = proofs.mailbox, proofs.mail_domains
    if proofs.units is not None:
        petition.units = proofs.units
    petition.save(update_fields=["mailbox", "mail_domains", "units"])


@transaction.atomic
def set_first_signers(
    *, petition_id: UUID, number: int, independent_only: bool, opens_itself: bool
) -> None:
    """How many first signatures open it, of which class, and how. Raises WrongState once it is being frozen,
    or for fewer than k."""
    petition = locked(petition_id, State.DRAFT, State.APPROVED)
    if number < petition.k:
        raise WrongState
    petition.first_signers, petition.opens_itself = number, opens_itself
    petition.first_independent = independent_only
    petition.save(update_fields=["first_signers", "first_independent", "opens_itself"])


@transaction.atomic
def approve(*, petition_id: UUID) -> None:
    """draft → approved. Raises WrongState for another state, or for a petition without text."""
    petition = locked(petition_id, State.DRAFT)
    if not petition.languages:
        raise WrongState
    petition.state = State.APPROVED
    petition.save(update_fields=["state"])


@transaction.atomic
def send_back(*, petition_id: UUID) -> None:
    """approved → draft, to change the text. Raises WrongState."""
    petition = locked(petition_id, State.APPROVED)
    petition.state = State.DRAFT
    petition.save(update_fields=["state"])


@transaction.atomic
def set_audience_key(*, petition_id: UUID, slug: str, public_key: bytes) -> None:
    """Keeps an audience's public key (1216 bytes). Raises WrongState or SealingError."""
    petition = locked(petition_id, State.DRAFT, State.APPROVED)
    sealing.load_public_key(public_key)
    Audience.objects.filter(petition=petition, slug=slug).update(public_key=public_key)


@transaction.atomic
def start_freezing(*, petition_id: UUID, now: datetime, closes: datetime) -> None:
    """approved → freezing: a task makes the keys and the manifest.

    Raises WrongState, also while an audience has no key.
    """
    petition = locked(petition_id, State.APPROVED)
    if petition.audiences.filter(public_key=None).exists() or closes <= now:
        raise WrongState
    petition.state, petition.freeze_step = State.FREEZING, 0
    petition.opens_at, petition.issuing_ends_at = now, closes
    petition.sending_ends_at = closes + SENDING_EXTRA
    petition.save()
    jobs.enqueue("petitions.freeze", petition_id=str(petition_id))
