"""A planted signer, who asks for their own signature all day, never learns when a batch was made."""

from __future__ import annotations

import itertools
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from organizing.crypto import manifests, messages
from organizing.signing.epochs import MOST_WAITING
from tests.journeys.stacks import Stacks
from tests.privacy import clocks
from tests.privacy.oracles import Group, Question, Scene
from tests.privacy.signers import Worker
from tests.privacy.wire import Answer, Device

MANY = 12
# Each look takes a fiftieth of a second, whatever it finds: a difference of a third of a standard deviation is seen.
ROUNDS = 300
LATER = "2041-01-01T00:00:00+00:00"
Planted = list[Worker]


@pytest.fixture(scope="module", params=["embedded", "real"])
def planted(stacks: Stacks, request: pytest.FixtureRequest) -> tuple[Scene, dict[str, Planted]]:
    """Some were counted by a batch, some wait, and one of those has changed theirs as often as anybody may."""
    stack = stacks.get(request.param)
    about = stack.ask("make_petition", k=3, epoch_seconds=315_360_000)
    device = Device(stack.origin)
    manifest = manifests.read(device.ask("GET", f"/p/{about['public_id']}/manifest").body)
    blank = Worker(manifest, about["public_id"])
    codes = stack.ask("make_codes", petition=about["id"], size=2 * MANY + 1)
    counted = [_signed(blank, code, device) for code in codes[:MANY]]
    done = stack.run("-m", "tests.privacy.flushing", LATER, about["id"])
    assert done.returncode == 0, done.stderr
    waiting = [_signed(blank, code, device) for code in codes[MANY:-1]]
    changing = _signed(blank, codes[-1], device)
    for _change in range(MOST_WAITING + 2):
        changing.send(device)
    assert stack.ask("totals", petition=about["id"])["A"] == MANY
    who = {"counted": counted, "waiting": waiting, "changed often": [changing]}
    return Scene(stack, blank), who


def _signed(blank: Worker, code: str, device: Device) -> Worker:
    worker = replace(blank, code=code, secret=secrets.token_bytes(16))
    worker.issue(device)
    worker.send(device)
    return worker


def _status(worker: Worker) -> Question:
    return "status", messages.build_status_request(worker.signer, worker.manifest.send_bytes)


def _again(worker: Worker) -> Question:
    return "send", worker.send_body


def _with_another_randomness(worker: Worker) -> Question:
    signer = replace(worker.signer, unit_randomness=bytes(32))
    size = worker.manifest.send_bytes
    return "withdraw", messages.build_withdraw_request(signer, worker.version + 1, size)


QUESTIONS = {
    "status": _status,
    "the same bytes again": _again,
    "a withdrawal that is refused": _with_another_randomness,
}


def _asking(workers: Sequence[Worker], question: Callable[[Worker], Question]) -> Group:
    turn = itertools.cycle(workers)
    return lambda: question(next(turn))


def _assert_alike(scene: Scene, groups: dict[str, Group]) -> None:
    alarms, seen = clocks.tells_apart(lambda: clocks.measure(scene, groups, ROUNDS))
    sys.stdout.writelines(f"{scene.stack.name}: {difference}\n" for difference in seen)
    assert [str(alarm) for alarm in alarms] == []


def test_the_answer_is_the_same_before_and_after_a_batch(
    planted: tuple[Scene, dict[str, Planted]],
) -> None:
    scene, who = planted
    device = Device(scene.stack.origin)
    before, after = (scene.ask(device, _status(who[name][0])) for name in ("waiting", "counted"))
    assert before.lasting == after.lasting
    assert before.json == {"status": "held", "version": 1}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_takes_as_long_before_and_after_a_batch(
    planted: tuple[Scene, dict[str, Planted]], question: str
) -> None:
    scene, who = planted
    groups = {name: _asking(workers, QUESTIONS[question]) for name, workers in who.items()}
    _assert_alike(scene, groups)


class Petitions(Scene):
    """Several petitions of one site: an operation names the petition before it."""

    def ask(self, device: Device, question: Question) -> Answer:
        """One question."""
        operation, body = question
        pid, operation = operation.split()
        return device.post(f"/p/{pid}/{operation}", body)


@pytest.mark.parametrize("operation", ["status", "withdraw"])
def test_it_takes_a_stranger_as_long_where_nobody_has_signed_yet(
    planted: tuple[Scene, dict[str, Planted]], operation: str
) -> None:
    scene, _who = planted
    device, groups = Device(scene.stack.origin), dict[str, Group]()
    for name in ("nobody", "nobody here either", "one"):
        about = scene.stack.ask("make_petition", k=3, epoch_seconds=315_360_000)
        manifest = device.ask("GET", f"/p/{about['public_id']}/manifest").body
        blank = Worker(manifests.read(manifest), about["public_id"])
        groups[name] = _strangers(blank, operation)
        if name == "one":
            _signed(blank, scene.stack.ask("make_codes", petition=about["id"], size=1)[0], device)
    _assert_alike(Petitions(scene.stack, scene.worker), groups)


def _strangers(blank: Worker, operation: str) -> Group:
    size = blank.manifest.send_bytes

    def ask() -> Question:
        signer = replace(blank, secret=secrets.token_bytes(16)).signer
        body = messages.build_status_request(signer, size)
        if operation == "withdraw":
            body = messages.build_withdraw_request(signer, 1, size)
        return f"{blank.pid} {operation}", body

    return ask
