"""Codes and addresses as people type them (docs/protocol.md section 5)."""

import hashlib
import hmac
import re
import secrets

from organizing.crypto.encoding import u16, u32

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAPER_LENGTH = 16
MAIL_LENGTH = 10
ADDRESS_BYTES = 254
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\t": None})
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z")


def _letters(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))


def new_paper_code() -> str:
    """80 random bits in 16 characters."""
    return _letters(secrets.randbits(5 * PAPER_LENGTH), PAPER_LENGTH)


def print_code(code: str) -> str:
    """In groups: four of four characters, or two of five."""
    size = 4 if len(code) == PAPER_LENGTH else 5
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def read_code(typed: str) -> str:
    """A code as typed, normalized; what is not a code comes out as something that matches none."""
    return "".join(typed.split()).upper().translate(_READ_AS)


def read_address(typed: str) -> str | None:
    """A normalized address, or None for what cannot be one of ours.

    Tags after "+" are dropped: they reach the same mailbox, and one mailbox is one worker.
    """
    local, at, domain = typed.strip().lower().rpartition("@")
    address = local.split("+", 1)[0] + at + domain
    # Counted before the tag is dropped: it could hold another one.
    if typed.count("@") != 1 or len(address) > ADDRESS_BYTES or not _ADDRESS.match(address):
        return None
    return address


def mail_code(key: bytes, manifest_hash: bytes, address: str, day: int) -> str:
    """50 bits of HMAC-SHA256(code key, manifest, address, day) in 10 characters.

    `day` counts days since 1970-01-01 UTC. No table of requests is needed.
    """
    name = address.encode("ascii")
    message = b"roundrobin/v1/mail-code" + manifest_hash + u16(len(name)) + name + u32(day)
    digest = hmac.digest(key, message, hashlib.sha256)
    return _letters(int.from_bytes(digest[:8], "big") >> 14, MAIL_LENGTH)
