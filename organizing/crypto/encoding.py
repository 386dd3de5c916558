"""Bytes, integers and text, as docs/protocol.md section 1 writes them."""

import base64
import binascii
import re

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*\Z")


class EncodingError(ValueError):
    """Bytes or text that do not have the form that the protocol gives them."""


def b64u(data: bytes) -> str:
    """Base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64u(text: str, size: int | None = None) -> bytes:
    """Inverse of `b64u`; refuses padding, white space and a non-canonical last character.

    `size` is the number of bytes expected. Raises EncodingError.
    """
    if not _BASE64URL.match(text):
        raise EncodingError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise EncodingError("not base64url") from error
    if b64u(data) != text:
        raise EncodingError("not canonical base64url")
    if size is not None and len(data) != size:
        raise EncodingError("wrong size")
    return data


def u16(value: int) -> bytes:
    """Two bytes, big-endian."""
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    """Four bytes, big-endian."""
    return value.to_bytes(4, "big")


def pad(data: bytes, size: int) -> bytes:
    """`data` followed by zeros up to `size` bytes. Raises EncodingError when it is longer."""
    if len(data) > size:
        raise EncodingError("too long")
    return data.ljust(size, b"\0")


class Reader:
    """Reads fields from the front of a byte string; raises EncodingError when it runs short."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        field = self.data[self.at : self.at + size]
        if len(field) != size:
            raise EncodingError("too short")
        self.at += size
        return field

    def number(self, size: int) -> int:
        """The next `size` bytes as a big-endian integer."""
        return int.from_bytes(self.take(size), "big")

    def field(self, size: int) -> bytes:
        """A two-byte length and a field of `size` bytes, zero after that length."""
        length = self.number(2)
        padded = self.take(size)
        if length > size or any(padded[length:]):
            raise EncodingError("bad padding")
        return padded[:length]

    def end(self) -> None:
        """All that is left must be zero."""
        if any(self.data[self.at :]):
            raise EncodingError("bad padding")
