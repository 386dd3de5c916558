"""One class that cannot be flushed keeps no other one waiting, and one that is done is left alone."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organizing.crypto.manifests import CLASS_A
from organizing.crypto.sealing import SealingError
from organizing.petitions import ending
from organizing.signing import batches
from organizing.signing.models import PendingRecord, Signature, Tally
from tests import stage
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def with_three_waiting() -> Stage:
    here = stage.opened()
    for _ in range(3):
        here.signed()
    return here


def spoil_one(here: Stage) -> None:
    """As a disk does."""
    row = PendingRecord.objects.filter(epoch__petition_id=here.petition.id).first()
    assert row is not None
    sealed = secrets.token_bytes(len(bytes(row.sealed)))
    PendingRecord.objects.filter(locator=row.locator).update(sealed=sealed)


def test_a_record_that_was_damaged_stops_the_batches_of_its_own_class_alone() -> None:
    everyone = [with_three_waiting() for _ in range(3)]
    spoil_one(everyone[1])
    with pytest.raises(SealingError):
        everyone[0].flush()
    counted = Signature.objects.values_list("petition_id", flat=True).distinct()
    assert set(counted) == {everyone[0].petition.id, everyone[2].petition.id}
    assert PendingRecord.objects.count() == 3


def test_a_class_that_was_counted_for_the_last_time_is_written_to_no_more() -> None:
    here = with_three_waiting()
    ending.close_petition(petition_id=here.petition.id, now=timezone.now())
    over = timezone.now() + timedelta(days=8)
    batches.flush_due(now=over)
    assert Tally.objects.get(petition_id=here.petition.id, proof_class=CLASS_A).total == 3
    with CaptureQueriesContext(connection) as looked:
        batches.flush_due(now=over)
    said = [query["sql"].split()[0] for query in looked.captured_queries]
    assert said
    assert set(said) == {"SELECT"}
