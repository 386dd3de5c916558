"""What petitions have sealed with the application's key."""

from organizing import resealing
from organizing.petitions import selectors
from organizing.petitions.models import PetitionText


def _boxes(row: PetitionText) -> resealing.Boxes:
    named = (row.petition_id, row.language, row.version)
    return {
        "sealed": selectors.text_context(*named),
        "sealed_about": selectors.about_context(*named),
    }


resealing.register_model(PetitionText, _boxes)
