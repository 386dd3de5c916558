"""Blind RSA signatures: RFC 9474, RSABSSA-SHA384-PSS-Randomized, 3072 bit, e = 65537.

The site blind-signs and verifies. Blind and Finalize belong to a signing client; they are here for
the form without JavaScript (docs/protocol.md section 15), with all randomness passed in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import NewType

import gmpy2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BlindedMessage = NewType("BlindedMessage", bytes)
BlindSignature = NewType("BlindSignature", bytes)
Token = NewType("Token", bytes)
PreparedMessage = NewType("PreparedMessage", bytes)

MODULUS_BYTES = 384
EXPONENT = 65537
SALT_BYTES = 48
HASH_BYTES = 48
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT_BYTES)


class TokenError(ValueError):
    """A blinded message, blind signature or token that cannot be used."""


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """An RSA private key in CRT form (RFC 8017 section 3.2): n, p, q, dP, dQ and qInv."""

    n: int
    p: int
    q: int
    dp: int
    dq: int
    q_inverse: int


def issuer_key(p: int, q: int) -> IssuerKey:
    """The key of two primes, with e = 65537."""
    inverse = int(gmpy2.invert(q, p))
    at_p, at_q = (int(gmpy2.invert(EXPONENT, prime - 1)) for prime in (p, q))
    return IssuerKey(p * q, p, q, at_p, at_q, inverse)


def generate_issuer_key() -> IssuerKey:
    """A fresh key whose modulus has exactly 3072 bits."""
    numbers = rsa.generate_private_key(EXPONENT, MODULUS_BYTES * 8).private_numbers()
    return issuer_key(numbers.p, numbers.q)


def modulus_bytes(n: int) -> bytes:
    """The modulus in 384 bytes, as the manifest carries it."""
    return n.to_bytes(MODULUS_BYTES, "big")


def _power(base: int, exponent: int, modulus: int) -> int:
    return int(gmpy2.powmod_sec(base, exponent, modulus))


def _private_operation(key: IssuerKey, value: int) -> int:
    """value^d mod n by the Chinese remainder theorem, in constant time for each exponent."""
    at_p = _power(value % key.p, key.dp, key.p)
    at_q = _power(value % key.q, key.dq, key.q)
    return at_q + key.q * (key.q_inverse * (at_p - at_q) % key.p)


def blind_sign(key: IssuerKey, blinded: BlindedMessage) -> BlindSignature:
    """BlindSign of RFC 9474 section 4.3: 384 bytes in, 384 bytes out.

    The base is blinded afresh (the client chooses it), and the result is checked before it leaves, since
    one faulty half of the CRT would give the factors away. Raises TokenError.
    """
    size = (key.n.bit_length() + 7) // 8
    value = int.from_bytes(blinded, "big")
    if len(blinded) != size or value >= key.n:
        raise TokenError("the blinded message is not below the modulus")
    mask = secrets.randbelow(key.n - 2) + 2
    masked = value * int(gmpy2.powmod(mask, EXPONENT, key.n)) % key.n
    result = _private_operation(key, masked) * int(gmpy2.invert(mask, key.n)) % key.n
    if int(gmpy2.powmod(result, EXPONENT, key.n)) != value:
        raise TokenError("signing failure")
    return BlindSignature(result.to_bytes(size, "big"))


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (length + HASH_BYTES - 1) // HASH_BYTES
    stream = b"".join(hashlib.sha384(seed + i.to_bytes(4, "big")).digest() for i in range(blocks))
    return stream[:length]


def encode_pss(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017 section 9.1.1) with SHA-384 and MGF1-SHA-384 to `bits` bits."""
    size = (bits + 7) // 8
    digest = hashlib.sha384(zeros(8) + hashlib.sha384(message).digest() + salt).digest()
    block = zeros(size - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    mask = _mgf1(digest, len(block))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def zeros(count: int) -> bytes:
    """`count` bytes of value 0."""
    return bytes(count)


def blind(n: int, message: PreparedMessage, salt: bytes, factor: int) -> BlindedMessage:
    """Blind of RFC 9474 section 4.2 with the salt and the blinding factor given. Raises TokenError."""
    encoded = int.from_bytes(encode_pss(message, n.bit_length() - 1, salt), "big")
    if gmpy2.gcd(encoded, n) != 1 or gmpy2.gcd(factor, n) != 1:
        raise TokenError("not invertible")
    blinded = encoded * int(gmpy2.powmod(factor, EXPONENT, n)) % n
    return BlindedMessage(blinded.to_bytes((n.bit_length() + 7) // 8, "big"))


def finalize(n: int, message: PreparedMessage, signed: BlindSignature, factor: int) -> Token:
    """Finalize of RFC 9474 section 4.4. Raises TokenError when the result does not verify."""
    value = int.from_bytes(signed, "big")
    size = (n.bit_length() + 7) // 8
    if len(signed) != size or value >= n:
        raise TokenError("unexpected input size")
    token = Token((value * int(gmpy2.invert(factor, n)) % n).to_bytes(size, "big"))
    if not verify(n, message, token):
        raise TokenError("invalid signature")
    return token


@lru_cache(maxsize=256)
def _public_key(n: int) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(EXPONENT, n).public_key()


def verify(n: int, message: bytes, token: bytes) -> bool:
    """RSASSA-PSS-VERIFY (RFC 8017 section 8.1.2), SHA-384, salt of 48 bytes."""
    try:
        _public_key(n).verify(token, message, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
