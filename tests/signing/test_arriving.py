"""The one statement by which a signature arrives, outside a transaction as in real life."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from organizing.crypto import messages
from organizing.crypto.manifests import CLASS_A
from organizing.errors import Unavailable
from organizing.signing import arriving, epochs, holding
from organizing.signing.epochs import Epochs
from organizing.signing.models import Epoch, PendingRecord
from tests import stage
from tests.privacy.planted import PLACES
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Stage:
    return stage.opened()


def request_of(here: Stage) -> messages.SendRequest:
    client, credential = here.with_paper()
    return messages.read_send_request(client.send_bytes(credential), here.petition.manifest)


def open_epoch(here: Stage) -> Epochs:
    return epochs.refresh(here.petition.id, CLASS_A)


def test_a_new_signature_is_written_once(here: Stage) -> None:
    current, request = open_epoch(here), request_of(here)
    assert [arriving.insert_new(current, request) for _ in range(2)] == [True, False]
    waiting = epochs.find(current.open, request.nullifier)
    assert waiting is not None
    assert waiting.record == request.record


def test_nothing_is_written_into_an_epoch_that_is_closing(here: Stage) -> None:
    current = open_epoch(here)
    Epoch.objects.filter(proof_class=CLASS_A).update(state=Epoch.State.CLOSING)
    assert not arriving.insert_new(current, request_of(here))
    assert not PendingRecord.objects.exists()


def test_what_waits_in_a_closing_epoch_is_not_new(here: Stage) -> None:
    before, request = open_epoch(here), request_of(here)
    arriving.insert_new(before, request)
    Epoch.objects.filter(proof_class=CLASS_A).update(state=Epoch.State.CLOSING)
    epochs.add_open(petition_id=here.petition.id, proof_class=CLASS_A)
    after = epochs.refresh(here.petition.id, CLASS_A)
    assert after.closing == (before.open,)
    assert not arriving.insert_new(after, request)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_known_takes_no_lock_wherever_it_is(here: Stage, place: str) -> None:
    """A lock has to be written to the disk, and by the clock its signer would learn where theirs is."""
    current, request = open_epoch(here), request_of(here)
    arriving.insert_new(current, request)
    PLACES[place](here, CLASS_A)
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        assert not arriving.insert_new(epochs.refresh(here.petition.id, CLASS_A), request)
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        assert cursor.fetchone() == (True,)


def test_a_change_waits_for_a_flush_but_not_for_ever(
    here: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = open_epoch(here)
    if connection.vendor != "postgresql":
        return
    monkeypatch.setattr(holding, "PATIENCE", "200ms")
    with _held_by_a_flush(current), pytest.raises(Unavailable), transaction.atomic():
        holding.lock(here.petition.id, CLASS_A)
    with transaction.atomic():
        assert holding.lock(here.petition.id, CLASS_A).open == current.open


@contextmanager
def _held_by_a_flush(current: Epochs) -> Iterator[None]:
    with psycopg.connect(**connection.get_connection_params()) as flush:
        flush.execute("SELECT 1 FROM organizing_epoch WHERE id = %s FOR UPDATE", [current.open.id])
        yield
        flush.rollback()


def test_a_connection_that_the_server_ended_is_an_error_that_is_answered(here: Stage) -> None:
    current, request = open_epoch(here), request_of(here)
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with (
        mock.patch.object(connection, "health_check_enabled", False),
        pytest.raises(OperationalError),
    ):
        arriving.insert_new(current, request)
    connection.close()
    assert arriving.insert_new(current, request)


def test_neither_a_new_nor_a_repeated_request_waits_until_a_flush_is_over(here: Stage) -> None:
    (first, one), (second, two) = here.with_paper(), here.with_paper()
    repeated, new = first.send_bytes(one), second.send_bytes(two)
    first.send(repeated)
    Epoch.objects.filter(proof_class=CLASS_A).update(state=Epoch.State.CLOSING)
    # Added without a word to the process that answers: it still takes the old epoch for the open one.
    epochs.add_open(petition_id=here.petition.id, proof_class=CLASS_A)
    with flushing():
        assert second.send(new) == {"status": "held", "version": 1}
        assert first.send(repeated) == {"status": "held", "version": 1}


@contextmanager
def flushing() -> Iterator[None]:
    """The lock of a flush that takes long, and a connection of ours that would not wait for it."""
    if connection.vendor != "postgresql":
        yield
        return
    with psycopg.connect(**connection.get_connection_params()) as flush:
        locking = "SELECT 1 FROM organizing_epoch WHERE state = 'closing' FOR NO KEY UPDATE"
        flush.execute(locking)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        yield
    connection.close()
