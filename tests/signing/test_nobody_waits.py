"""Whoever has nothing to change waits for no batch, and nothing tells that nobody has signed yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizing.crypto import tokens
from organizing.petitions import freezing
from organizing.petitions.models import Petition
from organizing.petitions.selectors import published
from organizing.signing import epochs, holding
from organizing.signing.models import Epoch, PendingRecord, Tally
from tests import factories, stage
from tests.factories import UNIT, Wanted
from tests.privacy.planted import CLASSES, Planted, Sent, close, count
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = bytes([7]) * 32
UNKNOWN = (200, b'{"status":"unknown"}')


@pytest.fixture
def here() -> Stage:
    return stage.opened(Wanted(k=3))


@contextmanager
def locked(states: str) -> Iterator[None]:
    """The locks of a flush that takes long."""
    if connection.vendor != "postgresql":
        yield
        return
    with psycopg.connect(**connection.get_connection_params()) as flush:
        flush.execute(f"SELECT 1 FROM organizing_epoch WHERE state IN ({states}) FOR NO KEY UPDATE")
        flush.execute("SELECT 1 FROM organizing_tally FOR UPDATE")
        yield
        flush.rollback()


def nothing_is_locked(planted: Planted, operation: str, body: bytes) -> tuple[int, bytes]:
    """The answer; what was asked of the database was but reading."""
    with CaptureQueriesContext(connection) as asked:
        said = planted.said(operation, body)
    statements = [query["sql"] for query in asked.captured_queries]
    assert statements
    assert all(sql.startswith("SELECT") and " FOR " not in sql for sql in statements)
    return said


def test_whoever_has_nothing_to_change_takes_no_lock_and_waits_for_none(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PATIENCE", "200ms")
    stranger, planted, gone = (Planted(here) for _ in range(3))
    planted.post("send", planted.send(Sent(version=2)))
    gone.post("send", gone.send(Sent()))
    gone.post("withdraw", gone.withdraw(2))
    close(here, 1)
    with locked("'open', 'closing'"):
        assert nothing_is_locked(stranger, "withdraw", stranger.withdraw(1)) == UNKNOWN
        assert nothing_is_locked(stranger, "status", stranger.status()) == UNKNOWN
        said = nothing_is_locked(gone, "withdraw", gone.withdraw(3))
        assert said == (200, b'{"status":"withdrawn","version":2}')
        said = nothing_is_locked(planted, "withdraw", planted.withdraw(2))
        assert said == (409, b'{"error":"stale"}')
        said = nothing_is_locked(planted, "withdraw", planted.withdraw(3, OTHER))
        assert said == (403, b'{"error":"refused"}')
        for what in (Sent(2, 9), Sent(1, 9, randomness=OTHER)):
            assert planted.said("send", planted.send(what)) == (403, b'{"error":"refused"}')
        assert planted.said("send", planted.send(Sent()))[0] == 409
        assert planted.said("send", planted.send(Sent(version=2)))[0] == 200


def test_a_change_does_not_wait_for_the_batch_that_takes_the_version_before(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PATIENCE", "200ms")
    planted, counted = Planted(here), Planted(here)
    counted.post("send", counted.send(Sent()))
    count(here, 1)
    planted.post("send", planted.send(Sent()))
    close(here, 1)
    with locked("'closing'"):
        for one in (planted, counted):
            assert one.said("send", one.send(Sent(version=2, unit=UNIT)))[0] == 200


def shapes(planted: Planted, operation: str, body: bytes) -> list[str]:
    """The statements of one question, without what differs from one key to the next."""
    with CaptureQueriesContext(connection) as asked:
        assert planted.said(operation, body) == UNKNOWN
    literal = re.compile(r"""'[^']*'(::bytea|::uuid)?|X'[0-9A-F]*'|\b[0-9a-f]{32}\b""")
    return [literal.sub("?", query["sql"]) for query in asked.captured_queries]


@pytest.mark.parametrize("operation", ["status", "withdraw"])
def test_a_stranger_asks_the_database_the_same_whether_anybody_signed_or_a_batch_is_made(
    here: Stage, operation: str
) -> None:
    planted, signer = Planted(here), Planted(here)
    body = planted.status() if operation == "status" else planted.withdraw(1)
    nobody = shapes(planted, operation, body)
    signer.post("send", signer.send(Sent()))
    one = shapes(planted, operation, body)
    close(here, 1)
    closing = shapes(planted, operation, body)
    assert nobody == one == closing


@pytest.mark.parametrize("mailbox", [True, False])
def test_every_class_is_open_before_the_petition_can_be_reached(mailbox: bool) -> None:
    petition = factories.frozen(Wanted(mailbox=mailbox))
    classes = CLASSES if mailbox else CLASSES[:1]
    for model in (Epoch, Tally):
        rows = model.objects.filter(petition=petition).order_by("proof_class")
        assert tuple(rows.values_list("proof_class", flat=True)) == classes
    here = Stage(published(petition.private_id))
    before = {model: list(model.objects.values()) for model in (Epoch, Tally)}
    for proof_class in classes:
        one = Planted(here)
        assert one.said("send", one.send(Sent(proof_class)))[0] == 200
    assert {model: list(model.objects.values()) for model in (Epoch, Tally)} == before
    assert PendingRecord.objects.count() == len(classes)


def test_a_petition_that_cannot_be_opened_for_signing_is_not_frozen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(**_what: object) -> None:
        raise OSError("no place for a key")

    with monkeypatch.context() as full:
        full.setattr(epochs, "open_first", fail)
        with pytest.raises(OSError, match="no place"):
            factories.frozen()
    petition = Petition.objects.get()
    assert (petition.state, bytes(petition.manifest or b"")) == ("freezing", b"")
    monkeypatch.setattr(tokens, "generate_issuer_key", lambda: factories.issuer_key(0))
    freezing.freeze(petition_id=petition.id)
    assert Epoch.objects.filter(petition=petition, state=Epoch.State.OPEN).count() == 2
