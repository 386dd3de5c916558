"""One key counts in one class, also where two classes took it at the same moment.

Neither of two statements sees what the other one has not committed yet. Which of them stands must not depend on which
class is counted first: the answers to its signer would tell. So it is the lower class.
"""

from collections.abc import Iterable
from uuid import UUID

from organizing import keyring
from organizing.signing import epochs
from organizing.signing.models import PendingRecord


def waiting_before(petition_id: UUID, proof_class: int, nullifiers: Iterable[bytes]) -> set[bytes]:
    """Those that wait in a lower class too."""
    found: set[bytes] = set()
    wanted = list(nullifiers)
    for row in epochs.unflushed(petition_id).filter(proof_class__lt=proof_class):
        try:
            key = epochs.ref(row).key
        except keyring.KeyGone:
            # Counted a moment ago, or lost: nobody can say what waits there.
            continue
        places = {epochs.locate(key, nullifier): nullifier for nullifier in wanted}
        rows = PendingRecord.objects.filter(locator__in=list(places))
        found |= {places[bytes(place)] for place in rows.values_list("locator", flat=True)}
    return found
