"""A flush that is killed at any step, and run again: nothing lost, nothing counted twice, no key left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from organizing.signing import batches, selectors
from organizing.signing.models import Epoch, Signature, Tally
from tests import stage
from tests.reference_client.site import Refusal
from tests.signing import truth
from tests.signing.flush_and_die import STEPS
from tests.signing.test_at_once import Signed, close, units
from tests.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
HOUR = 3600


def environment() -> dict[str, str]:
    """The site's own settings, on the database and the keys of this test."""
    found = connection.settings_dict
    url = f"sqlite:///{found['NAME']}"
    if connection.vendor == "postgresql":
        at = f"{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}"
        url = f"postgres://{at}/{found['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(settings.DATA_DIR),
        "KEY_DIR": str(settings.KEY_DIR),
        "DATABASE_URL": url,
    }


def flush_elsewhere(step: str, seconds: int) -> int:
    """The exit code of a flush in a process of its own."""
    command = [sys.executable, "-m", "tests.signing.flush_and_die", step, str(seconds)]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def keys() -> set[str]:
    return {path.stem for path in Path(settings.KEY_DIR).glob("epoch-*")}


def names_of_keys() -> set[str]:
    return set(Epoch.objects.values_list("key_name", flat=True))


@pytest.fixture
def here() -> Stage:
    return stage.opened()


def prepare(here: Stage) -> list[Signed]:
    """Three counted, of whom one is withdrawn and one changed; three that wait, one of them withdrawn."""
    signers = [here.signed() for _ in range(3)]
    here.flush()
    signers += [here.signed() for _ in range(4)]
    changed, credential = signers[0]
    changed.send(changed.send_bytes(credential, version=2))
    signers[1][0].withdraw(2)
    signers[3][0].withdraw(2)
    return signers


@pytest.mark.parametrize("step", STEPS)
def test_a_flush_that_is_killed_is_taken_up_by_the_next(here: Stage, step: str) -> None:
    before = keys() - names_of_keys()
    signers = prepare(here)
    assert flush_elsewhere(step, HOUR) == -signal.SIGKILL
    again, credential = signers[5]
    assert again.send(again.sent[0]) == {"status": "held", "version": 1}
    assert again.send(again.send_bytes(credential, version=2))["status"] == "held"
    late = here.signed()
    for number in (2, 3):
        batches.flush_due(now=timezone.now() + timedelta(hours=number))
    signers.append(late)
    for _ in range(3):
        signers.append(here.signed())
    batches.flush_due(now=timezone.now() + timedelta(hours=4))
    assert truth.check(here.petition.id, units(signers)) == 9
    assert truth.nothing_waits(here.petition.id)
    named, left = names_of_keys(), keys() - before
    # A rotation that was killed can leave a key under which nothing was ever sealed.
    assert named <= left
    assert len(left - named) <= (step == "inside the rotation")


def test_the_processes_flush_as_this_one_does(here: Stage) -> None:
    signers = prepare(here)
    assert flush_elsewhere("live", HOUR) == 0
    assert truth.check(here.petition.id, units(signers)) == 5
    assert truth.nothing_waits(here.petition.id)


def test_a_clock_set_back_loses_and_repeats_nothing(here: Stage) -> None:
    signers = [here.signed() for _ in range(4)]
    now = timezone.now()
    batches.flush_due(now=now - timedelta(days=3))
    assert Signature.objects.count() == 0
    batches.flush_due(now=now + timedelta(hours=1))
    signers += [here.signed() for _ in range(4)]
    batches.flush_due(now=now + timedelta(minutes=59, seconds=59))
    assert truth.check(here.petition.id, units(signers)) == 4
    batches.flush_due(now=now - timedelta(days=3))
    batches.flush_due(now=now + timedelta(hours=2))
    batches.flush_due(now=now + timedelta(hours=1))
    assert truth.check(here.petition.id, units(signers)) == 8
    assert len(selectors.history(here.petition.id)) == 2


def test_a_clock_that_was_a_year_ahead_does_not_stop_batches(here: Stage) -> None:
    signers = [here.signed() for _ in range(4)]
    now = timezone.now()
    batches.flush_due(now=now + timedelta(days=365))
    signers += [here.signed() for _ in range(4)]
    for minutes in (10, 20):
        batches.flush_due(now=now + timedelta(minutes=minutes))
    assert truth.check(here.petition.id, units(signers)) == 8
    assert all(tally.due_at < now + timedelta(hours=1) for tally in Tally.objects.all())


def test_sending_is_over_at_the_last_flush(here: Stage) -> None:
    signers = [here.signed()]
    client, credential = here.with_paper()
    close(here)
    assert truth.check(here.petition.id, units(signers)) == 1
    with pytest.raises(Refusal, match="410 closed"):
        client.send(client.send_bytes(credential))
    assert not Epoch.objects.exists()
