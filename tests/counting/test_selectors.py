"""Counts are read as of the last batch, and cost the same whatever their size."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from organizing.counting.selectors import INDEPENDENT, MAILBOX, MOST_ROWS, counts
from organizing.petitions.models import Petition, State
from organizing.signing.models import Batch, Tally
from tests import factories
from tests.factories import Wanted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TEN = Wanted(k=10, epoch_seconds=86_400)


def petition(wanted: Wanted = TEN) -> Petition:
    return factories.frozen(wanted, NOW - timedelta(days=10))


def flushed(of: Petition, proof_class: int, *totals: int, after: timedelta = timedelta()) -> None:
    """What batches left behind, one a day."""
    for number, total in enumerate(totals, 1):
        at = NOW - timedelta(days=len(totals) - number) + after
        Batch.objects.create(
            petition=of, proof_class=proof_class, number=number, due_at=at, added=10, total=total
        )
    tally = Tally.objects.filter(petition=of, proof_class=proof_class)
    tally.update(total=totals[-1], batches=len(totals), due_at=NOW)


def test_both_classes_are_counted_apart() -> None:
    found = petition()
    flushed(found, INDEPENDENT, 120)
    flushed(found, MAILBOX, 34)
    seen = counts(found, NOW)
    assert (seen.independent.total, seen.mailbox and seen.mailbox.total) == (120, 34)
    assert seen.together == 154


def test_a_class_below_k_hides_the_sum_as_well() -> None:
    found = petition()
    flushed(found, INDEPENDENT, 120)
    flushed(found, MAILBOX, 4)
    seen = counts(found, NOW)
    assert seen.mailbox is not None
    assert seen.mailbox.total is None
    assert seen.together is None


def test_one_waiting_signature_looks_like_none() -> None:
    untouched, touched = petition(), petition()
    Tally.objects.filter(petition=touched).update(due_at=NOW - timedelta(hours=3))
    # The end differs, since each was frozen at a moment of its own.
    assert replace(counts(untouched, NOW), ends=None) == replace(counts(touched, NOW), ends=None)


def test_a_petition_without_mailbox_has_one_class() -> None:
    assert counts(petition(Wanted(k=10, mailbox=False)), NOW).mailbox is None


def test_the_next_batch_is_due_at_the_next_multiple_of_the_epoch() -> None:
    assert counts(petition(), NOW).next_due == datetime(2026, 11, 25, tzinfo=UTC)
    short = petition(Wanted(epoch_seconds=120))
    assert counts(short, NOW + timedelta(seconds=5)).next_due == NOW + timedelta(minutes=2)


def test_nothing_is_due_once_all_is_counted() -> None:
    found = petition()
    found.state, found.sending_ends_at = State.CLOSED, NOW
    assert counts(found, NOW).next_due is None


def test_nothing_is_due_before_a_petition_is_frozen() -> None:
    assert counts(factories.draft(TEN), NOW).next_due is None


def test_the_history_has_both_classes_side_by_side() -> None:
    found = petition()
    flushed(found, INDEPENDENT, 20, 45, 90)
    flushed(found, MAILBOX, 15, after=timedelta(hours=1))
    rows = [(row.independent, row.mailbox) for row in counts(found, NOW).history]
    assert rows == [(20, None), (45, None), (90, None), (90, 15)]


def test_a_history_row_that_would_give_few_away_is_joined() -> None:
    found = petition()
    flushed(found, INDEPENDENT, 20, 22, 60)
    assert [row.independent for row in counts(found, NOW).history] == [22, 60]


def test_a_long_history_is_thinned_and_keeps_its_end() -> None:
    found = petition()
    flushed(found, INDEPENDENT, *range(10, 2010, 10))
    history = counts(found, NOW).history
    assert len(history) == MOST_ROWS
    assert history[-1].independent == 2000


@pytest.mark.parametrize("total", [0, 1_000_000])
def test_reading_costs_two_queries_at_any_size(
    total: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = petition()
    flushed(found, INDEPENDENT, total)
    with django_assert_num_queries(2):
        counts(found, NOW)
