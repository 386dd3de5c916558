"""Exports sealed signatures: every export leaves a line in the log before its first byte."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from organizing.accounts.access import User
from organizing.crypto.manifests import Manifest
from organizing.disclosure import exportfile
from organizing.disclosure.models import ExportLog
from organizing.petitions import selectors as petitions
from organizing.petitions.models import Petition
from organizing.signing import selectors as signing
from organizing.signing.selectors import StoredSignature

_PIECES = 64


def start_export(*, petition: Petition, user: User, today: date) -> Iterator[bytes]:
    """Writes the line, then gives the file piece by piece, in constant memory at any size.

    Raises NotFound for a petition without a manifest, before anything is written.
    """
    manifest = petitions.publish(petition, petition.public_id).manifest
    ExportLog.objects.create(petition=petition, pseudonym=user.username, day=today)
    return _in_larger_pieces(exportfile.write(manifest, _records(petition, manifest)))


def _records(petition: Petition, manifest: Manifest) -> Iterator[bytes]:
    size = exportfile.record_bytes(manifest)
    for stored in signing.stored_signatures(petition.id):
        yield _record(stored, size)


def _record(stored: StoredSignature, size: int) -> bytes:
    if stored.record:
        return bytes([exportfile.SIGNATURE]) + stored.record
    return exportfile.withdrawn_record(stored.nullifier, stored.version, size)


def _in_larger_pieces(pieces: Iterator[bytes]) -> Iterator[bytes]:
    while joined := b"".join(islice(pieces, _PIECES)):
        yield joined
