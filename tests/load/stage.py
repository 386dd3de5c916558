"""A campaign with an open petition. Imports the site: to be used once Django is set up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from organizing import management
from organizing.accounts.models import Campaign, Role, User
from organizing.crypto import issuing
from organizing.crypto.keyfiles import AudienceKey
from organizing.crypto.manifests import Manifest
from organizing.petitions import ending, freezing, selectors, services
from organizing.petitions.models import Petition
from tests.accounts import people

# The demo's own petition: a page of the size that a signer gets.
TEXTS = Path(management.__file__).with_name("demo_texts.json")
_EPOCH_SECONDS = 86_400
_ORGANIZER = "bench"


@dataclass(frozen=True)
class Stage:
    """An open petition and all of its secrets."""

    petition_id: UUID
    pid: str
    manifest: Manifest
    secrets: issuing.IssuerSecrets


def open_petition(audience: AudienceKey) -> Stage:
    """An open petition whose epoch does not end during the bench, and its organizer."""
    campaign = Campaign.objects.create(name="Bench", k=10, epoch_seconds=_EPOCH_SECONDS)
    people.member(campaign, _ORGANIZER, Role.ORGANIZER)
    petition = services.create_petition(campaign=campaign)
    for language, content in json.loads(TEXTS.read_text(encoding="utf-8")).items():
        text = services.TextContent(**content)
        services.save_text(petition_id=petition.id, language=language, content=text)
    services.set_audience_key(
        petition_id=petition.id, slug=audience.audience, public_key=audience.public_key
    )
    services.approve(petition_id=petition.id)
    now = timezone.now()
    services.start_freezing(petition_id=petition.id, now=now, closes=now + timedelta(days=30))
    freezing.freeze(petition_id=petition.id)
    ending.open_petition(petition_id=petition.id, today=timezone.now().date())
    return stage()


def stage() -> Stage:
    """The petition that was opened."""
    row = Petition.objects.get()
    published = selectors.published(row.public_id)
    return Stage(row.id, row.public_id, published.manifest, selectors.issuer_secrets(row.id))


def session_cookies(number: int) -> Iterator[str]:
    """The cookies of as many organizers who have just signed in with a second factor."""
    campaign = Campaign.objects.get()
    for place in range(number):
        # Without a password: nobody types it, and hashing it is meant to take long.
        user = User.objects.create_user(f"{_ORGANIZER}-{place}")
        person = people.Person(user, TOTP.activate(user, people.SECRET).instance)
        people.join(campaign, person, Role.ORGANIZER)
        yield f"sessionid={people.enter(person).cookies['sessionid'].value}"
