"""What tracking has sealed."""

from organizing import resealing
from organizing.tracking.models import Act, SealedRow, TargetLine


def _boxes(row: SealedRow) -> resealing.Boxes:
    return {"sealed": row.context()}


for _model in (Act, TargetLine):
    resealing.register_model(_model, _boxes)
