"""What the opener makes of a sound export: who is listed, and what stands behind each name."""

from __future__ import annotations

from pathlib import Path

import pytest

from organizing.disclosure.opener import OPENED
from tests.disclosure import sealed
from tests.disclosure.opened import open_file
from tests.disclosure.sealed import Worker
from tests.reference_client.wire import b64u, sha256
from tests.vectors import worked_example

ADA = Worker("Ada Lovelace", job_title="Analyst", site="London")
CLASS = "Class (A: independent of the employer, B: code to the work mailbox)"
BEN = Worker("Ben", address="ben@example-employer.test")


def test_a_name_by_paper_code_is_self_typed_and_the_employment_verified(tmp_path: Path) -> None:
    found = open_file(tmp_path, sealed.export([ADA.record()]))
    assert found.code == OPENED
    row = found.row(ADA)
    assert row["How verified"] == "employment verified, name self-typed"
    assert (row["Name"], row["Job title"], row["Workplace"]) == (
        "Ada Lovelace",
        "Analyst",
        "London",
    )
    assert (row["Verified address"], row[CLASS]) == ("", "A")
    assert row["Day signed (UTC)"] == "2026-11-24"
    # In hexadecimal, since base64url can begin like a formula.
    assert row["SHA-256 of the text"] == sha256(worked_example.text_bytes()).hex()
    assert row["SHA-256 of the consent"] == sha256(worked_example.CONSENT.encode()).hex()


def test_it_says_where_the_title_is_found(tmp_path: Path) -> None:
    said = open_file(tmp_path, sealed.export([])).said.splitlines()
    petition = next(number for number, line in enumerate(said) if line.startswith("Petition: "))
    assert "Export page" in said[petition + 1]


def test_a_name_by_mailbox_shows_the_address_as_verified(tmp_path: Path) -> None:
    row = open_file(tmp_path, sealed.export([BEN.record()])).row(BEN)
    assert row["How verified"] == "address verified, name self-typed"
    assert (row["Verified address"], row[CLASS]) == (BEN.address, "B")


def test_anonymous_signers_are_a_number(tmp_path: Path) -> None:
    workers = [Worker() for _ in range(3)] + [
        Worker(address=f"{n}@example-employer.test") for n in "ab"
    ]
    found = open_file(tmp_path, sealed.export([w.record() for w in [*workers, ADA]]))
    assert list(found.rows) == [ADA.record_id]
    a, b = found.said.split("Code to the work mailbox")
    assert "Without a name: 3" in a
    assert "With a name: 1" in a
    assert "Without a name: 2" in b
    assert "With a name: 0" in b


def test_withdrawn_and_replaced_signatures_are_dropped(tmp_path: Path) -> None:
    gone, moved = Worker("Gone"), Worker("Moved")
    records = [
        gone.record(),
        gone.withdrawal(2),
        moved.record(version=2, sealed=moved.seal(moved.named(name="Now"))),
        moved.record(version=1),
    ]
    found = open_file(tmp_path, sealed.export(records))
    assert list(found.rows) == [moved.record_id]
    assert found.row(moved)["Name"] == "Now"
    assert "Withdrawn, and not counted: 1" in found.said
    assert "replaced by a newer one: 2" in found.said


def test_whoever_signs_again_after_withdrawing_is_listed(tmp_path: Path) -> None:
    records = [ADA.withdrawal(2), ADA.record(version=3)]
    assert list(open_file(tmp_path, sealed.export(records)).rows) == [ADA.record_id]


@pytest.mark.parametrize("in_order", [True, False])
def test_of_two_with_the_same_version_a_withdrawal_stands(tmp_path: Path, in_order: bool) -> None:
    records = [ADA.record(version=2), ADA.withdrawal(2)][:: 1 if in_order else -1]
    assert open_file(tmp_path, sealed.export(records, in_order=False)).rows == {}


def test_one_address_in_two_rows_is_flagged_and_both_are_shown(tmp_path: Path) -> None:
    again = Worker("Ben again", address=BEN.address)
    other = Worker("Cas", address="cas@example-employer.test")
    found = open_file(tmp_path, sealed.export([w.record() for w in (BEN, again, other, ADA)]))
    flags = {w.name: found.row(w)["Same address in another row"] for w in (BEN, again, other, ADA)}
    assert flags == {"Ben": "yes", "Ben again": "yes", "Cas": "", "Ada Lovelace": ""}


def test_a_replaced_row_flags_nobody(tmp_path: Path) -> None:
    again = Worker("Again", address=BEN.address)
    records = [BEN.record(), again.record(version=1), again.withdrawal(2)]
    assert open_file(tmp_path, sealed.export(records)).row(BEN)["Same address in another row"] == ""


def test_an_empty_export_opens(tmp_path: Path) -> None:
    found = open_file(tmp_path, sealed.export([]))
    assert (found.code, found.rows) == (OPENED, {})
    assert found.list_bytes.startswith(b"\xef\xbb\xbfName,")


def test_the_rows_are_in_order_of_their_records(tmp_path: Path) -> None:
    workers = [Worker(f"Worker {n}") for n in range(12)]
    found = open_file(tmp_path, sealed.export([w.record() for w in workers]))
    assert list(found.rows) == sorted(w.record_id for w in workers)


def test_the_petition_and_its_fingerprint_are_shown(tmp_path: Path) -> None:
    said = open_file(tmp_path, sealed.export([])).said
    assert sealed.manifest().content["petition"] in said
    assert b64u(sealed.manifest().mh) in said
