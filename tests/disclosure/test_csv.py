"""The list is text to every spreadsheet, and what was typed to every reader of CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizing import csvfile
from tests.disclosure import sealed
from tests.disclosure.opened import open_file
from tests.disclosure.sealed import Worker
from tests.reference_client import envelope
from tests.reference_client.wire import padded, u8, u16

FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
]
NASTY = [
    'Ada "the Countess" Lovelace',
    "two\nlines",
    "carriage\rreturn",
    "a,b;c\td",
    "\u202egnihtemos\u202c",
    "محمد الحسن",
    "陳大文",
    " spaces around ",
    "'quoted'",
    '"',
]


def written(value: str) -> str:
    """The cell as a reader of CSV sees it, between two others."""
    text = csvfile.line(["a", value, "b"])
    assert text.endswith("\r\n")
    row = next(csv.reader(io.StringIO(text, newline="")))
    assert (row[0], row[-1], len(row)) == ("a", "b", 3)
    return row[1]


@pytest.mark.parametrize("value", FORMULAS, ids=repr)
def test_what_a_spreadsheet_would_calculate_is_made_text(value: str) -> None:
    assert written(value) == f"'{value}"


@pytest.mark.parametrize("value", NASTY, ids=repr)
def test_what_was_typed_comes_back(value: str) -> None:
    assert written(value) == value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_anything_comes_back_and_nothing_is_a_formula(value: str) -> None:
    found = written(value)
    assert found in (value, f"'{value}")
    assert found.strip("\t\n\v\f\r \u00a0\u3000\ufeff\u200b")[:1] not in tuple("=+-@") or not found


def test_nasty_names_come_through_the_opener(tmp_path: Path) -> None:
    workers = [Worker(name, job_title=name, site=name) for name in (*FORMULAS, *NASTY)]
    found = open_file(tmp_path, sealed.export([worker.record() for worker in workers]))
    for worker in workers:
        row = found.row(worker)
        assert row["Name"] in (worker.name, f"'{worker.name}")
        assert row["Name"] == row["Job title"] == row["Workplace"]
    assert found.list_bytes.startswith(b"\xef\xbb\xbf")


def test_half_a_surrogate_pair_stops_nobody(tmp_path: Path) -> None:
    """Valid JSON, and no text that could be written."""
    worker = Worker("half")
    fields = worker.named()
    text = json.dumps(fields).replace('"half"', '"half \\ud800 pair"').encode()
    info = envelope.info(sealed.manifest().mh, "organizers", worker.signer.pk_w)
    public = envelope.public_key(sealed.organizers_key().public_key)
    slot = envelope.SUITE.encrypt(padded(u8(1) + u16(len(text)) + text, 1536), public, info)
    found = open_file(tmp_path, sealed.export([worker.record(sealed=slot)]))
    assert found.row(worker)["Name"] == "half \ufffd pair"
