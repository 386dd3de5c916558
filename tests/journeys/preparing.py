"""Prepares petitions inside the site, by its own services; nothing here speaks HTTP."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.utils import timezone

from organizing.accounts.models import Campaign, User
from organizing.crypto import codes, sealing
from organizing.crypto.encoding import b64u
from organizing.drafting import reviewing, translations
from organizing.drafting.access import organizer_seat
from organizing.eligibility.services import create_code_batch
from organizing.petitions import ending, services
from organizing.petitions.models import Petition, State
from organizing.petitions.services import Proofs, TextContent
from organizing.publishing import versions
from organizing.signing import selectors as signing
from organizing.signing.models import Tally

TEXTS = {
    "en": TextContent(
        title="No recording of our screens",
        addressee="The board of Example Works",
        demands=["End the recording of screens & clicks.", "Respect the right to organize."],
        body="We learned of it **by accident**.\n\n- It is mandatory.\n- Nobody asked us.",
        consent={"organizers": "The organizers may know that I signed, and by which name."},
    ),
    "ar": TextContent(
        title="لا لتسجيل شاشاتنا",
        addressee="مجلس إدارة مصانع المثال",
        demands=["أوقفوا تسجيل الشاشات والنقرات.", "احترموا حقنا في التنظيم."],
        body="علمنا بالأمر **مصادفة**.",
        consent={"organizers": "يجوز للمنظمين أن يعرفوا أنني وقّعت، وبأي اسم."},
    ),
}
UNITS = {"North hall": bytes(range(16)), "South hall": bytes(range(16, 32))}
PATIENCE = 180.0
DAY = 86_400


def make_campaign(*, k: int, epoch_seconds: int = DAY) -> Campaign:
    """A campaign. Its batches come when a journey asks: a clock of their own could make one among its signers."""
    return Campaign.objects.create(
        name="Example Works", employer_domains=["example.com"], k=k, epoch_seconds=epoch_seconds
    )


def make_petition(*, state: str = "open", k: int = 3, epoch_seconds: int = DAY) -> dict[str, Any]:
    """A petition in a campaign of its own, with both proofs; the worker makes its keys."""
    petition, seed = draft_petition(make_campaign(k=k, epoch_seconds=epoch_seconds))
    advance(petition, state, seed)
    return _describe(petition) | {"seed": b64u(seed)}


def draft_petition(campaign: Campaign) -> tuple[Petition, bytes]:
    """A draft in both languages, and a seed for the organizers' key."""
    units = [{"id": b64u(unit), "name": name} for name, unit in UNITS.items()]
    proofs = Proofs(mailbox=True, mail_domains=["example.com"], units=units)
    petition = services.create_petition(campaign=campaign, proofs=proofs)
    source = hashlib.sha256(services.text_bytes("en", TEXTS["en"])).hexdigest()
    for language, content in TEXTS.items():
        about = {"source": "" if language == "en" else source}
        services.save_text(petition_id=petition.id, language=language, content=content, about=about)
    return petition, os.urandom(sealing.SEED_BYTES)


def approve(petition: Petition, by: User) -> None:
    """As an organizer does who has read all of it: freezing by its page looks whether somebody has."""
    seat = organizer_seat(by, petition.id)
    source, *others = translations.standings(seat.petition)
    today = timezone.now().date()
    for each in others:
        shown = {"text": each.text.digest, "source": source.text.digest}
        translations.vouch(seat=seat, language=each.language.code, today=today, **shown)
    reviewing.approve(seat=seat, digest=reviewing.review(seat.petition).digest, today=today)


def advance(petition: Petition, state: str, seed: bytes, by: User | None = None) -> None:
    """From a draft to `state`."""
    if state == State.DRAFT:
        return
    if by:
        approve(petition, by)
    else:
        services.approve(petition_id=petition.id)
    if state == State.APPROVED:
        return
    key = sealing.public_key_bytes(seed)
    services.set_audience_key(petition_id=petition.id, slug=services.ORGANIZERS, public_key=key)
    now = timezone.now()
    closes = now + timedelta(days=30)
    services.start_freezing(petition_id=petition.id, now=now, closes=closes)
    _wait(lambda: _is_frozen(petition), "freeze the petition")
    if state == State.OPEN:
        ending.open_petition(petition_id=petition.id, today=timezone.now().date())


