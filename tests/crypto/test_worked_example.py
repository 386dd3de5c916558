"""docs/protocol.md section 19 can never drift: it is made again, and the site's own code gives the same."""

from __future__ import annotations

import pytest

from organizing.crypto import (
    attestations,
    derivation,
    envelopes,
    manifests,
    messages,
    sealing,
    tokens,
    words,
)
from organizing.crypto.keyfiles import read_key_file
from tests.vectors import worked_example as page
from tests.vectors import worked_files


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    return {name: bytes.fromhex(value) for name, value in page.read().items()}


@pytest.fixture(scope="module")
def manifest(example: dict[str, bytes]) -> manifests.Manifest:
    return manifests.read(example["manifest"])


@pytest.fixture(scope="module")
def signer(example: dict[str, bytes], manifest: manifests.Manifest) -> derivation.Signer:
    return derivation.signer_of(example["secret"], manifest.hash)


def test_the_file_is_what_the_reference_client_makes() -> None:
    assert page.build(page.read()) == page.read()


def test_the_page_shows_the_file() -> None:
    shown = page.PAGE.read_text().split(page.BEGIN)[1].split(page.END)[0]
    assert shown.strip() == page.render(page.read()).strip()


def test_the_site_derives_the_same(
    example: dict[str, bytes], signer: derivation.Signer, manifest: manifests.Manifest
) -> None:
    assert manifest.hash == example["mh"]
    assert signer.seed == example["Ed25519 seed"]
    assert signer.pk_w == example["pk_w"]
    assert signer.prefix == example["prefix"]
    assert signer.commit_randomness == example["rc"]
    assert signer.unit_randomness == example["ru"]
    assert signer.prepared == example["input"]
    assert signer.commitment == example["C"]
    assert derivation.nullifier(manifest.hash, signer.pk_w) == example["nullifier"]
    assert derivation.commit_unit(signer.unit_randomness, page.UNIT) == example["U"]
    assert " ".join(words.words_of(signer.secret)) in page.PAGE.read_text()


@pytest.mark.parametrize("letter", ["A", "B"])
def test_the_site_issues_the_same(
    example: dict[str, bytes], signer: derivation.Signer, letter: str
) -> None:
    def value(name: str) -> bytes:
        return example[f"{name} ({letter})"]

    p, q = (int.from_bytes(value(name), "big") for name in "pq")
    key = tokens.issuer_key(p, q)
    blinded = signer.blinded(key.n)
    assert tokens.modulus_bytes(key.n) == value("n")
    assert signer.blinding_factor(key.n).to_bytes(384, "big") == value("r")
    assert blinded == value("blinded message")
    signed = tokens.blind_sign(key, blinded)
    assert signed == value("blind signature")
    token = tokens.finalize(key.n, signer.prepared, signed, signer.blinding_factor(key.n))
    assert token == value("token")
    request = messages.read_issue_request(value("issue request"))
    assert messages.build_issue_request(request) == value("issue request")
    assert (request.proof, request.commitment) == (value("proof"), example["C"])
    said = attestations.Attestation(example["mh"], request.method, _subject(letter), example["C"])
    assert attestations.build_attestation(example["attestation seed"], said) == value("attestation")


def _subject(letter: str) -> bytes:
    return page.ADDRESS.encode() if letter == "B" else b""


def test_the_site_builds_and_reads_the_same_requests(
    example: dict[str, bytes], signer: derivation.Signer, manifest: manifests.Manifest
) -> None:
    content = messages.SendContent(1, 1, example["token (A)"], page.UNIT, example["slot"])
    size = manifest.send_bytes
    assert messages.build_send_request(signer, content, size) == example["send request"]
    assert messages.build_status_request(signer, size) == example["status request"]
    assert messages.build_withdraw_request(signer, 2, size) == example["withdraw request"]
    code = messages.build_code_request(manifest.hash, "en", page.ADDRESS)
    assert code == example["code request"]
    assert messages.read_send_request(example["send request"], manifest).signature_holds()
    assert messages.read_status_request(example["status request"], size).signed
    assert messages.read_withdraw_request(example["withdraw request"], size).signed


def test_the_organizers_open_the_slot_with_the_key_file(
    example: dict[str, bytes], signer: derivation.Signer, manifest: manifests.Manifest
) -> None:
    key = read_key_file(example["key file"], worked_files.PASSPHRASE)
    assert (key.audience, key.seed) == ("organizers", example["audience seed"])
    info = envelopes.slot_info(manifest.hash, "organizers", signer.pk_w)
    assert info == example["info"]
    opened = sealing.open_slot(sealing.private_key(key.seed), example["slot"], info)
    assert opened == example["slot plaintext"]
    fields = envelopes.read_slot(opened)
    assert fields is not None
    assert fields["name"] == "Ada Lovelace"
