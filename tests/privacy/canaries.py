"""Somebody with a name, an address, a network and a device that stand nowhere else in the world."""

from __future__ import annotations

import re
import secrets
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from organizing.crypto import manifests
from tests import services
from tests.journeys.signer import Petition
from tests.journeys.stack import Stack
from tests.privacy.seizure import redis_files, traces
from tests.privacy.signers import Worker
from tests.privacy.wire import Answer, Device

FORM = {"Content_Type": "application/x-www-form-urlencoded"}
_WORDS = re.compile(rb'name="words" value="([a-z ]+)"')


def _letters(count: int = 9) -> str:
    """A mark that cannot come about by chance."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(count))


@dataclass
class Canary:
    """A visitor all of whose marks are known. What is typed on the way is added."""

    stack: Stack
    petition: Petition
    name: str = field(default_factory=lambda: f"Zyx{_letters()}")
    local: str = field(default_factory=_letters)
    network: str = field(default_factory=lambda: f"127.{88 + secrets.randbelow(100)}.213.117")
    forwarded: str = "203.0.113.214"
    agent: str = field(default_factory=_letters)
    referrer: str = field(default_factory=_letters)
    query: str = field(default_factory=_letters)
    typed: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """At the employer's domain."""
        return f"{self.local}@example.com"

    @property
    def pid(self) -> str:
        """Where the petition is."""
        return str(self.petition.about["public_id"])

    @property
    def device(self) -> Device:
        """A connection that carries all marks that a connection can carry."""
        headers = {
            "User-Agent": self.agent,
            "Referer": f"https://{self.referrer}.example/{self.referrer}",
            "X-Forwarded-For": self.forwarded,
            "Forwarded": f"for={self.forwarded}",
            "X-Real-IP": self.forwarded,
        }
        return Device(self.stack.origin, self.network, headers)

    def worker(self, *, code: str = "", address: str = "", name: str = "") -> Worker:
        """Signs with what a device computes."""
        path = f"/p/{self.pid}/manifest?{self.query}=1"
        data = self.device.ask("GET", path).body
        return Worker(manifests.read(data), self.pid, code, address, name)

    def new_code(self) -> str:
        """A paper code, which is a secret too once it is spent."""
        code = self.petition.new_code()
        self.typed += [code, code.replace("-", "")]
        return code

    def read(self) -> None:
        """Looks at every page, by addresses that carry marks."""
        ends = ("", "text", "receipt/", "plain/", "plain/receipt/", "updates/", "updates.atom")
        for end in (*ends, "updates/1/", "nothing/"):
            self.device.ask("GET", f"/p/{self.pid}/en/{end}?{self.query}={self.local}")
        self.device.ask("GET", f"/nothing/{self.query}/?{self.query}=1")
        self.device.ask("GET", f"/accounts/nothing/?{self.query}={self.local}")

    def fill_in(self, end: str, **fields: str) -> Answer:
        """A plain form."""
        body = urlencode(fields).encode()
        path = f"/p/{self.pid}/en/plain/{end}?{self.query}=1"
        return self.device.ask("POST", path, body, **FORM)

    def draw_words(self) -> str:
        """Twelve words from the first plain form."""
        found = _WORDS.search(self.fill_in("").body)
        assert found is not None
        words = found[1].decode()
        self.typed.append(words)
        return words

    @property
    def marks(self) -> list[str]:
        """Everything that must be nowhere."""
        own = [self.name, self.local, self.network, self.forwarded]
        return [*own, self.agent, self.referrer, self.query, *self.typed]


def found_at(stack: Stack, marks: list[str], scratch: Path) -> list[str]:
    """Where marks stand: the site's folder with database, log, broker, keys and logs; or PostgreSQL and Redis."""
    scratch.mkdir(exist_ok=True)
    if database := stack.environment.get("DATABASE_URL"):
        program = services.program("pg_dump")
        assert program is not None
        command = [program, "--dbname", database, "--file", str(scratch / "dump.sql")]
        subprocess.run(command, check=True, capture_output=True)
    if cache := stack.environment.get("REDIS_URL"):
        redis_files.carry_away(cache, scratch / "redis")
    return traces.search(marks, [stack.folder, scratch])
