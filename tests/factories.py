"""Petitions in each state, made through the services, for every test that needs one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from unittest import mock

from django.utils import timezone

from organizing.accounts.models import Campaign
from organizing.crypto import sealing, tokens
from organizing.crypto.encoding import b64u
from organizing.eligibility.services import create_code_batch
from organizing.petitions import ending, freezing, selectors, services
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PublishedPetition
from organizing.signing.models import Tally

ORGANIZERS_SEED = bytes(range(32))
UNIT = b"unit of the test"
DOMAIN = "example-employer.test"
TEXTS = {
    "en": ("Stop the recording", "I agree that the organizers learn my name."),
    "es": ("Basta de grabar", "Acepto que la organización conozca mi nombre."),
    "ar": ("أوقفوا التسجيل", "أوافق على أن يعرف المنظمون اسمي."),
}


@lru_cache(maxsize=2)
def issuer_key(number: int) -> tokens.IssuerKey:
    """A real key, made once for all petitions of a test process."""
    return tokens.generate_issuer_key()


@dataclass(frozen=True)
class Wanted:
    """What differs from one petition to another."""

    k: int = 3
    epoch_seconds: int = 120
    mailbox: bool = True
    units: bool = True
    languages: tuple[str, ...] = ("en", "es", "ar")
    lasts: timedelta = timedelta(days=30)


def campaign(wanted: Wanted = Wanted()) -> Campaign:
    """A campaign at an employer."""
    return Campaign.objects.create(
        name="Recording",
        employer_domains=[DOMAIN],
        k=wanted.k,
        epoch_seconds=wanted.epoch_seconds,
        demo=True,
    )


def draft(wanted: Wanted = Wanted(), of: Campaign | None = None) -> Petition:
    """A petition with its texts, and the organizers' key."""
    units = [{"id": b64u(UNIT), "name": "Site 1"}] if wanted.units else []
    proofs = services.Proofs(wanted.mailbox, [DOMAIN] if wanted.mailbox else [], units)
    petition = services.create_petition(campaign=of or campaign(wanted), proofs=proofs)
    for language in wanted.languages:
        title, consent = TEXTS[language]
        content = services.TextContent(
            title, "The board", ["End it.", "Ask first."], "A **body**.", {"organizers": consent}
        )
        services.save_text(petition_id=petition.id, language=language, content=content)
    services.set_audience_key(
        petition_id=petition.id,
        slug="organizers",
        public_key=sealing.public_key_bytes(ORGANIZERS_SEED),
    )
    return petition


def frozen(
    wanted: Wanted = Wanted(), now: datetime | None = None, of: Campaign | None = None
) -> Petition:
    """A petition with keys and manifest, reached by its private id."""
    return freeze(draft(wanted, of), now, wanted.lasts)


def freeze(
    petition: Petition, now: datetime | None = None, lasts: timedelta = Wanted().lasts
) -> Petition:
    """The same of a draft that a test made for itself."""
    now = now or timezone.now()
    services.approve(petition_id=petition.id)
    keys = [issuer_key(0), issuer_key(1)]
    with (
        mock.patch.object(tokens, "generate_issuer_key", side_effect=keys),
        mock.patch("organizing.jobs.enqueue"),
    ):
        services.start_freezing(petition_id=petition.id, now=now, closes=now + lasts)
        freezing.freeze(petition_id=petition.id)
    petition.refresh_from_db()
    return petition


def opened(
    wanted: Wanted = Wanted(), now: datetime | None = None, of: Campaign | None = None
) -> PublishedPetition:
    """An open petition as the public sees it."""
    petition = frozen(wanted, now, of)
    ending.open_petition(petition_id=petition.id, today=(now or timezone.now()).date())
    selectors.forget_published()
    return selectors.published(petition.public_id)


def paper_codes(petition: PublishedPetition, size: int) -> list[str]:
    """Unspent codes."""
    return create_code_batch(
        petition_id=petition.id, label="canteen", size=size, today=timezone.now().date()
    )


def count(petition: Petition, independent: int, mailbox: int = 0) -> None:
    """What batches would have counted. For tests of whatever reads totals, and never makes them."""
    for proof_class, total in ((1, independent), (2, mailbox)):
        if total:
            Tally.objects.update_or_create(
                petition=petition,
                proof_class=proof_class,
                defaults={"total": total, "batches": 1, "due_at": timezone.now()},
            )
