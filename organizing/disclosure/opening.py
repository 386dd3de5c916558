"""Opens an export for one audience in constant memory. No Django: it works offline.

Two passes. The first verifies every record and remembers, in a nameless file that SQLite removes by itself, which
record stands for each signer; of names and addresses nothing is written but a keyed digest of each address. The
second opens the named records that stand again, and yields them in order.
"""

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from organizing.crypto import sealing
from organizing.crypto.keyfiles import AudienceKey
from organizing.crypto.manifests import CLASS_LETTERS, Manifest
from organizing.disclosure import verifying
from organizing.disclosure.exportfile import WITHDRAWN, ExportFile
from organizing.disclosure.slots import NamedSlot, RecordProblem, SlotOpener
from organizing.disclosure.verifying import VerifiedRecord

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;
CREATE TABLE standing (nullifier BLOB PRIMARY KEY, version INT, kind INT, place INT, proof_class INT,
  state TEXT, address BLOB) WITHOUT ROWID;
CREATE TABLE problem (place INT, record TEXT, code TEXT);
"""
# Of two records with one nullifier the higher version stands; a withdrawal wins a tie.
_KEEP = f"""
INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (nullifier) DO UPDATE SET
  version = excluded.version, kind = excluded.kind, place = excluded.place,
  proof_class = excluded.proof_class, state = excluded.state, address = excluded.address
WHERE excluded.version > version OR (excluded.version = version AND excluded.kind = {WITHDRAWN})
"""  # noqa: S608 - a constant of this package
_NAMED = """
SELECT place, address IS NOT NULL AND EXISTS (
  SELECT 1 FROM standing other WHERE other.address = standing.address AND other.nullifier <> standing.nullifier)
FROM standing WHERE state = 'named' ORDER BY nullifier
"""
_PROBLEMS = """
SELECT place, record, code FROM problem UNION ALL
SELECT place, substr(lower(hex(nullifier)), 1, 32), state FROM standing
WHERE state NOT IN ('named', 'anonymous', 'withdrawn') ORDER BY place
"""
_MATTERS_EVERY = 200


class ForeignKey(ValueError):
    """The key is not one of this petition."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One signer who chose this audience. The name is always self-typed."""

    slot: NamedSlot
    record: VerifiedRecord
    address: str
    reason: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was dropped or could not be read. `row` counts from 1."""

    row: int
    record_id: str
    code: str


@dataclass
class ClassTotal:
    """Signatures of one class that stand."""

    anonymous: int = 0
    named: int = 0
    unreadable: int = 0


@dataclass
class Summary:
    """What an export holds, by class letter; `replaced` were superseded by a higher version."""

    totals: dict[str, ClassTotal]
    withdrawn: int = 0
    replaced: int = 0
    problems: int = 0


@dataclass
class Opening:
    """One export and one key. Call `survey` first."""

    file: ExportFile
    opener: SlotOpener
    memory: sqlite3.Connection
    address_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def manifest(self) -> Manifest:
        """The manifest inside the export."""
        return self.file.manifest

    def survey(self, progress: Callable[[int, int], None]) -> Summary:
        """The first pass. `progress` is called now and then with records done and all."""
        previous, verified = b"", 0
        for place, data in enumerate(self.file.records()):
            record = self._check(place, data)
            if record is not None:
                verified += 1
                if record.nullifier < previous and "export-order" not in self.file.problems:
                    self.file.problems.append("export-order")
                previous = record.nullifier
            if place % _MATTERS_EVERY == 0:
                progress(place, self.file.blocks)
        self.memory.execute("CREATE INDEX by_address ON standing (address) WHERE address NOT NULL")
        progress(self.file.blocks, self.file.blocks)
        return self._summary(verified)

    def _check(self, place: int, data: bytes) -> VerifiedRecord | None:
        try:
            record = verifying.verify_record(self.manifest, data)
        except RecordProblem as problem:
            record_id = verifying.reported_id(self.manifest, data)
            row = (place, record_id, problem.code)
            self.memory.execute("INSERT INTO problem VALUES (?, ?, ?)", row)
            return None
        state, address = self._look(record)
        values = (record.nullifier, record.version, record.kind, place)
        self.memory.execute(_KEEP, (*values, record.proof_class, state, address))
        return record

    def _look(self, record: VerifiedRecord) -> tuple[str, bytes | None]:
        """The state of a record, and a digest of the address that it proves."""
        if record.kind == WITHDRAWN:
            return "withdrawn", None
        try:
            slot = self.opener.open(record.envelope, record.pk_w)
        except RecordProblem as problem:
            return problem.code, None
        if slot is None:
            return "anonymous", None
        address, _reason = self._proof(record, slot)
        digest = hmac.digest(self.address_key, address.encode(), hashlib.sha256)[:16]
        return "named", digest if address else None

    def _proof(self, record: VerifiedRecord, slot: NamedSlot) -> tuple[str, str]:
        try:
            return verifying.proven_address(self.manifest, record, slot), ""
        except RecordProblem as problem:
            return "", problem.code

    def _summary(self, verified: int) -> Summary:
        summary = Summary({CLASS_LETTERS[c]: ClassTotal() for c in sorted(self.manifest.issuers)})
        query = "SELECT proof_class, state, COUNT(*) FROM standing GROUP BY proof_class, state"
        standing = 0
        for proof_class, state, count in self.memory.execute(query):
            standing += count
            if state == "withdrawn":
                summary.withdrawn = count
                continue
            total = summary.totals[CLASS_LETTERS[proof_class]]
            name = state if state in ("anonymous", "named") else "unreadable"
            setattr(total, name, getattr(total, name) + count)
        summary.replaced = verified - standing
        summary.problems = sum(1 for _problem in self.problems())
        return summary

    def problems(self) -> Iterator[Problem]:
        """Every record that was dropped or could not be read, in file order."""
        for place, record_id, code in self.memory.execute(_PROBLEMS):
            yield Problem(place + 1, record_id, code)

    def named_rows(self) -> Iterator[NamedRow]:
        """The second pass: whoever gave this audience a name, by record id."""
        for place, repeated in self.memory.execute(_NAMED):
            record = verifying.verify_record(self.manifest, self.file.record_at(place))
            slot = self.opener.open(record.envelope, record.pk_w)
            if slot is not None:
                address, reason = self._proof(record, slot)
                yield NamedRow(slot, record, address, reason, bool(repeated))


def open_for(file: ExportFile, key: AudienceKey) -> Opening:
    """Prepares to open an export with a key. Raises ForeignKey where the manifest does not have it."""
    if (key.audience, key.public_key) not in file.manifest.audiences:
        raise ForeignKey(key.audience)
    opener = SlotOpener(file.manifest, key.audience, sealing.private_key(key.seed))
    memory = sqlite3.connect("")
    memory.executescript(_SCHEMA)
    return Opening(file, opener, memory)


def plain_cells(row: NamedRow) -> dict[str, str]:
    """What a row says, by the columns of texts.COLUMNS, but for those that are sentences."""
    slot, record = row.slot, row.record
    return {
        "name": slot.name,
        "jobTitle": slot.job_title,
        "site": slot.site,
        "address": row.address,
        "class": CLASS_LETTERS[record.proof_class],
        "language": slot.language,
        "day": slot.day,
        "record": record.record_id,
        "version": str(record.version),
        "text": slot.text_hash.hex(),
        "consent": slot.consent_hash.hex(),
    }
