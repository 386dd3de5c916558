"""An authenticator app: six digits from a secret and the time (RFC 6238)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

STEP = 30


def digits(secret: str, step: int = 0) -> str:
    """The code of now, or of `step` half minutes later."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int(time.time()) // STEP + step
    digest = hmac.digest(key, counter.to_bytes(8, "big"), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
