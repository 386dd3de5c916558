"""A new version of a petition that is over: a draft of its own, with keys and a manifest of its own later on.

Its texts are where the writing begins. Nobody's signature, proof or vote is carried over.
"""

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction

from organizing.accounts.access import User
from organizing.drafting import translations
from organizing.petitions import selectors as petitions
from organizing.petitions import services
from organizing.petitions.models import Petition, PetitionText
from organizing.petitions.selectors import OVER
from organizing.petitions.services import Proofs, TextContent


@transaction.atomic
def begin_version(*, petition_id: UUID, by: User, today: date) -> Petition:
    """The draft that follows a petition; the same one however often it is asked for.

    Raises WrongState for a petition that is not over.
    """
    before = services.locked(petition_id, *OVER)
    if found := following(before):
        return found
    proofs = Proofs(before.mailbox, before.mail_domains, before.units)
    draft = services.create_petition(campaign=before.campaign, proofs=proofs, follows=before)
    services.set_first_signers(
        petition_id=draft.id,
        number=max(before.first_signers, draft.k),
        independent_only=before.first_independent,
        opens_itself=before.opens_itself,
    )
    _copy_texts(before, draft, by, today)
    draft.refresh_from_db()
    translations.carry_checks(before=before, after=draft)
    return draft


def following(petition: Petition) -> Petition | None:
    """The version after this one, in whatever state it is."""
    return Petition.objects.filter(follows=petition).first()


def _copy_texts(before: Petition, draft: Petition, by: User, today: date) -> None:
    rows = {row.language: row for row in PetitionText.objects.filter(petition=before, frozen=True)}
    texts = {code: petitions.open_text(rows[code]) for code in before.languages if code in rows}
    source = next(iter(texts.values()), None)
    for code, text in texts.items():
        # A translation follows the same words as before.
        follows = (
            "" if source is text or source is None else hashlib.sha256(source.data).hexdigest()
        )
        content = {name: text.content[name] for name in TextContent.__dataclass_fields__}
        services.save_text(
            petition_id=draft.id,
            language=code,
            content=TextContent(**content),
            about={
                "by": by.username,
                "day": today.isoformat(),
                "how": "followed",
                "source": follows,
            },
        )
