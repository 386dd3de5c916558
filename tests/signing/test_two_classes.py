"""One key with tokens of both classes: the second one is refused, also where both came at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from organizing.crypto import messages
from organizing.signing import arriving, batches, epochs, selectors
from organizing.signing.models import PendingRecord, Signature
from tests import stage
from tests.at_once import at_once
from tests.factories import Wanted
from tests.privacy.planted import CLASSES, Planted, Sent
from tests.privacy.planted import close as move_on
from tests.signing import truth
from tests.signing.test_at_once import close
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db(transaction=True)
HELD = (200, b'{"status":"held","version":1}')
REFUSED = (403, b'{"error":"refused"}')
ORDERS: tuple[list[int], ...] = ([], [1], [2], [1, 2], [2, 1])


@pytest.fixture
def here() -> Stage:
    return stage.opened(Wanted(k=3))


def beside(planted: Planted) -> Planted:
    """The same key on a connection of its own."""
    return replace(planted, here=replace(planted.here, transport=InProcess()))


def sends(planted: Planted, proof_class: int) -> Callable[[], tuple[int, bytes]]:
    own, body = beside(planted), planted.send(Sent(proof_class))
    return lambda: own.said("send", body)


def taken_without_a_look(planted: Planted, proof_class: int) -> None:
    """As by a statement that began before the other one was committed."""
    petition = planted.here.petition
    current = replace(epochs.refresh(petition.id, proof_class), elsewhere=())
    body = planted.send(Sent(proof_class))
    assert arriving.insert_new(current, messages.read_send_request(body, petition.manifest))


def flush(here: Stage, proof_class: int, hours: int) -> None:
    """A batch of one class, with as many others as it takes."""
    for _ in range(3):
        other = Planted(here)
        assert other.said("send", other.send(Sent(proof_class))) == HELD
    later = timezone.now() + timedelta(hours=hours)
    made = batches.flush(petition_id=here.petition.id, proof_class=proof_class, now=later)
    assert made


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("first", CLASSES)
def test_of_two_at_the_same_moment_one_stands_whichever_is_counted_first(
    here: Stage, first: int, order: list[int]
) -> None:
    planted = Planted(here)
    assert planted.said("send", planted.send(Sent(first))) == HELD
    taken_without_a_look(planted, 3 - first)
    assert PendingRecord.objects.count() == 2
    for hours, proof_class in enumerate(order, 1):
        flush(here, proof_class, hours)
    assert planted.said("send", planted.send(Sent(1))) == HELD
    for version in (1, 2, 9):
        assert planted.said("send", planted.send(Sent(2, version))) == REFUSED
    assert planted.said("status", planted.status()) == HELD
    assert planted.said("send", planted.send(Sent(1, 2)))[0] == 200
    assert planted.said("withdraw", planted.withdraw(3))[0] == 200
    assert planted.said("send", planted.send(Sent(2, 9))) == REFUSED
    assert planted.said("send", planted.send(Sent(1, 4)))[0] == 200
    close(here)
    counted = [3 * order.count(proof_class) for proof_class in CLASSES]
    totals = {t.proof_class: t.total for t in selectors.totals(here.petition.id)}
    assert totals == {1: counted[0] + 1, 2: counted[1]}
    assert truth.nothing_waits(here.petition.id)
    row = Signature.objects.get(
        nullifier=messages.read_send_request(planted.send(Sent()), here.petition.manifest).nullifier
    )
    assert (row.proof_class, row.version) == (1, 4)


@pytest.mark.parametrize("few", [1, 2])
def test_one_that_stands_in_the_other_class_makes_no_batch_of_too_few(
    here: Stage, few: int
) -> None:
    for _ in range(few):
        planted = Planted(here)
        planted.said("send", planted.send(Sent(1)))
        taken_without_a_look(planted, 2)
    for _ in range(3 - few):
        other = Planted(here)
        other.said("send", other.send(Sent(2)))
    here.flush()
    assert not Signature.objects.exists()
    assert selectors.history(here.petition.id) == []


@pytest.mark.parametrize("order", [CLASSES, CLASSES[::-1]])
def test_both_classes_at_once(here: Stage, order: tuple[int, ...]) -> None:
    for _ in range(6):
        planted = Planted(here)
        said = at_once([sends(planted, proof_class) for proof_class in order])
        assert set(said) <= {HELD, REFUSED}
        assert HELD in said
        standing = [c for c in CLASSES if planted.said("send", planted.send(Sent(c))) == HELD]
        assert len(standing) == 1
        assert planted.said("send", planted.send(Sent(3 - standing[0], 2))) == REFUSED
        assert planted.said("status", planted.status()) == HELD
    close(here)
    assert Signature.objects.filter(counted=True).count() == 6
    assert sum(t.total for t in selectors.totals(here.petition.id)) == 6


def test_an_epoch_that_this_process_has_not_heard_of_hides_no_second_class(here: Stage) -> None:
    planted, petition = Planted(here), here.petition.id
    before = epochs.refresh(petition, 1)
    move_on(here, 2)
    assert planted.said("send", planted.send(Sent(2))) == HELD
    assert epochs.refresh(petition, 1).elsewhere != before.elsewhere
    request = messages.read_send_request(planted.send(Sent(1)), here.petition.manifest)
    assert not arriving.insert_new(before, request)
