"""Questions that an employer might ask, in groups that must all be answered alike."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from organizing.crypto import codes, manifests, messages
from tests.journeys.mailbox import code_in
from tests.journeys.stack import Stack
from tests.privacy.signers import Worker
from tests.privacy.wire import Answer, Device

DOMAIN = "example.com"
MANY = 20

Question = tuple[str, bytes]
Group = Callable[[], Question]


@dataclass
class Scene:
    """A petition at which some have signed, and everything that is wrong."""

    stack: Stack
    worker: Worker
    used_addresses: list[str] = field(default_factory=list)
    used_codes: list[str] = field(default_factory=list)
    held: list[Worker] = field(default_factory=list)
    expired: dict[str, str] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    free_addresses: list[str] = field(default_factory=list)

    def ask(self, device: Device, question: Question) -> Answer:
        """One question."""
        operation, body = question
        return device.post(self.worker.path(operation), body)


def prepare(stack: Stack) -> Scene:
    """Lets some sign, by both proofs, and gathers what is not good any more."""
    about = stack.ask("make_petition", k=3, epoch_seconds=315_360_000)
    device = Device(stack.origin)
    manifest = manifests.read(device.ask("GET", f"/p/{about['public_id']}/manifest").body)
    blank = Worker(manifest, about["public_id"])
    scene = Scene(stack, blank)
    mark = secrets.token_hex(3)
    scene.used_addresses = [f"used.{mark}.{n:02}@{DOMAIN}" for n in range(MANY)]
    scene.free_addresses = [f"free.{mark}.{n:02}@{DOMAIN}" for n in range(MANY)]
    scene.used_codes = stack.ask("make_codes", petition=about["id"], size=MANY)
    for address in scene.used_addresses:
        _signer(blank, address=address).ask_for_code(device)
    for code in scene.used_codes:
        scene.held.append(_sign(_signer(blank, code=code), device))
    for address in scene.used_addresses:
        code = code_in(stack.mailbox.wait_for(address))
        scene.held.append(_sign(_signer(blank, code, address), device))
    other = stack.ask("make_petition", k=3)
    scene.foreign = stack.ask("make_codes", petition=other["id"], size=MANY)
    done = stack.run("-m", "tests.privacy.wrong_proofs", about["id"], *scene.free_addresses)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    scene.expired, scene.revoked = found["expired"], found["revoked"]
    return scene


def _signer(blank: Worker, code: str = "", address: str = "") -> Worker:
    return replace(blank, code=code, address=address, secret=secrets.token_bytes(16))


def _sign(worker: Worker, device: Device) -> Worker:
    worker.issue(device)
    worker.send(device)
    return worker


def _wrong_mail_code() -> str:
    return codes.new_paper_code()[: codes.MAIL_LENGTH]


def _in_turn(build: Callable[[str], Question], values: list[str]) -> Group:
    turn: Iterator[str] = itertools.cycle(values)
    return lambda: build(next(turn))


def code_requests(scene: Scene) -> dict[str, Group]:
    """Who may I ask a code for?"""
    manifest_hash = scene.worker.manifest.hash

    def build(address: str) -> Question:
        return "code", messages.build_code_request(manifest_hash, "en", address)

    malformed = [f"@{DOMAIN}", "nobody", f"a@b@{DOMAIN}", f"a b@{DOMAIN}", "x@"]
    return {
        "an address that nobody used": _in_turn(build, scene.free_addresses),
        "an address that was used": _in_turn(build, scene.used_addresses),
        "an address elsewhere": _in_turn(build, [f"worker.{n}@elsewhere.test" for n in range(9)]),
        "no address at all": _in_turn(build, malformed),
    }


def _issue(scene: Scene, code: str, address: str = "") -> Question:
    """One blinded message for all: what it is makes no difference, and drawing one would take as long as the answer."""
    worker = replace(scene.worker, code=code, address=address)
    return "issue", _with_blinded(worker, scene)


def again(scene: Scene, worker: Worker) -> Question:
    """Another request with a proof that was right, and is spent."""
    return _issue(scene, worker.code, worker.address)


_blinded: dict[bytes, bytes] = {}


def _with_blinded(worker: Worker, scene: Scene) -> bytes:
    n = worker.manifest.issuers[worker.proof_class]
    modulus = n.to_bytes(384, "big")
    blinded = _blinded.setdefault(modulus, bytes([0]) + secrets.token_bytes(383))
    code = worker.code.replace("-", "").encode()
    proof = worker.address.encode() + b"\0" + code if worker.address else code
    request = messages.IssueRequest(
        worker.manifest.hash, worker.method, proof, secrets.token_bytes(32), blinded
    )
    return messages.build_issue_request(request)


def wrong_paper_codes(scene: Scene) -> dict[str, Group]:
    """Was this code used?"""

    def build(code: str) -> Question:
        return _issue(scene, code)

    return {
        "a code that never was": lambda: build(codes.new_paper_code()),
        "a code that was used": _in_turn(build, scene.used_codes),
        "a code that was revoked": _in_turn(build, scene.revoked),
        "a code of another petition": _in_turn(build, scene.foreign),
    }


def wrong_mail_codes(scene: Scene) -> dict[str, Group]:
    """Did this colleague sign?"""

    def build(address: str) -> Question:
        return _issue(scene, _wrong_mail_code(), address)

    def old(address: str) -> Question:
        return _issue(scene, scene.expired[address], address)

    return {
        "a wrong code for an address that nobody used": _in_turn(build, scene.free_addresses),
        "a wrong code for an address that was used": _in_turn(build, scene.used_addresses),
        "a code that has run out": _in_turn(old, scene.free_addresses),
        "a wrong code for an address elsewhere": _in_turn(
            build, [f"work.{n:02}.{n:05}@other.test" for n in range(MANY)]
        ),
    }


def _resigned(worker: Worker, body: bytes, signature_at: int) -> bytes:
    wrong = secrets.token_bytes(31) + b"\0"
    return (
        body[:signature_at]
        + body[signature_at : signature_at + 32]
        + wrong
        + body[signature_at + 64 :]
    )


def wrong_signatures(scene: Scene) -> dict[str, Group]:
    """Is there a signature under this key? The key is known to whoever had an export."""
    size = scene.worker.manifest.send_bytes
    held = itertools.cycle(scene.held)
    strangers = itertools.cycle([_signer(scene.worker) for _ in range(MANY)])

    def status(worker: Worker) -> Question:
        body = messages.build_status_request(worker.signer, size)
        return "status", _resigned(worker, body, 65)

    def withdraw(worker: Worker) -> Question:
        body = messages.build_withdraw_request(worker.signer, 9, size)
        return "withdraw", _resigned(worker, body, 69)

    return {
        "status, held": lambda: status(next(held)),
        "status, unknown": lambda: status(next(strangers)),
        "withdraw, held": lambda: withdraw(next(held)),
        "withdraw, unknown": lambda: withdraw(next(strangers)),
    }
