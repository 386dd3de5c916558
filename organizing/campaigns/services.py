"""What the workspace writes across capabilities."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from organizing.accounts import services as accounts
from organizing.crypto.encoding import EncodingError, unb64u
from organizing.crypto.sealing import PUBLIC_KEY_BYTES, SealingError
from organizing.drafting import reviewing
from organizing.eligibility import services as eligibility
from organizing.errors import Closed, Malformed, WrongState
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition, State
from organizing.petitions.services import ORGANIZERS, Proofs


@transaction.atomic
def set_proofs(*, petition: Petition, proofs: Proofs) -> None:
    """Sets how workers prove employment; its mail domains are the employer's from now on."""
    petitions.set_proofs(petition_id=petition.id, proofs=proofs)
    campaign = petition.campaign
    new = [d for d in proofs.mail_domains if d not in campaign.employer_domains]
    if new:
        domains = [*campaign.employer_domains, *new]
        accounts.edit_campaign(campaign=campaign, name=campaign.name, employer_domains=domains)


@transaction.atomic
def freeze(*, petition: Petition, now: datetime, closes: datetime) -> None:
    """approved → freezing. Raises WrongState, also where the approval does not hold any more."""
    locked = petitions.locked(petition.id, State.APPROVED)
    if not reviewing.holds(locked):
        raise WrongState
    petitions.start_freezing(petition_id=petition.id, now=now, closes=closes)


def keep_public_key(*, petition_id: UUID, text: str) -> None:
    """Keeps the organizers' public key: 1216 bytes in base64url. Raises Malformed or WrongState."""
    try:
        key = unb64u(text.strip(), PUBLIC_KEY_BYTES)
        petitions.set_audience_key(petition_id=petition_id, slug=ORGANIZERS, public_key=key)
    except (EncodingError, SealingError) as error:
        raise Malformed from error


def make_codes(*, petition: Petition, label: str, size: int, today: date) -> list[str]:
    """Makes paper codes and returns them, for the only time. Raises WrongState."""
    if petition.state not in (State.FROZEN, State.OPEN):
        raise WrongState
    try:
        return eligibility.create_code_batch(
            petition_id=petition.id, label=label, size=size, today=today
        )
    except Closed as error:
        raise WrongState from error
