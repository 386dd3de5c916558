"""A whole canteen signs behind one address; nobody shuts a colleague out; and what is counted names nobody."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import replace

import redis

from organizing.crypto import codes, manifests
from organizing.safety import throttles
from tests.journeys.mailbox import code_in
from tests.journeys.stack import Stack
from tests.journeys.stacks import Stacks
from tests.privacy.oracles import prepare
from tests.privacy.signers import Worker
from tests.privacy.wire import Device

CANTEEN = 500
MISTAKES = 3
_ALLOWED = re.compile(
    r":1:t:[0-9a-f]{64}|:1:throttle-key:\d+|celery|_kombu\..*|unacked.*|roundrobin-test"
)
# Sign-ins that other tests tried at this site a moment ago; test_canaries.py looks for names in them.
_SIGN_INS = ":1:allauth:rl:"


def _blank(stack: Stack) -> tuple[Worker, str]:
    about = stack.ask("make_petition", k=20, epoch_seconds=315_360_000)
    data = Device(stack.origin).ask("GET", f"/p/{about['public_id']}/manifest").body
    return Worker(manifests.read(data), about["public_id"]), about["id"]


def _new(blank: Worker, code: str = "", address: str = "") -> Worker:
    return replace(blank, code=code, address=address, secret=secrets.token_bytes(16))


def test_a_canteen_of_500_signs_behind_one_address_with_typing_mistakes(embedded: Stack) -> None:
    blank, petition = _blank(embedded)
    device = Device(embedded.origin, "127.200.1.1")
    for code in embedded.ask("make_codes", petition=petition, size=CANTEEN):
        worker = _new(blank, code)
        right = worker.build_issue()
        for _mistake in range(MISTAKES):
            typed = right[:36] + codes.new_paper_code().encode() + right[52:]
            assert device.post(worker.path("issue"), typed).status == 403
        worker.issue(device)
        worker.send(device)


def test_the_other_ways_to_sign_are_as_wide() -> None:
    tries = CANTEEN * (1 + MISTAKES)
    assert throttles.PLAIN.limit >= tries
    assert throttles.ISSUE.limit >= tries
    assert throttles.SEND.limit >= tries
    assert throttles.CODE_REQUEST.limit >= tries


def test_wrong_tries_do_not_shut_a_colleague_out(stack: Stack) -> None:
    blank, _petition = _blank(stack)
    address = f"target.{secrets.token_hex(4)}@example.com"
    colleague = _new(blank, address=address)
    colleague.ask_for_code(Device(stack.origin, "127.200.2.1"))
    colleague.code = code_in(stack.mailbox.wait_for(address))
    enemy = Device(stack.origin, "127.200.2.2")
    for _try in range(200):
        worker = _new(blank, codes.new_paper_code()[:10], address)
        assert enemy.post(worker.path("issue"), _cheap(worker)).status == 403
    colleague.issue(Device(stack.origin, "127.200.2.1"))


def _cheap(worker: Worker) -> bytes:
    """A wrong request need not be blinded well."""
    proof = worker.address.encode() + b"\0" + worker.code.encode()
    head = b"\x01" + worker.manifest.hash + bytes([worker.method]) + len(proof).to_bytes(2, "big")
    return (head + proof.ljust(318, b"\0") + bytes(32) + b"\0" + bytes(383)).ljust(1024, b"\0")


def test_asking_for_many_mails_does_not_shut_a_colleague_out(stack: Stack) -> None:
    blank, _petition = _blank(stack)
    address = f"flooded.{secrets.token_hex(4)}@example.com"
    colleague = _new(blank, address=address)
    enemy = Device(stack.origin, "127.200.3.2")
    for _try in range(30):
        colleague.ask_for_code(enemy)
    last = _new(blank, address=f"after.{secrets.token_hex(4)}@example.com")
    last.ask_for_code(enemy)
    stack.mailbox.wait_for(last.address)
    mails = stack.mailbox.to(address)
    # Twice the cap where an hour has just begun.
    assert 1 <= len(mails) <= 2 * throttles.MAIL_PER_ADDRESS.limit
    assert len({code_in(mail) for mail in mails}) == 1
    colleague.code = code_in(mails[0])
    colleague.issue(Device(stack.origin, "127.200.3.1"))


def test_too_much_from_one_network_is_told_to_wait_and_others_are_not(embedded: Stack) -> None:
    blank, _petition = _blank(embedded)
    flood, other = Device(embedded.origin, "127.200.4.1"), Device(embedded.origin, "127.200.4.2")
    path = blank.path("code")
    statuses = [flood.post(path, b"").status for _try in range(throttles.CODE_REQUEST.limit + 60)]
    assert statuses.count(429) >= 1
    busy = flood.post(path, b"")
    assert busy.json == {"error": "busy"}
    assert 1 <= int(busy.header("Retry-After") or 0) <= throttles.HOUR
    assert other.post(path, b"").status == 400


def test_redis_keeps_nothing_but_counters_under_keyed_names(stacks: Stacks) -> None:
    stack = stacks.get("real")
    prepare(stack)
    flood = Device(stack.origin, "127.200.5.1")
    for _try in range(200):
        flood.post("/p/nothing/issue", b"")
    with redis.Redis.from_url(stack.environment["REDIS_URL"], decode_responses=True) as client:
        names = [n for n in client.scan_iter(count=1000) if not n.startswith(_SIGN_INS)]
        lasting = {name: client.ttl(name) for name in names if name.startswith(":1:")}
    assert [name for name in names if not _ALLOWED.fullmatch(name)] == []
    assert any(name.startswith(":1:throttle-key:") for name in names)
    # All end a minute after an hour does: what is left of each would tell when somebody came.
    ends = {round(time.time() + seconds) % throttles.HOUR for seconds in lasting.values()}
    assert all(seconds <= throttles.HOUR + 60 for seconds in lasting.values())
    assert ends <= set(range(57, 64))
