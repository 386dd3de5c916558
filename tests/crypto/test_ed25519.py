"""RFC 8032 vectors, and the one strict rule, with the site's code and with the curve written out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files

import pytest

from organizing.crypto import ed25519
from tests.reference_client import ed25519 as written_out

# RFC 8032 section 7.1: secret key, public key, message, signature.
RFC8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
P, ORDER = written_out.P, written_out.ORDER
ORDER_EIGHT_Y = max(y for y in written_out.SMALL_ORDER_Y if y < P - 1)
Verify = Callable[[bytes, bytes, bytes], bool]


@pytest.fixture(params=[ed25519.verify, written_out.verify], ids=["site", "written out"])
def verify(request: pytest.FixtureRequest) -> Verify:
    checked: Verify = request.param
    return checked


@pytest.mark.parametrize("vector", RFC8032, ids=["1", "2", "3"])
def test_the_vectors_of_rfc_8032(verify: Verify, vector: tuple[str, ...]) -> None:
    seed, public, message, signature = map(bytes.fromhex, vector)
    assert ed25519.public_key(seed) == public
    assert ed25519.sign(seed, message) == signature
    assert verify(public, message, signature)
    assert not verify(public, message + b"x", signature)


def test_a_thousand_published_signatures() -> None:
    """sign.input of the authors: secret and public key, public key, message, signature and message."""
    file = files("cryptography_vectors").joinpath("asymmetric", "Ed25519", "sign.input")
    lines = file.read_text().splitlines()
    assert len(lines) == 1024
    for line in lines:
        keys, public, message, signed = map(bytes.fromhex, line.split(":")[:4])
        assert ed25519.sign(keys[:32], message) == signed[:64]
        assert ed25519.verify(public, message, signed[:64])


def small_order_encodings() -> list[bytes]:
    """Every encoding, canonical or not, of a point of small order."""
    ys = [y + k * P for y in written_out.SMALL_ORDER_Y for k in (0, 1) if y + k * P < 2**255]
    return [(y | sign << 255).to_bytes(32, "little") for y in sorted(ys) for sign in (0, 1)]


@pytest.mark.parametrize("encoded", small_order_encodings(), ids=bytes.hex)
def test_a_point_of_small_order_is_refused_as_key_and_as_r(verify: Verify, encoded: bytes) -> None:
    _seed, public, message, signature = map(bytes.fromhex, RFC8032[1])
    assert not ed25519.acceptable_point(encoded)
    # With such a key, S = 0 and R = identity would hold for many messages.
    for r in (encoded, (1).to_bytes(32, "little")):
        assert not any(verify(encoded, bytes([i]), r + bytes(32)) for i in range(16))
    assert not verify(public, message, encoded + signature[32:])


@pytest.mark.parametrize("y", [P, P + 1, P + 3, 2**255 - 1])
def test_an_encoding_that_is_not_canonical_is_refused(verify: Verify, y: int) -> None:
    _seed, public, message, signature = map(bytes.fromhex, RFC8032[1])
    for sign in (0, 1):
        encoded = (y | sign << 255).to_bytes(32, "little")
        assert not verify(encoded, message, signature)
        assert not verify(public, message, encoded + signature[32:])


def test_s_at_or_above_the_order_is_refused(verify: Verify) -> None:
    _seed, public, message, signature = map(bytes.fromhex, RFC8032[1])
    s = int.from_bytes(signature[32:], "little")
    assert not verify(public, message, signature[:32] + (s + ORDER).to_bytes(32, "little"))
    assert not verify(public, message, signature[:32] + ORDER.to_bytes(32, "little"))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_and_signatures_of_another_size_are_refused(verify: Verify, size: int) -> None:
    _seed, public, message, signature = map(bytes.fromhex, RFC8032[1])
    assert not verify(bytes(size), message, signature)
    assert not verify(public, message, signature[:size])
    assert not verify(public, message, signature + b"\0")


def test_the_equation_is_checked_without_the_cofactor() -> None:
    """A key with a part of small order: where that part matters, both refuse; where it drops out, both accept."""
    seed = bytes(32)
    torsion = _decode_any(
        27073855011448406493182252872256587889368042675753135194637436097503034020 * 100 + 22
    )
    base = written_out._decode(ed25519.public_key(seed))
    assert base is not None
    public = written_out._encode(written_out._add(base, torsion))
    wide = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(wide[:32], "little") & (2**254 - 8) | 2**254
    outcomes = set()
    for number in range(32):
        message = bytes([number])
        nonce = int.from_bytes(hashlib.sha512(b"nonce" + message).digest(), "little") % ORDER
        assert written_out._BASE is not None
        r = written_out._encode(written_out._times(nonce, written_out._BASE))
        k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
        s = (nonce + k * scalar) % ORDER
        signature = r + s.to_bytes(32, "little")
        expected = k % 8 == 0
        assert written_out.verify(public, message, signature) == expected
        assert ed25519.verify(public, message, signature) == expected
        outcomes.add(expected)
    assert outcomes == {True, False}


def _decode_any(y: int) -> written_out.Point:
    """A point of order eight, which the strict decoder refuses."""
    u, v = (y * y - 1) % P, (written_out.D * y * y + 1) % P
    square = u * pow(v, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * written_out.SQRT_MINUS_ONE % P
    assert x * x % P == square
    return x, y, 1, x * y % P
