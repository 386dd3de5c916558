"""What outreach has sealed."""

from organizing import resealing
from organizing.outreach.models import Contact, MailWish, SealedRow


def _boxes(row: SealedRow) -> resealing.Boxes:
    return {"sealed": row.context()}


for _model in (Contact, MailWish):
    resealing.register_model(_model, _boxes)
