"""What a seized PostgreSQL gives: a dump with system columns, data files as they lie, and the log."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from organizing import keyring
from organizing.crypto import derivation, issuing
from tests.privacy.seizure.evidence import Counted, Evidence, Spent, read_keys
from tests.privacy.seizure.postgres_log import SEGMENT, Replay, raw_log, records, segments

PAGE, NORMAL = 8192, 1
XMIN_COMMITTED, XMAX_INVALID = 0x0100, 0x0800
SHORT_VALUE = 0x43  # the length byte of a value of 32 bytes
FILES = {
    "organizing_signature": "counted table",
    "organizing_signature_pkey": "primary index",
    "signature_by_petition": "second index",
}


def values_of_32_bytes(data: bytes, start: int = 0) -> dict[bytes, int]:
    """Each value of 32 bytes and where it stands first."""
    found: dict[bytes, int] = {}
    at = data.find(SHORT_VALUE.to_bytes(1, "big"))
    while at >= 0:
        found.setdefault(data[at + 1 : at + 33], start + at)
        at = data.find(b"\x43", at + 1)
    return found


def collect(url: str, cluster: Path, key_folder: Path) -> Evidence:
    """Everything there is, once the server has written it out."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        evidence = _dump(connection, key_folder)
        relations: dict[str, int] = dict(
            connection.execute("SELECT relname, relfilenode::int FROM pg_class").fetchall()
        )
        places: dict[str, str] = dict(
            connection.execute(
                "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relname = ANY(%s)",
                [list(FILES)],
            ).fetchall()
        )
        toast = _toast_of(connection, "organizing_pendingrecord")
        evidence.signature_orders["toast numbers"] = _toast_numbers(connection)
    first = segments(cluster)[0].name
    start = (int(first[8:16], 16) << 32) + int(first[16:24], 16) * SEGMENT
    evidence.first_seen = values_of_32_bytes(raw_log(cluster), start)
    replay = Replay(relations["organizing_pendingrecord"], relations[toast])
    replay.run(records(cluster))
    evidence.removals, evidence.touched = replay.removals, replay.touched
    for name, place in places.items():
        evidence.signature_orders[FILES[name]] = values_of_32_bytes((cluster / place).read_bytes())
    return evidence


def _dump(connection: psycopg.Connection[Any], key_folder: Path) -> Evidence:
    counted = connection.execute(
        "SELECT nullifier, proof_class, version, record, ctid::text::point, xmin::text::bigint, "
        "cmin::text::bigint FROM organizing_signature"
    ).fetchall()
    spent = connection.execute(
        "SELECT tag, request_mac, ctid::text::point, xmin::text::bigint FROM organizing_spentproof"
    ).fetchall()
    row = connection.execute(
        "SELECT wrapping_key_name, sealed FROM organizing_petitionkeys"
    ).fetchone()
    assert row is not None
    keys = read_keys(key_folder)
    wrapping = keyring.WrappingKey(keys[f"{row[0]}.key"])
    return Evidence(
        counted=[Counted(n, c, v, r or b"") for n, c, v, r, *_system in counted],
        spent=[Spent(tag, mac) for tag, mac, *_system in spent],
        keys=keys,
        secrets=issuing.unwrap(row[1], wrapping),
        first_seen={},
        signature_orders={
            "ctid": {r[0]: _place(r[4]) for r in counted},
            "xmin and place": {r[0]: (r[5], _place(r[4])) for r in counted},
            "command number": {r[0]: (r[6], r[0]) for r in counted},
        },
        spent_orders={
            "ctid": {r[0]: _place(r[2]) for r in spent},
            "tag": {r[0]: r[0] for r in spent},
            "request": {r[0]: r[1] for r in spent},
        },
    )


def _place(point: str) -> tuple[int, int]:
    block, offset = point.strip("()").split(",")
    return int(block), int(offset)


def _toast_of(connection: psycopg.Connection[Any], table: str) -> str:
    row = connection.execute(
        "SELECT t.relname FROM pg_class c JOIN pg_class t ON t.oid = c.reltoastrelid "
        "WHERE c.relname = %s",
        [table],
    ).fetchone()
    assert row is not None
    return str(row[0])


def _toast_numbers(connection: psycopg.Connection[Any]) -> dict[bytes, int]:
    """PostgreSQL numbers long values as they come: the number of each counted record."""
    name = sql.Identifier("pg_toast", _toast_of(connection, "organizing_signature"))
    query = sql.SQL("SELECT chunk_id::bigint, chunk_data FROM {} WHERE chunk_seq = 0").format(name)
    found = {}
    for number, data in connection.execute(query):
        found[derivation.nullifier(data[1:33], data[38:70])] = int(number)
    return found


def marked_as_read(data: bytes, nullifiers: set[bytes]) -> dict[bytes, bool]:
    """Whether a row of the counted table bears the mark that PostgreSQL sets when it is first read.

    Page and tuple headers: https://www.postgresql.org/docs/current/storage-page-layout.html
    """
    found: dict[bytes, bool] = {}
    for page in (data[at : at + PAGE] for at in range(0, len(data), PAGE)):
        (lower,) = struct.unpack_from("<H", page, 12)
        for (pointer,) in struct.iter_unpack("<I", page[24:lower]):
            offset, used, size = pointer & 0x7FFF, pointer >> 15 & 3, pointer >> 17
            if used != NORMAL:
                continue
            row = page[offset : offset + size]
            key = next((k for k in values_of_32_bytes(row) if k in nullifiers), None)
            dead = struct.unpack_from("<I", row, 4)[0] and not row[21] & XMAX_INVALID >> 8
            if key is not None and not dead:
                found[key] = bool(row[21] & XMIN_COMMITTED >> 8)
    return found
