"""A counted token verifies with stock OpenSSL, from manifest and export alone."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.disclosure import sealed
from tests.disclosure.sealed import RECORD_BYTES, Worker


def openssl(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("openssl")
    if program is None:
        missing("OpenSSL's command (package openssl)")
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False)


def write_public_key(folder: Path, modulus: bytes) -> None:
    """A SubjectPublicKeyInfo by OpenSSL's own description language."""
    description = [
        "asn1 = SEQUENCE:spki",
        "[spki]",
        "algorithm = SEQUENCE:algorithm",
        "key = BITWRAP,SEQUENCE:rsa",
        "[algorithm]",
        "name = OID:rsaEncryption",
        "none = NULL",
        "[rsa]",
        f"n = INTEGER:0x{modulus.hex()}",
        "e = INTEGER:65537",
    ]
    (folder / "key.cnf").write_text("\n".join(description) + "\n")
    made = openssl("asn1parse", "-genconf", "key.cnf", "-noout", "-out", "key.der", folder=folder)
    assert made.returncode == 0, made.stderr


def verify(folder: Path, record: bytes, mh: bytes) -> bool:
    """RSASSA-PSS over prefix and token message, both of which stand in the record."""
    message = record[71:103] + b"\x01" + mh + record[39:71]
    (folder / "digest").write_bytes(hashlib.sha384(message).digest())
    (folder / "token").write_bytes(record[103:487])
    options = ("digest:sha384", "rsa_padding_mode:pss", "rsa_pss_saltlen:48", "rsa_mgf1_md:sha384")
    flags = [flag for option in options for flag in ("-pkeyopt", option)]
    files = ["-pubin", "-keyform", "DER", "-inkey", "key.der", "-sigfile", "token", "-in", "digest"]
    return openssl("pkeyutl", "-verify", *files, *flags, folder=folder).returncode == 0


@pytest.mark.parametrize("worker", [Worker(), Worker(address="a@example-employer.test")])
def test_openssl_verifies_a_token_and_no_other(tmp_path: Path, worker: Worker) -> None:
    data = sealed.export([worker.record()])
    length = int.from_bytes(data[12:16], "big")
    manifest, record = data[16 : 16 + length], data[16 + length :][:RECORD_BYTES]
    issuers = {i["class"]: i["n"] for i in json.loads(manifest)["issuers"]}
    letter = {1: "A", 2: "B"}[record[34]]
    write_public_key(tmp_path, base64.urlsafe_b64decode(issuers[letter]))
    mh = hashlib.sha256(manifest).digest()
    assert verify(tmp_path, record, mh)
    assert not verify(tmp_path, sealed.flipped(record, 200), mh)
    assert not verify(tmp_path, sealed.flipped(record, 40), mh)
    assert not verify(tmp_path, record, bytes(32))
