"""Ten thousand random mutations of valid requests: no 500, and no change in any table."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from tests import stage
from tests.factories import DOMAIN, UNIT
from tests.forgery.tables import snapshot
from tests.reference_client import messages
from tests.stage import InProcess, Stage

pytestmark = pytest.mark.django_db

MUTATIONS = 10_000
SEED = 20_261_124
# Fields whose values mean something: versions, classes, methods, lengths and both ends of each part.
CORNERS = (
    0,
    1,
    32,
    33,
    34,
    35,
    36,
    37,
    38,
    69,
    70,
    101,
    102,
    133,
    354,
    386,
    485,
    486,
    517,
    518,
    770,
)
ALLOWED = {200, 202, 400, 403, 409}


def mutate(body: bytes, chance: random.Random) -> bytes:
    """One to three changes of one of these kinds."""
    changed = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        at = chance.choice(CORNERS) if chance.random() < 0.4 else chance.randrange(len(changed))
        at = min(at, len(changed) - 1)
        kind = chance.randrange(7)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[at] = chance.choice((0, 1, 2, 127, 128, 255))
        elif kind == 2:
            size = chance.randint(1, 64)
            changed[at : at + size] = chance.randbytes(len(changed[at : at + size]))
        elif kind == 3:
            size = chance.choice((4, 16, 32, 64))
            changed[at : at + size] = bytes(len(changed[at : at + size]))
        elif kind == 4:
            other = chance.randrange(len(changed))
            changed[at], changed[other] = changed[other], changed[at]
        elif kind == 5:
            changed[-1] = chance.randrange(1, 256)
        elif len(changed) > 2:
            size = chance.randint(1, 8)
            changed = changed[:-size] if chance.random() < 0.5 else changed + bytes(size)
    return bytes(changed)


def valid_requests(here: Stage) -> list[tuple[str, bytes]]:
    """Requests that were answered well, or would be: counted, waiting, withdrawn, and never sent."""
    for _ in range(3):
        here.signed()
    counted, credential = here.signed()
    here.flush()
    waiting, other = here.signed()
    waiting.send(waiting.send_bytes(other, version=2, unit=UNIT))
    gone, _third = here.signed()
    gone.withdraw(2)
    proof = messages.paper_proof("0123-4567-89AB-CDEF")
    fresh = here.signer()
    modulus = fresh.manifest.modulus("A")
    mailbox = messages.mailbox_proof(f"a@{DOMAIN}", "01234-56789")
    return [
        ("code", messages.code_request(fresh.manifest.mh, "en", f"a@{DOMAIN}")),
        ("issue", messages.issue_request(fresh.signer, 1, proof, modulus)),
        ("issue", messages.issue_request(fresh.signer, 2, mailbox, fresh.manifest.modulus("B"))),
        ("send", counted.sent[0]),
        ("send", counted.send_bytes(credential, version=2)),
        ("send", waiting.sent[-1]),
        ("send", gone.sent[0]),
        *(("status", messages.status_request(s.signer)) for s in (counted, waiting, gone)),
        *(("withdraw", messages.withdraw_request(s.signer, 3)) for s in (counted, waiting, gone)),
    ]


def answered_issue_request(here: Stage) -> tuple[str, bytes]:
    """An issue request whose code is spent: anybody may repeat it, nobody may change it."""
    signer, code = here.signer(), here.paper_code()
    proof = messages.paper_proof(code)
    signer.issue(1, proof)
    body = messages.issue_request(signer.signer, 1, proof, signer.manifest.modulus("A"))
    return "issue", body


def mutations(valid: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(SEED)
    made = 0
    while made < MUTATIONS:
        operation, body = valid[made % len(valid)]
        changed = mutate(body, chance)
        if changed != body:
            made += 1
            yield operation, changed


def test_ten_thousand_mutations_change_nothing() -> None:
    here = stage.opened()
    valid = [*valid_requests(here), answered_issue_request(here)]
    before = snapshot()
    statuses: Counter[tuple[str, int]] = Counter()
    # As from many networks: throttles are not what is tried here.
    transports = [InProcess(f"10.0.{network}.1") for network in range(10)]
    for number, (operation, body) in enumerate(mutations(valid)):
        url = f"{here.origin}/p/{here.petition.pid}/{operation}"
        answer = transports[number // 1000].request("POST", url, body)
        assert len(answer.body) == 1536
        statuses[operation, answer.status] += 1
    assert {status for _operation, status in statuses} <= ALLOWED
    assert snapshot() == before
    # Each kind was read beyond its form at least now and then.
    assert all(statuses[operation, 403] for operation in ("issue", "send", "withdraw"))
    assert statuses["status", 200]
