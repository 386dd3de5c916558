"""What units have sealed."""

from organizing import resealing
from organizing.units.models import ImportDraft, SealedRow, Source, UnitChange


def _boxes(row: SealedRow) -> resealing.Boxes:
    return {"sealed": row.context()}


for _model in (ImportDraft, Source, UnitChange):
    resealing.register_model(_model, _boxes)
