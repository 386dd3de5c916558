"""The scene of a long draft with a long history."""

from __future__ import annotations

import json

from tests.load.measuring import Row
from tests.load.scenes import Theatre
from tests.load.servers import run_python

WORDS = 20_000
VERSIONS = 500
NAMES = {
    "write": "writer's page",
    "history": "history page",
    "compare": "two versions compared",
    "compare the ends": "first and last version compared",
}


def writing(here: Theatre) -> list[Row]:
    """Pages of a draft of 20,000 words with 500 versions, against the same pages of a short one."""
    versions = min(VERSIONS, here.sizes.reads // 8)
    command = ("-m", "tests.load.drafts", str(versions), str(WORDS))
    found = json.loads(run_python(here.ground, here.databases[0], *command))
    return [
        Row(
            f"{name}, {WORDS:,} words, {versions} versions",
            found["long"][page] * 1000,
            "ms",
            found["short"][page] / found["long"][page],
        )
        for page, name in NAMES.items()
    ]
