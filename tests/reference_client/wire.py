"""Section 1: notation."""

import base64
import hashlib
import hmac
import re


class ClientError(Exception):
    """Something that the page does not allow; the text says what."""


def require(condition: bool, what: str) -> None:
    """Raise ClientError(what) unless the condition holds."""
    if not condition:
        raise ClientError(what)


def b64u(data: bytes) -> str:
    """Base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64u(text: str, size: int) -> bytes:
    """Exactly `size` bytes; nothing but the one canonical encoding."""
    require(re.fullmatch(r"[A-Za-z0-9_-]*", text) is not None, "not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    require(b64u(data) == text and len(data) == size, "not base64url of this size")
    return data


def u8(value: int) -> bytes:
    return value.to_bytes(1, "big")


def u16(value: int) -> bytes:
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    return value.to_bytes(4, "big")


def zeros(count: int) -> bytes:
    return bytes(count)


def padded(data: bytes, size: int) -> bytes:
    """`data`, then zeros up to `size`."""
    require(len(data) <= size, "too long")
    return data + zeros(size - len(data))


def label(purpose: str) -> bytes:
    """The label of a purpose: all start alike."""
    return f"roundrobin/v1/{purpose}".encode("ascii")


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """HKDF-SHA256 (RFC 5869): extract, then expand."""
    key = hmac.digest(salt, secret, "sha256")
    stream, block = b"", b""
    while len(stream) < length:
        block = hmac.digest(key, block + info + u8(len(stream) // 32 + 1), "sha256")
        stream += block
    return stream[:length]
