"""What happened before the police came: a thousand workers sign, in an order that the attacker knows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from organizing.crypto import manifests
from tests.journeys.mailbox import code_in
from tests.journeys.stack import Stack
from tests.privacy.signers import Worker
from tests.privacy.wire import Device

# Marks that stand in every planted name, address and network, and nowhere else in the world.
NAME_MARK, ADDRESS_MARK, NETWORK_MARK = "Zyxomma", "qovrix", "127.77."
# Stands in everything that is typed where petitions are written together.
DRAFT_MARK = "Wqyxtrift"
# Stands in everything that is typed where support is tracked, but in the names of units.
SUPPORT_MARK, UNIT_MARK = "wqysupplo", "Zqxhallen"
_ATTEMPTS = 5
FORWARDED = "203.0.113.77"
DECADE = 315_360_000
K = 20


@dataclass
class Round:
    """One epoch: who signed in it, in order; who changed or withdrew before the batch, and after."""

    signed: list[Worker] = field(default_factory=list)
    changed_at_once: list[Worker] = field(default_factory=list)
    withdrawn_at_once: list[Worker] = field(default_factory=list)


@dataclass
class Story:
    """Everything that is true, and what a test kept that no site would."""

    manifest: manifests.Manifest
    pid: str
    petition: str
    organizers_seed: str
    rounds: list[Round] = field(default_factory=list)
    kept_epoch_keys: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)
    access_tokens: list[str] = field(default_factory=list)
    sessions: str = ""


@dataclass(frozen=True)
class Size:
    """How much happens."""

    rounds: int = 4
    signers: int = 250
    by_mail: int = 125


def _nothing() -> None:
    """For who does not watch."""


@dataclass(frozen=True)
class Watcher:
    """An attacker who is there all along: called after each worker, and after each batch."""

    after_each: Callable[[], None] = _nothing
    after_batch: Callable[[], None] = _nothing
    has_seen_the_end: Callable[[], bool] = lambda: True


class Telling:
    """Makes the story happen, on a running site."""

    def __init__(self, stack: Stack, size: Size, watcher: Watcher) -> None:
        self.stack, self.size, self.watcher = stack, size, watcher
        self.random = random.Random(20261124)
        made = stack.ask("make_petition", k=K, epoch_seconds=DECADE)
        data = Device(stack.origin).ask("GET", f"/p/{made['public_id']}/manifest").body
        manifest = manifests.read(data)
        self.story = Story(manifest, made["public_id"], made["id"], made["seed"])
        self.number = 0

    def tell(self) -> Story:
        """All rounds, each with its batch at the end; before and after them, others write a petition together, and
        track support.
        """
        self._track_support()
        self.stack.ask("write_together", mark=DRAFT_MARK)
        for number in range(self.size.rounds):
            self._round()
            self.keep_keys()
            due = f"{2041 + 10 * number}-01-01T00:00:00+00:00"
            done = self.stack.run("-m", "tests.privacy.flushing", due)
            assert done.returncode == 0, done.stderr
            self.watcher.after_batch()
        self._track_support()
        self._write_again()
        self.story.noted = self.stack.ask("support_with", mark=SUPPORT_MARK)
        return self.story

    def _track_support(self) -> None:
        """Until the committee's mail about somebody who reads much has passed through the broker and the relay."""
        made = self.stack.ask("write_support", mark=SUPPORT_MARK, named=UNIT_MARK)
        self.story.access_tokens.append(made["token"])
        self.stack.mailbox.wait_for(made["address"])

    def _write_again(self) -> None:
        """After the last batch, so that it still stands in SQLite's log too; once more where a look for batches
        has cut the log before the attacker read it."""
        told = self.stack.ask("write_news", petition=self.story.petition, mark=DRAFT_MARK)
        for _attempt in range(_ATTEMPTS):
            self.stack.ask("write_together", mark=DRAFT_MARK)
            self.watcher.after_each()
            if self.watcher.has_seen_the_end():
                break
        self.story.written = self.stack.ask("boxes_with", mark=DRAFT_MARK) | {"PostVersion": told}
        self.story.sessions = self.stack.ask("sessions")

    def keep_keys(self) -> None:
        """Copies what the site is about to destroy."""
        for path in (self.stack.folder / "keys").glob("epoch-*.key"):
            self.story.kept_epoch_keys[path.stem] = path.read_bytes()

    def _round(self) -> None:
        workers = self._people()
        devices = {id(worker): self._device() for worker in workers}
        for worker in workers:
            if worker.address:
                worker.ask_for_code(devices[id(worker)])
        now = Round()
        self.story.rounds.append(now)
        for place, worker in enumerate(workers):
            self._sign(worker, devices[id(worker)])
            now.signed.append(worker)
            self._change_minds(now, place)
            self.watcher.after_each()

    def _people(self) -> list[Worker]:
        codes = self.stack.ask(
            "make_codes",
            petition=self.story.petition,
            size=self.size.signers - self.size.by_mail,
        )
        proofs = [(code, "") for code in codes]
        proofs += [("", f"{ADDRESS_MARK}.{n}@example.com") for n in self._numbers()]
        self.random.shuffle(proofs)
        return [self._worker(code, address) for code, address in proofs]

    def _numbers(self) -> range:
        start = len(self.story.rounds) * self.size.by_mail
        return range(start, start + self.size.by_mail)

    def _worker(self, code: str, address: str) -> Worker:
        self.number += 1
        name = f"{NAME_MARK} Number {self.number:04}" if self.number % 5 == 0 else ""
        units = self.story.manifest.units
        unit = self.random.choice([bytes(16), *units])
        return Worker(self.story.manifest, self.story.pid, code, address, name, unit)

    def _device(self) -> Device:
        host = self.random.randrange(1, 65_000)
        source = f"{NETWORK_MARK}{host // 256}.{host % 256}"
        return Device(self.stack.origin, source, {"X-Forwarded-For": FORWARDED})

    def _sign(self, worker: Worker, device: Device) -> None:
        if worker.address:
            worker.code = code_in(self.stack.mailbox.wait_for(worker.address))
        worker.issue(device)
        worker.send(device)
        if self.random.random() < 0.02:
            worker.resend(device)
        device.close()

    def _change_minds(self, now: Round, place: int) -> None:
        """Twice in a round somebody of each kind comes back, from this batch and from an earlier one."""
        if place not in (self.size.signers // 2, self.size.signers - 10):
            return
        device = self._device()
        for proof_class in (1, 2):
            fresh = [w for w in now.signed if w.proof_class == proof_class and w.version == 1]
            changing, leaving = self.random.sample(fresh, 2)
            changing.send(device)
            leaving.withdraw(device)
            now.changed_at_once.append(changing)
            now.withdrawn_at_once.append(leaving)
            for earlier in self.story.rounds[:-1][-1:]:
                old = [w for w in earlier.signed if w.proof_class == proof_class and w.version == 1]
                back, gone = self.random.sample(old, 2)
                back.send(device)
                gone.withdraw(device)
        device.close()
