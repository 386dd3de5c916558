"""Registry of models, so that Django finds them; each lives in its capability."""

from organizing.accounts.models import Campaign, Invitation, Membership, RecoveryVouch, User
from organizing.api.models import ApiToken
from organizing.disclosure.models import ExportLog
from organizing.drafting.models import (
    CoDrafter,
    Comment,
    DraftInvitation,
    LanguageCheck,
    ReviewRule,
    Suggestion,
    Verdict,
    WorkingCopy,
)
from organizing.eligibility.models import CodeBatch, PaperCode, RequestTally, SpentProof
from organizing.outreach.models import Contact, Mailing, MailWish
from organizing.oversight.models import ReadAlert, ReadLog, ReadMark
from organizing.petitions.models import Audience, Petition, PetitionKeys, PetitionText
from organizing.publishing.models import Milestone, Post, PostVersion
from organizing.signing.models import (
    Batch,
    Epoch,
    PendingRecord,
    Signature,
    Tally,
    UnitStep,
    UnitTally,
    WeeksTaken,
)
from organizing.tracking.models import Act, PaperEntry, Released, TargetLine
from organizing.units.models import HeadCount, ImportDraft, Source, Unit, UnitChange, UnitScope

__all__ = [
    "Act",
    "ApiToken",
    "Audience",
    "Batch",
    "Campaign",
    "CoDrafter",
    "CodeBatch",
    "Comment",
    "Contact",
    "DraftInvitation",
    "Epoch",
    "ExportLog",
    "HeadCount",
    "ImportDraft",
    "Invitation",
    "LanguageCheck",
    "MailWish",
    "Mailing",
    "Membership",
    "Milestone",
    "PaperCode",
    "PaperEntry",
    "PendingRecord",
    "Petition",
    "PetitionKeys",
    "PetitionText",
    "Post",
    "PostVersion",
    "ReadAlert",
    "ReadLog",
    "ReadMark",
    "RecoveryVouch",
    "Released",
    "RequestTally",
    "ReviewRule",
    "Signature",
    "Source",
    "SpentProof",
    "Suggestion",
    "Tally",
    "TargetLine",
    "Unit",
    "UnitChange",
    "UnitScope",
    "UnitStep",
    "UnitTally",
    "User",
    "Verdict",
    "WeeksTaken",
    "WorkingCopy",
]
