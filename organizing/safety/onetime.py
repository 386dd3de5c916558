"""Tokens of links that work once: the link has the token, the database its hash alone."""

import hashlib
import secrets
from datetime import date, timedelta

INVITATION_DAYS = 7
_BYTES = 24


def new_token() -> str:
    """192 random bits in 32 characters."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> bytes:
    """SHA-256, 32 bytes: what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def last_day(today: date) -> date:
    """The last day of an invitation that is made today."""
    return today + timedelta(days=INVITATION_DAYS)
