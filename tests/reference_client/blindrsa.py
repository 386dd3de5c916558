"""RFC 9474 and the parts of RFC 8017 that it needs, written out: SHA-384, MGF1-SHA-384, e = 65537."""

import hashlib

from tests.reference_client.wire import ClientError, require, u32, zeros

E = 65537
HASH_BYTES = 48


def i2osp(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def os2ip(data: bytes) -> int:
    return int.from_bytes(data, "big")


def mgf1(seed: bytes, length: int) -> bytes:
    """RFC 8017 appendix B.2.1."""
    count = -(-length // HASH_BYTES)
    blocks = [hashlib.sha384(seed + u32(counter)).digest() for counter in range(count)]
    return b"".join(blocks)[:length]


def xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


def emsa_pss_encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """RFC 8017 section 9.1.1."""
    size = -(-bits // 8)
    m_prime = zeros(8) + hashlib.sha384(message).digest() + salt
    h = hashlib.sha384(m_prime).digest()
    db = zeros(size - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    masked = xor(db, mgf1(h, len(db)))
    first = masked[0] & (0xFF >> (8 * size - bits))
    return bytes([first]) + masked[1:] + h + b"\xbc"


def emsa_pss_verify(message: bytes, encoded: bytes, bits: int, salt_bytes: int) -> bool:
    """RFC 8017 section 9.1.2."""
    size = -(-bits // 8)
    zero_bits = 8 * size - bits
    if len(encoded) != size or encoded[-1] != 0xBC or encoded[0] >> (8 - zero_bits):
        return False
    masked, h = encoded[: size - HASH_BYTES - 1], encoded[size - HASH_BYTES - 1 : -1]
    db = bytearray(xor(masked, mgf1(h, len(masked))))
    db[0] &= 0xFF >> zero_bits
    if bytes(db[: len(db) - salt_bytes]) != zeros(len(db) - salt_bytes - 1) + b"\x01":
        return False
    salt = bytes(db[len(db) - salt_bytes :])
    return hashlib.sha384(zeros(8) + hashlib.sha384(message).digest() + salt).digest() == h


def blind(n: int, message: bytes, salt: bytes, r: int) -> bytes:
    """Blind (RFC 9474 section 4.2) with salt and blinding factor given."""
    size, bits = -(-n.bit_length() // 8), n.bit_length() - 1
    m = os2ip(emsa_pss_encode(message, bits, salt))
    return i2osp(m * pow(r, E, n) % n, size)


def verify(n: int, message: bytes, signature: bytes, salt_bytes: int = 48) -> bool:
    """RSASSA-PSS-VERIFY (RFC 8017 section 8.1.2)."""
    bits = n.bit_length() - 1
    s = os2ip(signature)
    if len(signature) != -(-n.bit_length() // 8) or s >= n:
        return False
    m = pow(s, E, n)
    size = -(-bits // 8)
    return m < 256**size and emsa_pss_verify(message, i2osp(m, size), bits, salt_bytes)


def finalize(n: int, message: bytes, blind_signature: bytes, r: int, salt_bytes: int = 48) -> bytes:
    """Finalize (RFC 9474 section 4.4): the unblinded signature, which verifies."""
    size, z = -(-n.bit_length() // 8), os2ip(blind_signature)
    require(len(blind_signature) == size, "wrong size of the blind signature")
    signature = i2osp(z * pow(r, -1, n) % n, size)
    if not verify(n, message, signature, salt_bytes):
        raise ClientError("the site gave a wrong answer")
    return signature
