"""Print the second factor of the demo's accounts: the six-digit codes of this half-minute (RFC 6238)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PERIOD = 30


def code(secret: str, now: float) -> str:
    """The code of an authenticator app for this secret."""
    counter = int(now // PERIOD).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def facts_file(target: str) -> Path:
    """What the seeder wrote; without it, end with one line about this target of make."""
    facts = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "demo.json"
    if not facts.exists():
        sys.exit(
            f"No demo in {facts.parent}: `make run` seeds one. If it runs on a DATA_DIR, name the same here: "
            f"`make {target} DATA_DIR=/the/folder`."
        )
    return facts


def main() -> None:
    """One line for each account."""
    now, content = time.time(), json.loads(facts_file("demo-codes").read_text(encoding="utf-8"))
    for role in ("organizer", "representative", "lead"):
        if (account := content.get(role)) is None:
            continue
        print(f"{account['username']:10} {code(account['totp_secret'], now)}")
    left = PERIOD - int(now) % PERIOD
    print(f"Good for {left} more {'second' if left == 1 else 'seconds'}.")


if __name__ == "__main__":
    main()
