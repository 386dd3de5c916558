"""Proofs that were good once: `python -m tests.privacy.wrong_proofs PETITION ADDRESS…` prints them as JSON."""

from __future__ import annotations

import json
import os
import sys
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django comes first

from organizing.crypto import codes  # noqa: E402 - as above
from organizing.eligibility import proofs, services  # noqa: E402 - as above
from organizing.eligibility.models import CodeBatch  # noqa: E402 - as above
from organizing.petitions import selectors  # noqa: E402 - as above
from organizing.petitions.models import Petition  # noqa: E402 - as above

SIZE = 20


def expired(petition_id: UUID, addresses: list[str]) -> dict[str, str]:
    """The mailbox codes of the day before yesterday."""
    manifest_hash = bytes(Petition.objects.get(id=petition_id).manifest_hash or b"")
    key = selectors.issuer_secrets(petition_id).code_key
    day = proofs.day_of(timezone.now()) - 2
    return {a: codes.mail_code(key, manifest_hash, a, day) for a in addresses}


def revoked(petition_id: UUID) -> list[str]:
    """Paper codes whose batch was revoked."""
    made = services.create_code_batch(
        petition_id=petition_id, label="revoked", size=SIZE, today=timezone.now().date()
    )
    services.revoke_code_batch(
        batch=CodeBatch.objects.get(petition_id=petition_id, label="revoked")
    )
    return made


def main() -> None:
    """Prints both."""
    petition_id, addresses = UUID(sys.argv[1]), sys.argv[2:]
    found = {"expired": expired(petition_id, addresses), "revoked": revoked(petition_id)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
