"""Organizers with accounts and second factors: of a campaign with a petition in each state, or with none."""

from __future__ import annotations

from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from organizing.accounts.models import Campaign, Membership, Role, User
from tests.journeys import preparing

STATES = ("draft", "approved", "frozen", "open")


def enrol(*, pseudonym: str, password: str) -> dict[str, Any]:
    """The secret of the authenticator app, the campaign, and the petitions by state."""
    campaign = preparing.make_campaign(k=3)
    secret = _organizer(campaign, pseudonym, password)
    petitions = {}
    for state in STATES:
        petition, seed = preparing.draft_petition(campaign)
        preparing.advance(petition, state, seed, User.objects.get(username=pseudonym))
        petitions[state] = str(petition.id)
    return {"secret": secret, "campaign": str(campaign.id), "petitions": petitions}


def found(*, pseudonyms: list[str], password: str, k: int) -> dict[str, Any]:
    """A campaign with nothing in it, and the secrets of its organizers."""
    campaign = preparing.make_campaign(k=k)
    kept = {name: _organizer(campaign, name, password) for name in pseudonyms}
    return {"campaign": str(campaign.id), "secrets": kept}


def _organizer(campaign: Campaign, pseudonym: str, password: str) -> str:
    user = User.objects.create_user(pseudonym, password)
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    Membership.objects.create(campaign=campaign, user=user, role=Role.ORGANIZER)
    return secret
