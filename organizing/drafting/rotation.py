"""What drafting has sealed."""

from organizing import resealing
from organizing.drafting.models import (
    Comment,
    DraftInvitation,
    LanguageCheck,
    SealedRow,
    Suggestion,
    Verdict,
    WorkingCopy,
)


def _boxes(row: SealedRow) -> resealing.Boxes:
    return {"sealed": row.context()}


for _model in (Comment, DraftInvitation, LanguageCheck, Suggestion, Verdict, WorkingCopy):
    resealing.register_model(_model, _boxes)
