"""The issuer's half: what it refuses, and that a fault in the private operation never leaves it."""

from __future__ import annotations

from unittest import mock

import pytest

from organizing.crypto import tokens
from organizing.crypto.tokens import BlindedMessage, BlindSignature, PreparedMessage
from tests import factories

SALT = bytes(48)


@pytest.fixture(scope="module")
def key() -> tokens.IssuerKey:
    return factories.issuer_key(0)


def test_a_modulus_has_exactly_3072_bits(key: tokens.IssuerKey) -> None:
    assert key.n.bit_length() == 3072
    assert len(tokens.modulus_bytes(key.n)) == 384


@pytest.mark.parametrize("size", [0, 383, 385])
def test_a_blinded_message_of_another_size_is_refused(key: tokens.IssuerKey, size: int) -> None:
    with pytest.raises(tokens.TokenError):
        tokens.blind_sign(key, BlindedMessage(bytes(size)))


@pytest.mark.parametrize("above", [0, 1])
def test_a_blinded_message_that_is_not_below_the_modulus_is_refused(
    key: tokens.IssuerKey, above: int
) -> None:
    with pytest.raises(tokens.TokenError):
        tokens.blind_sign(key, BlindedMessage((key.n + above).to_bytes(384, "big")))


@pytest.mark.parametrize("value", [0, 1])
def test_values_that_tell_nothing_are_signed_as_arithmetic_has_it(
    key: tokens.IssuerKey, value: int
) -> None:
    blinded = BlindedMessage(value.to_bytes(384, "big"))
    assert bytes(tokens.blind_sign(key, blinded)) == bytes(blinded)


def test_a_fault_in_one_half_is_caught(key: tokens.IssuerKey) -> None:
    faulty = tokens.IssuerKey(key.n, key.p, key.q, key.dp ^ 2, key.dq, key.q_inverse)
    blinded = tokens.blind(key.n, PreparedMessage(b"m" * 97), SALT, 12345)
    with pytest.raises(tokens.TokenError, match="signing failure"):
        tokens.blind_sign(faulty, blinded)


def test_the_base_is_blinded_afresh_each_time(key: tokens.IssuerKey) -> None:
    blinded = tokens.blind(key.n, PreparedMessage(b"m" * 97), SALT, 12345)
    seen: list[int] = []
    real = tokens._private_operation

    def watch(issuer: tokens.IssuerKey, value: int) -> int:
        seen.append(value)
        return real(issuer, value)

    with mock.patch.object(tokens, "_private_operation", watch):
        first, second = tokens.blind_sign(key, blinded), tokens.blind_sign(key, blinded)
    assert first == second
    assert len({*seen, int.from_bytes(blinded, "big")}) == 3


def test_a_factor_or_message_that_has_no_inverse_is_refused(key: tokens.IssuerKey) -> None:
    with pytest.raises(tokens.TokenError):
        tokens.blind(key.n, PreparedMessage(b"m" * 97), SALT, key.p)


def test_finalizing_checks_size_range_and_signature(key: tokens.IssuerKey) -> None:
    message = PreparedMessage(b"m" * 97)
    signed = tokens.blind_sign(key, tokens.blind(key.n, message, SALT, 12345))
    assert tokens.verify(key.n, message, tokens.finalize(key.n, message, signed, 12345))
    for wrong in (signed[1:], signed + b"\0", key.n.to_bytes(384, "big"), bytes(384)):
        with pytest.raises(tokens.TokenError):
            tokens.finalize(key.n, message, BlindSignature(wrong), 12345)


def test_a_token_plus_the_modulus_or_of_another_size_does_not_verify(
    key: tokens.IssuerKey,
) -> None:
    message = PreparedMessage(b"m" * 97)
    signed = tokens.blind_sign(key, tokens.blind(key.n, message, SALT, 12345))
    token = tokens.finalize(key.n, message, signed, 12345)
    number = int.from_bytes(token, "big") + key.n
    assert not tokens.verify(key.n, message, token[1:])
    assert not tokens.verify(key.n, message, b"\0" + token)
    assert not tokens.verify(key.n, message, number.to_bytes(385, "big"))
