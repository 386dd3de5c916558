"""RFC 9474 appendix A, with the site's tokens and with the reference client's."""

from __future__ import annotations

import pytest

from organizing.crypto import tokens
from organizing.crypto.tokens import BlindedMessage, BlindSignature, PreparedMessage
from tests.conftest import missing
from tests.reference_client import blindrsa
from tests.reference_client.wire import ClientError
from tests.vectors import rfc9474
from tests.vectors.rfc9474 import Vector

VARIANTS = [
    f"RSABSSA-SHA384-{salt}-{kind}"
    for salt in ("PSS", "PSSZERO")
    for kind in ("Randomized", "Deterministic")
]
OURS = VARIANTS[0]


@pytest.fixture(params=VARIANTS)
def vector(request: pytest.FixtureRequest) -> Vector:
    if not rfc9474.path().is_file():
        missing("the RFC 9474 vectors (name their path in RFC9474_VECTORS)")
    return next(v for v in rfc9474.vectors() if v.name == request.param)


def test_the_message_is_prepared_by_a_prefix(vector: Vector) -> None:
    assert vector.prefix + vector.message == vector.input_message
    assert bool(vector.prefix) == ("Randomized" in vector.name)


def test_blind(vector: Vector) -> None:
    message = PreparedMessage(vector.input_message)
    assert tokens.blind(vector.n, message, vector.salt, vector.factor) == vector.blinded
    assert blindrsa.blind(vector.n, message, vector.salt, vector.factor) == vector.blinded


def test_the_encoded_message(vector: Vector) -> None:
    bits = vector.n.bit_length() - 1
    ours = tokens.encode_pss(vector.input_message, bits, vector.salt)
    assert blindrsa.emsa_pss_encode(vector.input_message, bits, vector.salt) == ours
    assert blindrsa.emsa_pss_verify(vector.input_message, ours, bits, len(vector.salt))
    # The first variant is published without it.
    assert vector.encoded in (ours, b"")


def test_blind_sign_by_the_chinese_remainder_theorem(vector: Vector) -> None:
    key = tokens.issuer_key(vector.p, vector.q)
    assert key.n == vector.n
    assert tokens.blind_sign(key, BlindedMessage(vector.blinded)) == vector.blind_signature
    value = pow(int.from_bytes(vector.blinded, "big"), vector.d, vector.n)
    assert value.to_bytes(512, "big") == vector.blind_signature


def test_finalize_and_verify(vector: Vector) -> None:
    salt_bytes = len(vector.salt)
    found = blindrsa.finalize(
        vector.n, vector.input_message, vector.blind_signature, vector.factor, salt_bytes
    )
    assert found == vector.signature
    message, signed = PreparedMessage(vector.input_message), BlindSignature(vector.blind_signature)
    # The site knows variants with a salt of 48 bytes alone, and takes no other for one of them.
    assert tokens.verify(vector.n, message, vector.signature) == (salt_bytes == 48)
    if salt_bytes == 48:
        assert tokens.finalize(vector.n, message, signed, vector.factor) == vector.signature
    else:
        with pytest.raises(tokens.TokenError):
            tokens.finalize(vector.n, message, signed, vector.factor)


def test_a_signature_that_was_changed_verifies_nowhere(vector: Vector) -> None:
    spoiled = vector.signature[:-1] + bytes([vector.signature[-1] ^ 1])
    assert not tokens.verify(vector.n, vector.input_message, spoiled)
    assert not blindrsa.verify(vector.n, vector.input_message, spoiled, len(vector.salt))
    blind = vector.blind_signature[:-1] + bytes([vector.blind_signature[-1] ^ 1])
    with pytest.raises(ClientError):
        blindrsa.finalize(vector.n, vector.input_message, blind, vector.factor, len(vector.salt))


def test_the_variant_of_the_protocol_is_among_them() -> None:
    if not rfc9474.path().is_file():
        missing("the RFC 9474 vectors (name their path in RFC9474_VECTORS)")
    assert OURS in [v.name for v in rfc9474.vectors()]
