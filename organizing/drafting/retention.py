"""What drafting erases, and when."""

from datetime import datetime

from organizing.drafting.models import (
    CoDrafter,
    Comment,
    DraftInvitation,
    LanguageCheck,
    Suggestion,
    Verdict,
    WorkingCopy,
)
from organizing.petitions.models import Petition, PetitionText
from organizing.safety.retention import Rule, register

_CONVERSATION = (Comment, LanguageCheck, Suggestion, Verdict, WorkingCopy, CoDrafter)


def _erase_invitations(now: datetime) -> None:
    DraftInvitation.objects.filter(expires_on__lt=now.date()).delete()


def _erase_conversations(now: datetime) -> None:
    over = Petition.objects.filter(sending_ends_at__lte=now).values("id")
    for model in _CONVERSATION:
        model.objects.filter(petition__in=over).delete()
    PetitionText.objects.filter(petition__in=over, frozen=False).delete()


register(Rule("draft invitations", "Unused links to drafts, after seven days.", _erase_invitations))
register(
    Rule(
        "conversations",
        "Earlier versions, suggestions, comments, verdicts and co-drafters of a petition, once sending "
        "has ended. The frozen texts stay.",
        _erase_conversations,
    )
)
