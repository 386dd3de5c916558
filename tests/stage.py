"""An open petition, and the reference client on its way to it: by Django's test client or over a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

from django.test import Client as DjangoClient
from django.utils import timezone

from organizing.petitions.selectors import PublishedPetition
from organizing.signing import batches
from tests import factories
from tests.reference_client import client, messages
from tests.reference_client.client import Client, Credential
from tests.reference_client.site import Answer, Site, Transport

ORIGIN = "http://testserver"


class InProcess:
    """Carries requests of the reference client without a network. Keeps what went over the wire."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.address = address
        self.client = DjangoClient(enforce_csrf_checks=True)
        self.wire: list[tuple[str, bytes, Answer]] = []

    def request(self, method: str, url: str, body: bytes | None) -> Answer:
        response = self.client.generic(
            method,
            urlsplit(url).path,
            body or b"",
            content_type="application/octet-stream",
            headers={},
            REMOTE_ADDR=self.address,
        )
        answer = Answer(response.status_code, dict(response.items()), response.content)
        self.wire.append((url, body or b"", answer))
        return answer


@dataclass
class Stage:
    """One petition, and signers whose secrets are their numbers."""

    petition: PublishedPetition
    transport: Transport = field(default_factory=InProcess)
    origin: str = ORIGIN
    pid: str = ""
    codes: Iterator[str] | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def site(self) -> Site:
        return Site(self.transport, self.origin, self.pid or self.petition.pid)

    def signer(self, number: int | None = None) -> Client:
        """Somebody who opened the link."""
        secret = (next(self.numbers) if number is None else number).to_bytes(16, "big")
        return client.start(self.site, secret, self.petition.manifest.hash)

    def paper_code(self) -> str:
        """The next slip of a batch."""
        if self.codes is None:
            self.codes = iter(factories.paper_codes(self.petition, 60))
        return next(self.codes)

    def with_paper(self) -> tuple[Client, Credential]:
        """Somebody who has spent a slip."""
        signer = self.signer()
        return signer, signer.issue(1, messages.paper_proof(self.paper_code()))

    def signed(self) -> tuple[Client, Credential]:
        """Somebody whose anonymous signature is held."""
        signer, credential = self.with_paper()
        signer.send(signer.send_bytes(credential))
        return signer, credential

    def flush(self, now: datetime | None = None) -> datetime:
        """Runs what beat would run when the epoch is over; returns when that was."""
        later = (now or timezone.now()) + timedelta(
            seconds=2 * self.petition.manifest.epoch_seconds
        )
        batches.flush_due(now=later)
        return later


def opened(wanted: factories.Wanted | None = None) -> Stage:
    """An open petition behind Django's test client."""
    return Stage(factories.opened(wanted or factories.Wanted()))
