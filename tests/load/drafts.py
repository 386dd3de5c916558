"""The pages of one long draft with a long history: `python -m tests.load.drafts VERSIONS WORDS`.

Prints one JSON object: the median seconds of each page, and of the same page for a draft of a few words.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # apps are ready only now
from django.test import Client  # noqa: E402

from organizing.accounts.models import Campaign, Role, User  # noqa: E402
from organizing.drafting.models import CoDrafter, Part  # noqa: E402
from organizing.petitions import services  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROUNDS = 5
PAGES = {
    "write": "{draft}/en/",
    "history": "{draft}/en/history/",
    "compare": "{draft}/en/compare/?from={first}&to={last}",
    "compare the ends": "{draft}/en/compare/?from=1&to={last}",
}


def paragraphs(words: int, version: int) -> str:
    """A text of which every version changes one paragraph, each another."""
    texts = [
        " ".join(f"word{(number * 7 + n) % 900}" for n in range(49)) + f" end{number}."
        for number in range(max(1, words // 50))
    ]
    for changed in range(1, version):
        texts[changed * 13 % len(texts)] += f" Changed in version {changed}."
    return "\n\n".join(texts)


def make_draft(user: User, words: int, versions: int) -> UUID:
    """A draft with its history, at which this user writes."""
    petition = services.create_petition(campaign=Campaign.objects.create(name="Bench", k=10))
    CoDrafter.objects.create(petition=petition, user=user, part=Part.EDIT)
    about = {"by": user.username, "day": "2026-01-01", "how": "saved", "source": ""}
    for version in range(1, versions + 1):
        body = paragraphs(words, version)
        consent = {services.ORGANIZERS: "They may learn my name."}
        content = services.TextContent("Title", "The board", ["End it."], body, consent)
        services.save_text(petition_id=petition.id, language="en", content=content, about=about)
    return petition.id


def seconds(client: Client, address: str) -> float:
    """The median processor time of a few requests: the clock on the wall tells of others too."""
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answer = client.get(address)
        took.append(time.process_time() - began)
        assert answer.status_code == 200, address
    return statistics.median(took)


def measure(client: Client, draft: UUID, versions: int) -> dict[str, float]:
    """Every page of a draft."""
    names = {"draft": f"/drafting/{draft}", "first": versions // 2, "last": versions}
    return {page: seconds(client, path.format(**names)) for page, path in PAGES.items()}


def main() -> None:
    versions, words = int(sys.argv[1]), int(sys.argv[2])
    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.create_user(f"bench {Role.DRAFTER}")
    client = Client()
    client.force_login(user, backend=BACKEND)
    short = measure(client, make_draft(user, 50, 2), 2)
    long = measure(client, make_draft(user, words, versions), versions)
    print(json.dumps({"short": short, "long": long}))  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
