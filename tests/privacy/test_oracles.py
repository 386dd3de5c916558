"""Nobody learns who signed by asking: answers are alike byte for byte, and take as long."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable

import pytest

from tests.journeys.stacks import Stacks
from tests.privacy import clocks, oracles
from tests.privacy.oracles import Group, Scene
from tests.privacy.wire import Device

KINDS: dict[str, Callable[[Scene], dict[str, Group]]] = {
    "wrong paper codes": oracles.wrong_paper_codes,
    "wrong mailbox codes": oracles.wrong_mail_codes,
    "wrong signatures": oracles.wrong_signatures,
    "codes by mail": oracles.code_requests,
}
ANSWERS = {
    "codes by mail": (202, {"status": "accepted"}),
    "wrong paper codes": (403, {"error": "refused"}),
    "wrong mailbox codes": (403, {"error": "refused"}),
    "wrong signatures": (200, {"status": "unknown"}),
}


@pytest.fixture(scope="module", params=["embedded", "real"])
def scene(stacks: Stacks, request: pytest.FixtureRequest) -> Scene:
    """On SQLite, and on PostgreSQL with Redis."""
    return oracles.prepare(stacks.get(request.param))


def test_no_mail_says_that_an_address_was_used(scene: Scene) -> None:
    address = scene.used_addresses[0]
    device = Device(scene.stack.origin)
    before = len(scene.stack.mailbox.to(address))
    first = scene.stack.mailbox.to(address)[0]
    oracles._signer(scene.worker, address=address).ask_for_code(device)
    again = scene.stack.mailbox.wait_for(address, before + 1)
    assert again.get_content() == first.get_content()
    assert again["Subject"] == first["Subject"]
    assert {name.lower() for name in again.keys()} == {name.lower() for name in first.keys()}  # noqa: SIM118 - a mail is no dict


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_a_kind_are_answered_alike_byte_for_byte(scene: Scene, kind: str) -> None:
    device = Device(scene.stack.origin)
    groups = KINDS[kind](scene)
    answers = [
        scene.ask(device, groups[name]()) for name in groups for _turn in range(oracles.MANY)
    ]
    assert len({answer.lasting for answer in answers}) == 1
    assert (answers[0].status, answers[0].json) == ANSWERS[kind]


def test_even_a_right_code_is_not_told_that_its_address_was_used(scene: Scene) -> None:
    device = Device(scene.stack.origin)
    spent = [worker for worker in scene.held if worker.address]
    right = scene.ask(device, oracles.again(scene, spent[0]))
    wrong = scene.ask(device, oracles.wrong_mail_codes(scene)["a code that has run out"]())
    assert right.lasting == wrong.lasting


@pytest.mark.parametrize("kind", ["wrong paper codes", "wrong mailbox codes"])
def test_wrong_codes_take_as_long_as_each_other(scene: Scene, kind: str) -> None:
    _assert_alike(scene, KINDS[kind](scene))


# What follows never comes to the database, so that one kind of site stands for both.
@pytest.mark.parametrize("scene", ["embedded"], indirect=True)
@pytest.mark.parametrize("operation", ["status", "withdraw"])
def test_wrong_signatures_take_as_long_as_each_other(scene: Scene, operation: str) -> None:
    groups = oracles.wrong_signatures(scene)
    _assert_alike(scene, {n: group for n, group in groups.items() if n.startswith(operation)})


@pytest.mark.parametrize("scene", ["embedded"], indirect=True)
def test_asking_for_a_code_takes_as_long_for_everybody(scene: Scene) -> None:
    _assert_alike(scene, oracles.code_requests(scene))


def _assert_alike(scene: Scene, groups: dict[str, Group]) -> None:
    found, seen = clocks.tells_apart(lambda: clocks.measure(scene, groups))
    sys.stdout.writelines(f"{scene.stack.name}: {difference}\n" for difference in seen)
    assert [str(difference) for difference in found] == []


def test_the_clock_would_show_a_shift_as_small_as_the_noise(scene: Scene) -> None:
    groups = oracles.code_requests(scene)
    one = dict(list(groups.items())[:2])
    times = clocks.measure(scene, one, rounds=400)
    slower, faster = times
    shift = _noise(times[slower])
    sys.stdout.write(f"{scene.stack.name}: a shift of {shift * 1e6:.0f} µs\n")
    delayed = {slower: [t + shift for t in times[slower]], faster: times[faster]}
    before, after = clocks.differences(times)[0].z, clocks.differences(delayed)[0].z
    assert after > before + 1


def _noise(times: list[float]) -> float:
    """The median distance from the median, in seconds: a tenth of a millisecond on a quiet machine."""
    middle = statistics.median(times)
    return statistics.median(abs(t - middle) for t in times)
