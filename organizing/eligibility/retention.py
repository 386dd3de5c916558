"""What eligibility erases, and when."""

from datetime import UTC, datetime

from organizing import keyring
from organizing.eligibility.models import CodeBatch, RequestTally, SpentProof
from organizing.petitions.models import Petition
from organizing.safety.retention import Rule, register

# As far as a site can have been switched off.
_DAY_KEYS_LOOKED_BACK = 400


def _erase_proofs(now: datetime) -> None:
    over = Petition.objects.filter(sending_ends_at__lte=now).values_list("id", flat=True)
    for petition_id in list(over):
        SpentProof.objects.filter(petition_ref=petition_id).delete()
        CodeBatch.objects.filter(petition_id=petition_id).delete()
        RequestTally.objects.filter(petition_id=petition_id).delete()


def _destroy_day_keys(now: datetime) -> None:
    today = int(now.astimezone(UTC).timestamp()) // 86_400
    keyring.destroy_day_keys(range(today - _DAY_KEYS_LOOKED_BACK, today - 1))


register(
    Rule(
        "spent proofs",
        "Tags of spent proofs, code batches and daily figures, once sending has ended.",
        _erase_proofs,
    )
)
register(
    Rule("mail keys", "Keys of queued mail, after the day that follows theirs.", _destroy_day_keys)
)
