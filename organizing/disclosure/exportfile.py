"""The export file: sealed signatures behind their manifest (docs/protocol.md section 17).

Bytes in, bytes out, in constant memory; no Django, since the opener reads it offline.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from organizing.crypto import manifests
from organizing.crypto.encoding import EncodingError, u32
from organizing.crypto.manifests import Manifest

MAGIC = b"RREXPORT" + u32(1)
SIGNATURE, WITHDRAWN, TRAILER = 1, 2, 255
NULLIFIER_BYTES = 32
MANIFEST_LIMIT = 16 * 1024 * 1024


class ExportError(ValueError):
    """The file as a whole cannot be read. `code` is "export-magic", "export-cut" or "manifest-invalid"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def record_bytes(manifest: Manifest) -> int:
    """R: the size of every record and of the trailer."""
    return 583 + manifest.envelope_bytes


def withdrawn_record(nullifier: bytes, version: int, size: int) -> bytes:
    """The record of a withdrawn signature: its nullifier (32 bytes) and version, in `size` bytes."""
    return (bytes([WITHDRAWN]) + nullifier + u32(version)).ljust(size, b"\0")


def write(manifest: Manifest, records: Iterable[bytes]) -> Iterator[bytes]:
    """The file piece by piece. `records` are R bytes each, sorted by nullifier."""
    head = MAGIC + u32(len(manifest.data)) + manifest.data
    digest, count = hashlib.sha256(head), 0
    yield head
    for record in records:
        digest.update(record)
        count += 1
        yield record
    trailer = bytes([TRAILER]) + count.to_bytes(8, "big") + digest.digest()
    yield trailer.ljust(record_bytes(manifest), b"\0")


@dataclass
class ExportFile:
    """An open export. `problems` fills while the records are read: codes about the file as a whole."""

    source: BinaryIO
    size: int
    manifest: Manifest
    start: int
    problems: list[str] = field(default_factory=list)

    @property
    def record_bytes(self) -> int:
        """R."""
        return record_bytes(self.manifest)

    @property
    def blocks(self) -> int:
        """Whole blocks of R bytes after the manifest, a trailer among them."""
        return (self.size - self.start) // self.record_bytes

    def records(self) -> Iterator[bytes]:
        """Every record in file order, whatever it holds; the trailer is checked, not yielded."""
        self.source.seek(0)
        digest = hashlib.sha256(self.source.read(self.start))
        for number in range(self.blocks):
            block = self.source.read(self.record_bytes)
            if number + 1 == self.blocks and block[:1] == bytes([TRAILER]):
                self._check_trailer(block, number, digest.digest())
                return
            digest.update(block)
            yield block
        self.problems.append("export-cut")

    def record_at(self, number: int) -> bytes:
        """One record again, by its place counted from 0."""
        self.source.seek(self.start + number * self.record_bytes)
        return self.source.read(self.record_bytes)

    def _check_trailer(self, block: bytes, count: int, digest: bytes) -> None:
        if self.start + self.blocks * self.record_bytes != self.size:
            self.problems.append("export-cut")
        if int.from_bytes(block[1:9], "big") != count:
            self.problems.append("export-count")
        if block[9:41] != digest or any(block[41:]):
            self.problems.append("export-hash")


def open_export(source: BinaryIO) -> ExportFile:
    """Reads magic and manifest of a seekable file. Raises ExportError."""
    size = source.seek(0, 2)
    source.seek(0)
    if source.read(len(MAGIC)) != MAGIC:
        raise ExportError("export-magic")
    length = int.from_bytes(source.read(4), "big")
    start = len(MAGIC) + 4 + length
    if start > size or length > MANIFEST_LIMIT:
        raise ExportError("export-cut")
    return ExportFile(source, size, _read_manifest(source.read(length)), start)


def _read_manifest(data: bytes) -> Manifest:
    try:
        manifest = manifests.read(data)
    except (EncodingError, RecursionError) as error:
        raise ExportError("manifest-invalid") from error
    # A modulus that is none would only fail later, and look like the signers' fault.
    sound = all(n.bit_length() == 3072 and n % 2 for n in manifest.issuers.values())
    if not manifest.audiences or not sound:
        raise ExportError("manifest-invalid")
    return manifest
