"""HKDF by RFC 5869, words by BIP-39, and both sides deriving the same from one secret."""

from __future__ import annotations

import pytest

from organizing.crypto import derivation, words
from tests.reference_client import secret as reference
from tests.reference_client.wire import ClientError, hkdf

V = "vessel ladder alter error federal sibling chat ability sun glass valve picture"
# github.com/trezor/python-mnemonic, vectors.json: entropy and sentence of 128 bits.
BIP39 = {
    "00" * 16: "abandon " * 11 + "about",
    "7f" * 16: "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "80" * 16: "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "ff" * 16: "zoo " * 11 + "wrong",
    "9e885d952ad362caeb4efe34a8e91bd2": "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    "c0ba5a8e914111210f2bd131f3d5e08d": "scheme spot photo card baby mountain device kick cradle pact join borrow",
    "23db8160a31d3e0dca3688ed941adbf3": "cat swing flag economy stadium alone churn speed unique patch report train",
    "f30f8c1da665478f49b001d94c5fc452": V,
}


@pytest.mark.parametrize(("entropy", "sentence"), BIP39.items(), ids=[e[:8] for e in BIP39])
def test_words_are_bip39_english(entropy: str, sentence: str) -> None:
    secret = bytes.fromhex(entropy)
    assert words.words_of(secret) == sentence.split()
    assert words.secret_of(f"\n {sentence.upper().replace(' ', '   ')} ") == secret
    assert reference.words_of(secret) == sentence
    assert reference.secret_of(sentence) == secret


def test_a_mistyped_word_is_named() -> None:
    sentence = BIP39["7f" * 16].replace("sausage", "sausagge")
    with pytest.raises(words.WordsError) as caught:
        words.secret_of(sentence)
    assert (caught.value.reason, caught.value.position, caught.value.word) == (
        "word",
        6,
        "sausagge",
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("", "count"),
        ("abandon " * 11, "count"),
        ("abandon " * 12, "checksum"),
        ("abandon " * 24, "count"),
    ],
)
def test_words_that_are_no_receipt_are_refused(sentence: str, reason: str) -> None:
    with pytest.raises(words.WordsError) as caught:
        words.secret_of(sentence)
    assert caught.value.reason == reason
    with pytest.raises(ClientError):
        reference.secret_of(sentence)


def test_hkdf_is_that_of_rfc_5869() -> None:
    """Appendix A.1, and the two implementations against each other at the longest output."""
    ikm, salt = b"\x0b" * 22, bytes(range(13))
    expected = (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )
    assert hkdf(ikm, salt, bytes(range(0xF0, 0xFA)), 42).hex() == expected
    ours = derivation.derive(bytes(16), bytes(32), b"blind" + bytes(32), 400)
    assert ours == hkdf(bytes(16), bytes(32), b"roundrobin/v1/blind" + bytes(32), 400)


def test_another_petition_or_purpose_gives_other_values() -> None:
    purposes = (b"sign", b"prefix", b"commit", b"unit", b"blind", b"salt")
    manifests = (bytes(32), b"\x01" + bytes(31))
    found = {derivation.derive(bytes(16), mh, p, 32) for mh in manifests for p in purposes}
    assert len(found) == 12
