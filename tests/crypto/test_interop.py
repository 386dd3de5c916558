"""Python and the browser's core give each other what they make, in both directions."""

from __future__ import annotations

import secrets

import pytest

from organizing.crypto import derivation, ed25519, keyfiles, sealing, tokens, words
from organizing.crypto.tokens import BlindedMessage, BlindSignature, PreparedMessage
from tests import factories
from tests.reference_client.wire import b64u, unb64u
from tests.vectors import worked_example
from tests.vectors.browser_core import ask


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    return {name: bytes.fromhex(value) for name, value in worked_example.read().items()}


def test_the_browser_derives_the_worked_example(example: dict[str, bytes]) -> None:
    found = ask("keys", secret=example["secret"], manifest_hash=example["mh"])
    names = {
        "seed": "Ed25519 seed",
        "public_key": "pk_w",
        "prefix": "prefix",
        "rc": "rc",
        "ru": "ru",
    }
    assert {name: found[name] for name in names} == {n: b64u(example[v]) for n, v in names.items()}
    assert found["commitment"] == b64u(example["C"])
    assert ask("words", secret=example["secret"])["words"] in (
        words.words_of(example["secret"]),
        " ".join(words.words_of(example["secret"])),
    )


@pytest.mark.parametrize(("letter", "method"), [("A", 1), ("B", 2)])
def test_the_browser_issues_the_worked_example(
    example: dict[str, bytes], letter: str, method: int
) -> None:
    typed = {"code": worked_example.PAPER_CODE}
    if method == 2:
        typed = {"code": worked_example.MAIL_CODE, "address": worked_example.ADDRESS}
    request = {"manifest": example["manifest"], "secret": example["secret"], "method": method}
    body = ask("build_issue", **request, **typed)["body"]
    assert body == b64u(example[f"issue request ({letter})"])
    answer = {
        "attestation": b64u(example[f"attestation ({letter})"]),
        "blind_signature": b64u(example[f"blind signature ({letter})"]),
    }
    found = ask("finish_issue", **request, **typed, answer=answer)
    assert found["token"] == b64u(example[f"token ({letter})"])


def test_the_browser_builds_the_other_requests_of_the_worked_example(
    example: dict[str, bytes],
) -> None:
    given = {"manifest": example["manifest"], "secret": example["secret"]}
    code = ask(
        "build_code", manifest=example["manifest"], language="en", address=worked_example.ADDRESS
    )
    assert code["body"] == b64u(example["code request"])
    assert ask("build_status", **given)["body"] == b64u(example["status request"])
    withdraw = ask("build_withdraw", **given, version=2)["body"]
    assert withdraw == b64u(example["withdraw request"])
    opened = ask(
        "open", seed=example["audience seed"], info=example["info"], sealed=example["slot"]
    )
    assert opened["plaintext"] == b64u(example["slot plaintext"])
    text = example["key file"].decode()
    key = ask("keyfile_open", text=text, passphrase="correct horse battery staple")
    assert key["seed"] == b64u(example["audience seed"])


def test_a_token_goes_back_and_forth() -> None:
    key = factories.issuer_key(0)
    signer = derivation.signer_of(secrets.token_bytes(16), secrets.token_bytes(32))
    modulus, factor = tokens.modulus_bytes(key.n), signer.blinding_factor(key.n)
    salt = secrets.token_bytes(48)
    theirs = ask(
        "blind", modulus=modulus, input=signer.prepared, salt=salt, r=factor.to_bytes(384, "big")
    )
    blinded = tokens.blind(key.n, PreparedMessage(signer.prepared), salt, factor)
    assert theirs["blinded"] == b64u(blinded)
    signed = tokens.blind_sign(key, BlindedMessage(blinded))
    token = tokens.finalize(key.n, signer.prepared, BlindSignature(signed), factor)
    asked = {"modulus": modulus, "input": signer.prepared}
    inverse = unb64u(theirs["inverse"], 384)
    found = ask("finalize", **asked, blind_signature=bytes(signed), inverse=inverse)
    assert found["token"] == b64u(token)
    assert ask("verify_token", **asked, token=bytes(token)) == {"valid": True}
    spoiled = bytes([token[0] ^ 1]) + token[1:]
    assert ask("verify_token", **asked, token=spoiled) == {"valid": False}


def test_a_slot_goes_back_and_forth() -> None:
    seed, info, plaintext = secrets.token_bytes(32), b"info", secrets.token_bytes(1536)
    public = sealing.public_key_bytes(seed)
    assert ask("audience_key", seed=seed)["public_key"] == b64u(public)
    theirs = ask("seal", public_key=public, info=info, plaintext=plaintext)["sealed"]
    assert sealing.open_slot(sealing.private_key(seed), unb64u(theirs, 2672), info) == plaintext
    ours = bytes(sealing.seal_slot(sealing.load_public_key(public), plaintext, info))
    assert ask("open", seed=seed, info=info, sealed=ours) == {"plaintext": b64u(plaintext)}
    assert ask("open", seed=seed, info=b"other", sealed=ours) == {"error": "envelope-sealed"}


def test_a_signature_goes_back_and_forth() -> None:
    seed, message = secrets.token_bytes(32), b"message"
    found = ask("sign", seed=seed, message=message)
    assert unb64u(found["signature"], 64) == ed25519.sign(seed, message)
    public = ed25519.public_key(seed)
    assert ask("verify", public_key=public, message=message, signature=ed25519.sign(seed, message))[
        "valid"
    ]


def test_a_key_file_goes_back_and_forth() -> None:
    key = keyfiles.new_audience_key("organizers")
    passphrase = "corre\u0301ct horse"
    theirs = ask("keyfile_make", audience="organizers", seed=key.seed, passphrase=passphrase)
    assert keyfiles.read_key_file(theirs["text"].encode(), "corr\u00e9ct horse") == key
    ours = keyfiles.write_key_file(key, passphrase)
    assert ask("keyfile_open", text=ours, passphrase="corr\u00e9ct horse")["seed"] == b64u(key.seed)
    assert ask("keyfile_open", text=ours, passphrase="wrong") == {"error": "passphrase"}
