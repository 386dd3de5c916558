"""Changes a row that waits, without telling the write-ahead log whose it was.

To change one row is to say which one. So its neighbours are sealed afresh together with it, and what the log shows is
that one of them was changed. So no envelope of a withdrawn signature is left; and whoever changes theirs again and
again is never told to wait until a batch: that answer would tell them when there was one.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace

from organizing.crypto import derivation
from organizing.signing import epochs
from organizing.signing.epochs import SIGNATURE, WITHDRAWN, EpochRef, Waiting
from organizing.signing.models import PendingRecord, Signature

_Places = Iterable[bytes | memoryview]


def bury(current: epochs.Epochs, tombstone: Waiting, record_bytes: int, cover: int) -> None:
    """Empties the row and every record that waits, and adds the tombstone. Inside `holding.lock`.

    `cover` is how many rows are rewritten for each. The epochs keep the versions that they had, so that their flush
    passes the row over, and what was counted before them is taken back by the tombstone.
    """
    waiting: list[Waiting] = []
    for epoch in (*current.closing, current.open):
        waiting += _empty(epoch, tombstone.nullifier, record_bytes, cover)
    if waiting:
        first = min(waiting, key=lambda entry: entry.version)
        tombstone = replace(tombstone, old_unit=first.old_unit)
    add(current.open, tombstone, record_bytes, cover)
    Signature.objects.filter(nullifier=tombstone.nullifier).update(
        record=None, version=tombstone.version
    )


def add(epoch: EpochRef, entry: Waiting, record_bytes: int, cover: int) -> None:
    """Adds a record; where MOST_WAITING of its signer wait, the last one becomes it. Inside `holding.lock`.

    Raises Unavailable.
    """
    number = epochs.count(epoch, entry.nullifier)
    if number < epochs.MOST_WAITING:
        epochs.put(epoch, entry, record_bytes, number)
        return
    if entry.kind == SIGNATURE:
        # In the place of the last one, it follows what that one followed.
        entry = replace(entry, old_unit=epochs.find_all(epoch, entry.nullifier)[-1].old_unit)
    last = epochs.locate(epoch.key, entry.nullifier, number - 1)
    _change(epoch, last, lambda _old: entry, record_bytes, cover)


def _empty(epoch: EpochRef, nullifier: bytes, record_bytes: int, cover: int) -> list[Waiting]:
    found = epochs.find_all(epoch, nullifier)
    for number in range(len(found)):
        own = epochs.locate(epoch.key, nullifier, number)
        _change(epoch, own, _emptied, record_bytes, cover)
    return found


def _emptied(entry: Waiting) -> Waiting:
    return replace(entry, kind=WITHDRAWN, unit=derivation.NO_UNIT, record=b"")


def _change(
    epoch: EpochRef, own: bytes, change: Callable[[Waiting], Waiting], record_bytes: int, cover: int
) -> None:
    for place in _neighbours(epoch, own, cover):
        row = PendingRecord.objects.filter(locator=place)
        entry = epochs.unseal(epoch.key, bytes(row.get().sealed))
        changed = change(entry) if place == own else entry
        row.update(sealed=epochs.seal(epoch.key, changed, record_bytes))


def _neighbours(epoch: EpochRef, locator: bytes, count: int) -> list[bytes]:
    """`count` rows that lie next to each other in a circle, this one anywhere among them; all where there are fewer."""
    before = secrets.randbelow(count)
    places = PendingRecord.objects.filter(epoch_id=epoch.id).values_list("locator", flat=True)
    down, up = places.order_by("-locator"), places.order_by("locator")
    lower = _first(before, down.filter(locator__lt=locator)[:before], down[:before])
    after = count - before
    upper = _first(after, up.filter(locator__gte=locator)[:after], up[:after])
    return sorted({*lower, *upper})


def _first(count: int, near: _Places, around: _Places) -> list[bytes]:
    found = [bytes(place) for place in near]
    return found if len(found) == count else (found + [bytes(p) for p in around])[:count]
