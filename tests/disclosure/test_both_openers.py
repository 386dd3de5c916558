"""The browser's opener, the command and the reference client read the same in the same export."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from organizing.disclosure import opening
from organizing.disclosure.exportfile import open_export
from organizing.disclosure.opening import NamedRow, Opening
from tests.disclosure import sealed
from tests.disclosure.sealed import Worker, flipped
from tests.reference_client.export import read_export
from tests.reference_client.wire import b64u
from tests.vectors.browser_core import ask


def records() -> list[bytes]:
    """Everybody that the opener can meet with."""
    ben = Worker("Ben", address="ben@example-employer.test")
    twin = Worker("Ben's twin", address=ben.address)
    gone, moved, thief = Worker("Gone"), Worker("Moved", site="Leeds"), Worker("Thief")
    nasty = [Worker(name) for name in ("=1+1", "two\nlines", "\u202eegnahc", "محمد", 'a"b,c')]
    plain = [Worker(), Worker(address="anonymous@example-employer.test"), *nasty, ben, twin]
    return [
        *(worker.record() for worker in plain),
        gone.record(),
        gone.withdrawal(2),
        moved.record(version=1),
        moved.record(version=3),
        thief.record(sealed=thief.seal(thief.named(attestation=b64u(ben.attestation)))),
        Worker().record(sealed=ben.seal(ben.named())),
        *(
            flipped(Worker("Damaged").record(), at)
            for at in (0, 1, 2, 34, 36, 39, 71, 200, 600, 3200)
        ),
        Worker("Class").record(letter="B"),
        Worker().withdrawal(0),
    ]


def by_command(path: Path) -> tuple[Opening, dict[str, Any]]:
    with path.open("rb") as source:
        opened = opening.open_for(open_export(source), sealed.organizers_key())
        summary = opened.survey(lambda *_progress: None)
        named = [seen(row) for row in opened.named_rows()]
        problems = sorted((p.code, p.record_id) for p in opened.problems())
        totals = {letter: vars(total) for letter, total in summary.totals.items()}
    said: dict[str, Any] = {
        "totals": totals,
        "withdrawn": summary.withdrawn,
        "replaced": summary.replaced,
        "named": named,
        "problems": problems,
        "file": sorted(opened.file.problems),
    }
    return opened, said


def seen(row: NamedRow) -> dict[str, Any]:
    slot = row.slot
    return {
        "record": row.record.record_id,
        "name": slot.name,
        "jobTitle": slot.job_title,
        "site": slot.site,
        "language": slot.language,
        "day": slot.day,
        "version": row.record.version,
        "address": row.address,
        "reason": row.reason,
        "repeated": row.repeated,
    }


def by_browser(path: Path) -> dict[str, Any]:
    key = sealed.organizers_key()
    found = ask("read_export", path=str(path), audience=key.audience, seed=key.seed)
    columns = seen_columns()
    problems = found["problems"]
    return {
        "totals": found["totals"],
        "withdrawn": found["withdrawn"],
        "replaced": found["replaced"],
        "named": [{name: row[name] for name in columns} for row in found["named"]],
        "problems": sorted((p["code"], p["record"]) for p in problems if "record" in p),
        "file": sorted(p["code"] for p in problems if "record" not in p),
    }


def seen_columns() -> list[str]:
    names = ["record", "name", "jobTitle", "site", "language", "day", "version"]
    return [*names, "address", "reason", "repeated"]


def in_order() -> bytes:
    return sealed.export(records())


def out_of_order() -> bytes:
    return sealed.export(records(), in_order=False)


def cut_short() -> bytes:
    return in_order()[:-4000]


@pytest.mark.parametrize("make", [in_order, out_of_order, cut_short], ids=lambda m: m.__name__)
def test_the_browser_and_the_command_agree(tmp_path: Path, make: Any) -> None:
    path = tmp_path / "export.bin"
    path.write_bytes(make())
    _opened, ours = by_command(path)
    assert by_browser(path) == ours
    assert ours["problems"]
    assert len(ours["named"]) >= 5


def test_the_reference_client_keeps_the_same_records(tmp_path: Path) -> None:
    path = tmp_path / "export.bin"
    path.write_bytes(in_order())
    found = read_export(io.BytesIO(path.read_bytes()))
    opened, ours = by_command(path)
    standing = opened.memory.execute("SELECT nullifier, version FROM standing ORDER BY nullifier")
    theirs = sorted((r.nullifier, r.version) for r in found.records.values())
    assert theirs == [(bytes(nullifier), version) for nullifier, version in standing]
    unreadable = sum(total["unreadable"] for total in ours["totals"].values())
    assert len(found.problems) == len(ours["problems"]) - unreadable
    assert found.complete