def _is_frozen(petition: Petition) -> bool:
    petition.refresh_from_db()
    return petition.state == State.FROZEN


def _wait(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the worker did not {what}")
        time.sleep(0.05)


def _describe(petition: Petition) -> dict[str, Any]:
    return {
        "id": str(petition.id),
        "public_id": petition.public_id,
        "private_id": petition.private_id,
        "manifest_hash": b64u(bytes(petition.manifest_hash or b"")),
    }


def quicken(*, campaign: str, k: int) -> None:
    """Small batches for a campaign, before its petition is made."""
    newest = Campaign.objects.get(name=campaign)
    newest.k, newest.first_signers = k, k
    newest.save()


def describe(*, campaign: str) -> dict[str, Any]:
    """The one petition of a campaign."""
    return _describe(Petition.objects.get(campaign__name=campaign))


def describe_one(*, petition: str) -> dict[str, Any]:
    """One petition."""
    return _describe(Petition.objects.get(id=petition))


def give_key(*, petition: str) -> str:
    """The organizers' key, as their browser would make it; its seed."""
    seed = os.urandom(sealing.SEED_BYTES)
    key = sealing.public_key_bytes(seed)
    found = Petition.objects.get(id=petition)
    services.set_audience_key(petition_id=found.id, slug=services.ORGANIZERS, public_key=key)
    return b64u(seed)


def make_codes(*, petition: str, size: int) -> list[str]:
    """Paper codes as printed."""
    made = create_code_batch(
        petition_id=Petition.objects.get(id=petition).id,
        label="journey",
        size=size,
        today=timezone.now().date(),
    )
    return [codes.print_code(code) for code in made]


def open_petition(*, petition: str) -> None:
    """frozen → open."""
    today = timezone.now().date()
    ending.open_petition(petition_id=Petition.objects.get(id=petition).id, today=today)


def close_petition(*, petition: str) -> None:
    """open → closed, now."""
    ending.close_petition(petition_id=Petition.objects.get(id=petition).id, now=timezone.now())


def withdraw_petition(*, petition: str) -> None:
    """frozen → withdrawn, now."""
    ending.withdraw_petition(petition_id=Petition.objects.get(id=petition).id, now=timezone.now())


def follow_petition(*, petition: str, state: str) -> dict[str, Any]:
    """A new version of a petition that is over, in `state`."""
    user = User.objects.create_user(f"follower of {petition}")
    before = Petition.objects.get(id=petition)
    today = timezone.now().date()
    draft = versions.begin_version(petition_id=before.id, by=user, today=today)
    seed = os.urandom(sealing.SEED_BYTES)
    advance(draft, state, seed)
    return _describe(draft) | {"seed": b64u(seed)}


def flush(*, petition: str) -> None:
    """Ends the epoch, and asks the worker for a batch, through the broker, as beat does."""
    now = timezone.now()
    Tally.objects.filter(petition_id=petition).update(due_at=now)
    current_app.send_task("signing.flush_due")
    _wait(lambda: all(due > now for due in _due(petition)), "make a batch")


def _due(petition: str) -> list[datetime]:
    return [total.due_at for total in signing.totals(Petition.objects.get(id=petition).id)]


def totals(*, petition: str) -> dict[str, int]:
    """The totals by class as of the last batch."""
    found = signing.totals(Petition.objects.get(id=petition).id)
    return {"AB"[total.proof_class - 1]: total.total for total in found}


def unit_totals(*, petition: str) -> dict[str, int]:
    """The totals by unit as of the last batch."""
    found = signing.unit_totals(Petition.objects.get(id=petition).id)
    return {name: found[unit] for name, unit in UNITS.items() if unit in found}
