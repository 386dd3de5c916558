"""What units erase, and when. Units, head-counts and their history stay with the campaign."""

from datetime import datetime, timedelta

from organizing.safety.retention import Rule, register
from organizing.units.models import ImportDraft


def _erase_imports(now: datetime) -> None:
    ImportDraft.objects.filter(made_on__lt=now.date() - timedelta(days=1)).delete()


register(
    Rule(
        "unit imports",
        "Files of units that were read and not taken over, after a day.",
        _erase_imports,
    )
)
