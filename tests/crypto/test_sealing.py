"""HPKE and X-Wing against published vectors, and the site's envelopes against both written out."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from organizing.crypto import envelopes, sealing
from organizing.crypto.encoding import EncodingError
from tests.reference_client import envelope as reference
from tests.vectors import hpke

XWING = hpke.published("hpke-pq-test-vectors.json", kem_id=hpke.XWING)
XWING_SUITE = [v for v in XWING if v["kdf_id"] == hpke.HKDF_SHA256]
CLASSICAL = hpke.published("test-vectors.json", mode=0, kem_id=0x20, kdf_id=1, aead_id=2)
SEED = bytes(range(32))


def h(vector: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(vector[name])


def test_there_are_vectors() -> None:
    assert len(XWING) >= 2
    assert XWING_SUITE
    assert CLASSICAL


@pytest.mark.parametrize("vector", XWING, ids=lambda v: f"kdf {v['kdf_id']}")
def test_an_xwing_key_comes_from_its_seed(vector: dict[str, Any]) -> None:
    assert sealing.public_key_bytes(h(vector, "skRm")) == h(vector, "pkRm")


@pytest.mark.parametrize("vector", XWING, ids=lambda v: f"kdf {v['kdf_id']}")
def test_xwing_decapsulates(vector: dict[str, Any]) -> None:
    assert hpke.xwing_decapsulate(h(vector, "skRm"), h(vector, "enc")) == h(vector, "shared_secret")


@pytest.mark.parametrize("vector", XWING_SUITE + CLASSICAL, ids=lambda v: f"kem {v['kem_id']:#x}")
def test_the_key_schedule_and_every_ciphertext(vector: dict[str, Any]) -> None:
    secret = h(vector, "shared_secret")
    context = hpke.key_schedule(vector["kem_id"], vector["aead_id"], secret, h(vector, "info"))
    assert context.key == h(vector, "key")
    assert context.base_nonce == h(vector, "base_nonce")
    assert context.exporter_secret == h(vector, "exporter_secret")
    for entry in vector["encryptions"]:
        sequence = int.from_bytes(h(entry, "nonce"), "big") ^ int.from_bytes(
            context.base_nonce, "big"
        )
        assert context.open(h(entry, "ct"), h(entry, "aad"), sequence) == h(entry, "pt")


@pytest.mark.parametrize("side", ["site", "reference client"])
def test_a_slot_opens_by_the_written_out_rfc(side: str) -> None:
    public, info, plaintext = sealing.public_key_bytes(SEED), b"some info", bytes(1536)
    if side == "site":
        sealed = bytes(sealing.seal_slot(sealing.load_public_key(public), plaintext, info))
    else:
        sealed = reference.SUITE.encrypt(plaintext, reference.public_key(public), info)
    assert len(sealed) == 2672
    shared = hpke.xwing_decapsulate(SEED, sealed[:1120])
    context = hpke.key_schedule(hpke.XWING, hpke.AES_256_GCM, shared, info)
    assert context.open(sealed[1120:], b"") == plaintext
    assert sealing.open_slot(sealing.private_key(SEED), sealed, info) == plaintext


def test_a_slot_opens_with_no_other_key_info_or_byte() -> None:
    public = sealing.load_public_key(sealing.public_key_bytes(SEED))
    sealed = bytes(sealing.seal_slot(public, bytes(1536), b"info"))
    private = sealing.private_key(SEED)
    spoiled = [
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in (0, 1090, 1200, 2671)
    ]
    for other in (*spoiled, sealed[:-1], sealed + b"\0", b""):
        with pytest.raises(sealing.SealingError):
            sealing.open_slot(private, other, b"info")
    with pytest.raises(sealing.SealingError):
        sealing.open_slot(private, sealed, b"other info")
    with pytest.raises(sealing.SealingError):
        sealing.open_slot(sealing.private_key(bytes(32)), sealed, b"info")


@pytest.mark.parametrize("size", [0, 1215, 1217])
def test_a_public_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(sealing.SealingError):
        sealing.load_public_key(bytes(size))


def test_a_box_opens_with_its_key_and_its_context_alone() -> None:
    key = secrets.token_bytes(32)
    box = sealing.seal_box(key, b"text", b"context")
    assert sealing.open_box(key, box, b"context") == b"text"
    assert len(box) == 4 + sealing.BOX_OVERHEAD_BYTES
    for other in (
        (bytes(32), box, b"context"),
        (key, box, b"else"),
        (key, box[:-1], b"context"),
        (key, b"", b""),
    ):
        with pytest.raises(sealing.SealingError):
            sealing.open_box(*other)


def test_a_slot_that_is_too_long_or_not_one_is_refused() -> None:
    with pytest.raises(EncodingError):
        envelopes.slot_plaintext({"name": "x" * 1600})
    assert envelopes.read_slot(bytes(1536)) is None
    assert envelopes.read_slot(envelopes.slot_plaintext({"name": "Ada"})) == {"name": "Ada"}
    for wrong in (b"", bytes(1535), b"\x02" + bytes(1535), b'\x01\x00\x05{"a"}' + bytes(1528)):
        with pytest.raises(EncodingError):
            envelopes.read_slot(wrong)
