"""Fifty save at the same moment: every accepted word is in the text, and every other one is kept aside."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from organizing.drafting import selectors, services
from organizing.drafting.access import Seat
from organizing.drafting.services import Saved, Writing
from tests.at_once import at_once
from tests.drafting.cast import TODAY, Table

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 50
PARAGRAPHS = 40
PATIENCE = 300


def paragraph(number: int) -> str:
    return " ".join(f"p{number}w{n}" for n in range(12))


def body_with(word: str, place: int, base: str) -> str:
    """The text with one more word in a paragraph; several writers may choose the same place."""
    words = base.split("\n\n")
    first, *rest = words[place].split(" ")
    words[place] = " ".join([first, word, *rest])
    return "\n\n".join(words)


def connect() -> None:
    """A connection of this writer's own, as soon as a server that others use as well has one left."""
    for _ in range(PATIENCE):
        try:
            connection.ensure_connection()
        except OperationalError:
            time.sleep(0.1)
        else:
            return


def saving(table: Table, seat: Seat, body: str) -> Callable[[], Saved]:
    def save() -> Saved:
        connect()
        return table.save(seat, 2, body=body)

    return save


def put_together(seat: Seat) -> None:
    """What a person does with a conflict, until nobody is faster: keep both, and save."""
    connect()
    while True:
        merged = services.pending_merge(seat=seat, language="en")
        if merged is None:
            return
        head = selectors.head(seat.petition.id, "en").number
        services.settle_conflicts(seat=seat, language="en", head=head, choices={}, today=TODAY)
        kept = selectors.working_copy(seat.user, seat.petition.id, "en")
        assert kept is not None
        writing = Writing(kept.base, kept.fields)
        services.save(seat=seat, language="en", writing=writing, today=TODAY)


def test_fifty_at_once_lose_no_word() -> None:
    table = Table.laid()
    base = "\n\n".join(paragraph(n) for n in range(PARAGRAPHS))
    table.save(table.drafter(), 1, body=base)
    seats = [table.drafter() for _ in range(WRITERS)]
    draw = random.Random(3)
    texts = [body_with(f"new{n}", draw.randrange(PARAGRAPHS), base) for n in range(WRITERS)]
    jobs = [saving(table, seat, text) for seat, text in zip(seats, texts, strict=True)]
    results = at_once(jobs)
    words = table.head().fields["body"].split()
    assert set(base.split()) <= set(words)
    stuck = []
    for number, (seat, result) in enumerate(zip(seats, results, strict=True)):
        assert isinstance(result, Saved)
        kept = selectors.working_copy(seat.user, table.petition.id, "en")
        if result.conflicts:
            stuck.append(seat)
            assert kept is not None
            assert f"new{number}" in kept.fields["body"].split()
        else:
            assert words.count(f"new{number}") == 1
            assert kept is None
    at_once([lambda seat=seat: put_together(seat) for seat in stuck])  # type: ignore[misc]  # bound now
    words = table.head().fields["body"].split()
    assert sorted(words) == sorted([*base.split(), *(f"new{n}" for n in range(WRITERS))])
    accepted = WRITERS - len(stuck)
    assert len(selectors.history(table.petition.id, "en", before=accepted + 3)) >= accepted
