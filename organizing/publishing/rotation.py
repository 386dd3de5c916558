"""What publishing has sealed."""

from organizing import resealing
from organizing.publishing.models import PostVersion


def _boxes(row: PostVersion) -> resealing.Boxes:
    return {"sealed": row.context()}


resealing.register_model(PostVersion, _boxes)
