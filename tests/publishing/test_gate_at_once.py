"""Opening, withdrawing and beginning again: twice at once, and killed in the middle."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.utils import timezone

from organizing.accounts.models import User
from organizing.errors import WrongState
from organizing.petitions import ending, services
from organizing.petitions.models import Petition, PetitionText, State
from organizing.publishing import gate, tasks, versions
from organizing.signing import selectors as signing
from tests import factories
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
TODAY = NOW.date()


class Killed(BaseException):
    """The process is gone: nothing catches it."""


@pytest.fixture
def petition() -> Petition:
    found = factories.frozen()
    Petition.objects.filter(id=found.id).update(opens_itself=True)
    factories.count(found, found.first_signers)
    found.refresh_from_db()
    return found


def state(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def opening(petition: Petition) -> Callable[[], None]:
    return lambda: gate.open_if_reached(petition_id=petition.id, today=TODAY)


def test_a_petition_opens_once_however_many_press_the_button(petition: Petition) -> None:
    done = at_once([opening(petition) for _ in range(6)], WrongState)
    assert done.count(None) == 1
    assert state(petition) == State.OPEN


def test_workers_at_the_same_moment_do_not_disturb_each_other(petition: Petition) -> None:
    other = factories.frozen()
    Petition.objects.filter(id=other.id).update(opens_itself=True)
    factories.count(other, other.first_signers)
    assert at_once([tasks.open_due for _ in range(5)]) == [None] * 5
    assert (state(petition), state(other)) == (State.OPEN, State.OPEN)


def test_it_is_either_opened_or_withdrawn(petition: Petition) -> None:
    def withdraw() -> None:
        ending.withdraw_petition(petition_id=petition.id, now=NOW)

    done = at_once([opening(petition), withdraw, opening(petition), withdraw], WrongState)
    assert done.count(None) == 1
    opened = done[0] is None or done[2] is None
    assert state(petition) == (State.OPEN if opened else State.WITHDRAWN)
    assert (petition.opened_on == TODAY) is opened


def test_a_worker_that_is_killed_while_opening_leaves_it_to_the_next(petition: Petition) -> None:
    with (
        mock.patch.object(Petition, "save", side_effect=Killed),
        pytest.raises(Killed),
    ):
        tasks.open_due()
    assert state(petition) == State.FROZEN
    tasks.open_due()
    assert state(petition) == State.OPEN


def test_a_batch_that_comes_while_it_is_opened_is_waited_for_or_not_seen(
    petition: Petition,
) -> None:
    """A number that the gate has read may be old; one that was never reached opens nothing."""
    factories.count(petition, petition.first_signers - 1)

    def batch() -> None:
        factories.count(petition, petition.first_signers)

    done = at_once([opening(petition), batch], WrongState)
    assert (done[0] is None) == (state(petition) == State.OPEN)
    assert signing.totals(petition.id)[0].total == petition.first_signers
    tasks.open_due()
    assert state(petition) == State.OPEN


def test_a_new_version_is_begun_once_and_whole(petition: Petition) -> None:
    ending.withdraw_petition(petition_id=petition.id, now=NOW)
    users = [User.objects.create_user(f"organizer-{n}") for n in range(4)]

    def begin(user: User) -> Callable[[], Petition]:
        return lambda: versions.begin_version(petition_id=petition.id, by=user, today=TODAY)

    with (
        mock.patch.object(services, "save_text", side_effect=Killed),
        pytest.raises(Killed),
    ):
        begin(users[0])()
    assert Petition.objects.count() == 1
    found = at_once([begin(user) for user in users])
    assert len({each.id for each in found if isinstance(each, Petition)}) == 1
    draft = Petition.objects.get(follows=petition)
    assert PetitionText.objects.filter(petition=draft).count() == len(petition.languages)
