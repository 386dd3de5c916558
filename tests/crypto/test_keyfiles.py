"""The organizers' key file: read and written, and by the reference client too."""

from __future__ import annotations

import json

import pytest

from organizing.crypto import keyfiles
from organizing.crypto.keyfiles import KeyFileError, WrongPassphrase
from tests.reference_client import export as reference

PASSPHRASE = "corre\u0301ct horse \ufb01sh"


@pytest.fixture(scope="module")
def key() -> keyfiles.AudienceKey:
    return keyfiles.new_audience_key("organizers")


@pytest.fixture(scope="module")
def text(key: keyfiles.AudienceKey) -> str:
    return keyfiles.write_key_file(key, PASSPHRASE)


def test_a_key_file_opens_with_its_passphrase_however_that_is_composed(
    key: keyfiles.AudienceKey, text: str
) -> None:
    assert keyfiles.read_key_file(text.encode(), PASSPHRASE) == key
    assert keyfiles.read_key_file(text.encode(), "corr\u00e9ct horse fish") == key


def test_the_reference_client_opens_it(key: keyfiles.AudienceKey, text: str) -> None:
    assert reference.read_key_file(text.encode(), PASSPHRASE) == ("organizers", key.seed)


def test_another_passphrase_does_not_open_it(text: str) -> None:
    with pytest.raises(WrongPassphrase):
        keyfiles.read_key_file(text.encode(), "correct horse")


def test_the_same_key_is_never_written_twice_alike(key: keyfiles.AudienceKey, text: str) -> None:
    assert keyfiles.write_key_file(key, PASSPHRASE) != text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "roundrobin-key/2"),
        (("audience",), "Organizers"),
        (("audience",), 7),
        (("public_key",), "AA"),
        (("kdf", "name"), "pbkdf2"),
        (("kdf", "n"), 2**24),
        (("kdf", "n"), 1024),
        (("kdf", "salt"), "AA"),
        (("cipher", "name"), "none"),
        (("cipher", "nonce"), None),
        (("ciphertext",), "AA=="),
        (("kdf",), []),
    ],
)
def test_a_file_of_another_form_is_refused_before_any_work(
    text: str, path: tuple[str, ...], value: object
) -> None:
    content = json.loads(text)
    inner = content
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(KeyFileError) as caught:
        keyfiles.read_key_file(json.dumps(content).encode(), PASSPHRASE)
    assert not isinstance(caught.value, WrongPassphrase)


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_key_file_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(KeyFileError):
        keyfiles.read_key_file(data, PASSPHRASE)


def test_a_public_key_that_was_swapped_is_noticed(key: keyfiles.AudienceKey, text: str) -> None:
    other = keyfiles.new_audience_key("organizers")
    content = json.loads(text)
    content["public_key"] = json.loads(keyfiles.write_key_file(other, "x"))["public_key"]
    with pytest.raises(KeyFileError):
        keyfiles.read_key_file(json.dumps(content).encode(), PASSPHRASE)


def test_a_file_made_around_another_seed_is_noticed(key: keyfiles.AudienceKey) -> None:
    mixed = keyfiles.AudienceKey("organizers", bytes(32), key.public_key)
    data = keyfiles.write_key_file(mixed, PASSPHRASE).encode()
    with pytest.raises(KeyFileError) as caught:
        keyfiles.read_key_file(data, PASSPHRASE)
    assert not isinstance(caught.value, WrongPassphrase)
