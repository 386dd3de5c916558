"""Counts as of the last batch, as frozen dataclasses: two reads, whatever the number of signatures."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from organizing.counting.suppression import Reading, merge_small_steps, shown
from organizing.petitions.models import Petition
from organizing.petitions.selectors import READABLE
from organizing.signing import selectors as signing

INDEPENDENT, MAILBOX = 1, 2
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One class of proof. `total` is None for fewer than k; never how far from it."""

    proof_class: int
    total: int | None

    @property
    def independent(self) -> bool:
        """Whether the employer can neither see nor fake this class's proofs."""
        return self.proof_class == INDEPENDENT


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Both totals after a batch; None for fewer than k."""

    at: datetime
    independent: int | None
    mailbox: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What an organizer or a representative sees of a petition. `next_due` is None once all is counted."""

    k: int
    epoch_seconds: int
    independent: ClassCount
    mailbox: ClassCount | None
    history: tuple[HistoryRow, ...]
    next_due: datetime | None
    ends: datetime | None

    @property
    def together(self) -> int | None:
        """Both classes, only where each may be shown: a sum would give the other one away."""
        if self.mailbox is None:
            return self.independent.total
        if self.independent.total is None or self.mailbox.total is None:
            return None
        return self.independent.total + self.mailbox.total


def counts(petition: Petition, now: datetime) -> Counts:
    """The counts of a petition. Reads what the batches wrote, and never counts again."""
    totals = {row.proof_class: row.total for row in signing.totals(petition.id)}
    return Counts(
        k=petition.k,
        epoch_seconds=petition.epoch_seconds,
        independent=_class_count(totals, INDEPENDENT, petition.k),
        mailbox=_class_count(totals, MAILBOX, petition.k) if petition.mailbox else None,
        history=_history(petition),
        next_due=next_due(petition, now),
        ends=petition.sending_ends_at,
    )


def reaches(petition: Petition, number: int, *, independent_only: bool) -> bool:
    """Whether the totals as of the last batch come to `number`: one read, however many have signed.

    A class with fewer than k adds nothing, as it is shown nowhere.
    """
    totals = {row.proof_class: row.total for row in signing.totals(petition.id)}
    classes = (INDEPENDENT,) if independent_only else (INDEPENDENT, MAILBOX)
    return sum(shown(totals.get(c, 0), petition.k) or 0 for c in classes) >= number


def _class_count(totals: dict[int, int], proof_class: int, k: int) -> ClassCount:
    return ClassCount(proof_class, shown(totals.get(proof_class, 0), k))


def next_due(petition: Petition, now: datetime) -> datetime | None:
    """When it is looked whether there are enough for a batch.

    The same for a petition that nobody has signed yet: a missing time would say so.
    """
    ends = petition.sending_ends_at
    if petition.state not in READABLE or (ends is not None and ends <= now):
        return None
    elapsed = int(now.astimezone(UTC).timestamp())
    passed = elapsed % petition.epoch_seconds
    boundary = datetime.fromtimestamp(elapsed - passed, UTC)
    return boundary + timedelta(seconds=petition.epoch_seconds)


def _history(petition: Petition) -> tuple[HistoryRow, ...]:
    readings: dict[int, list[Reading]] = {INDEPENDENT: [], MAILBOX: []}
    for batch in signing.history(petition.id):
        readings[batch.proof_class].append(Reading(batch.at, batch.total))
    kept = {c: merge_small_steps(rows, petition.k) for c, rows in readings.items()}
    return tuple(_thin(_side_by_side(kept[INDEPENDENT], kept[MAILBOX])))


def _side_by_side(independent: list[Reading], mailbox: list[Reading]) -> list[HistoryRow]:
    first = {reading.at: reading.total for reading in independent}
    second = {reading.at: reading.total for reading in mailbox}
    rows: list[HistoryRow] = []
    latest: tuple[int | None, int | None] = (None, None)
    for at in sorted(first.keys() | second.keys()):
        latest = (first.get(at, latest[0]), second.get(at, latest[1]))
        rows.append(HistoryRow(at, *latest))
    return rows


def _thin(rows: list[HistoryRow]) -> list[HistoryRow]:
    """At most 60 rows, evenly taken, the last one always among them."""
    if len(rows) <= MOST_ROWS:
        return rows
    step = (len(rows) - 1) / (MOST_ROWS - 1)
    return [rows[round(i * step)] for i in range(MOST_ROWS)]
