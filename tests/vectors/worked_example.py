"""The worked example of docs/protocol.md section 19, made by the reference client from fixed values.

`python -m tests.vectors.worked_example` writes protocol-v1.json and the tables of the page again. HPKE draws fresh
randomness, so the sealed slot is kept from the file that is there, as long as it opens to what it should.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import gmpy2

from tests.reference_client import blindrsa, ed25519, envelope, messages
from tests.reference_client.manifest import Manifest, read_manifest
from tests.reference_client.messages import Content
from tests.reference_client.secret import Signer, words_of
from tests.reference_client.wire import ClientError, b64u, label, padded, sha256, u8, u16
from tests.vectors import worked_files

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).parent / "protocol-v1.json"
PAGE = ROOT / "docs" / "protocol.md"
BEGIN, END = "<!-- worked example -->\n", "<!-- end of the worked example -->"
SECRET = bytes(range(16))
PAPER_CODE = "7KQ2-M9XV-3RTD-8WPA"
MAIL_CODE = "M4ZQ7-2XK9C"
ADDRESS = "ada@example-employer.test"
UNIT = b"sixteen byte id."
DAY = "2026-11-24"
CONSENT = "I agree that the organizers learn my name."
Example = dict[str, str]


def fixed(name: str, size: int = 32) -> bytes:
    """Bytes that stand for random ones: SHAKE256 of a name."""
    return hashlib.shake_256(f"roundrobin worked example, {name}".encode()).digest(size)


def prime(name: str) -> int:
    """A prime of 1536 bits with the two top bits set: the next one after fixed bytes."""
    number = int.from_bytes(fixed(name, 192), "big") | 3 << 1534
    while True:
        number = int(gmpy2.next_prime(number))
        if gmpy2.gcd(number - 1, blindrsa.E) == 1:
            return number


class Issuer:
    """One class's key."""

    def __init__(self, letter: str) -> None:
        self.p, self.q = prime(f"p of {letter}"), prime(f"q of {letter}")
        self.n = self.p * self.q
        self.modulus = self.n.to_bytes(384, "big")

    def sign(self, blinded: bytes) -> bytes:
        d = pow(blindrsa.E, -1, (self.p - 1) * (self.q - 1))
        return pow(int.from_bytes(blinded, "big"), d, self.n).to_bytes(384, "big")


def text_bytes() -> bytes:
    content = {
        "addressee": "The board",
        "body": "End the recording.",
        "consent": {"organizers": CONSENT},
        "demands": ["End the recording."],
        "language": "en",
        "title": "End the recording",
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def manifest_bytes(issuers: dict[str, Issuer]) -> bytes:
    content = {
        "format": "roundrobin-manifest/1",
        "petition": b64u(fixed("petition", 16)),
        "texts": [{"language": "en", "sha256": b64u(sha256(text_bytes()))}],
        "issuers": [{"class": c, "n": b64u(key.modulus)} for c, key in issuers.items()],
        "methods": [1, 2],
        "attestation_key": b64u(ed25519.public_key(fixed("attestation seed"))),
        "audiences": [{"id": "organizers", "key": b64u(worked_files.public_key(audience_seed()))}],
        "units": [{"id": b64u(UNIT), "name": "Site 1"}],
        "mail_domains": ["example-employer.test"],
        "k": 10,
        "epoch_seconds": 86400,
        "opens": "2026-11-24T00:00:00Z",
        "issuing_ends": "2026-12-24T00:00:00Z",
        "sending_ends": "2026-12-31T00:00:00Z",
        "issuing_origin": "",
        "sending_origin": "",
        "sizes": {"answer": 1536, "code": 512, "issue": 1024, "slot": 2672, "send": 4096},
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def audience_seed() -> bytes:
    return fixed("audience seed")


def attestation(mh: bytes, method: int, subject: bytes, commitment: bytes) -> bytes:
    signed = u8(1) + mh + u8(method) + u16(len(subject)) + padded(subject, 254) + commitment
    return signed + ed25519.sign(fixed("attestation seed"), label("attestation") + signed)


def build(known: Example) -> Example:
    """Every value by name, in hexadecimal. `known` gives the slot that was sealed before."""
    issuers = {letter: Issuer(letter) for letter in "AB"}
    manifest = read_manifest(manifest_bytes(issuers))
    signer = Signer(SECRET, manifest)
    values = {
        "manifest": manifest.data,
        "mh": manifest.mh,
        "text": text_bytes(),
        "secret": SECRET,
        "attestation seed": fixed("attestation seed"),
        "audience seed": audience_seed(),
        "Ed25519 seed": signer.seed,
        "pk_w": signer.pk_w,
        "prefix": signer.prefix,
        "rc": signer.rc,
        "ru": signer.ru,
        "msg": signer.message,
        "input": signer.prepared,
        "nullifier": signer.nullifier,
        "C": signer.commitment,
        "code request": messages.code_request(manifest.mh, "en", ADDRESS),
    }
    for letter, issuer in issuers.items():
        values |= _issuing(letter, issuer, signer)
    values |= _sending(signer, values, known)
    values |= worked_files.values(manifest, values["send request"], audience_seed())
    return {name: value.hex() for name, value in values.items()}


def _issuing(letter: str, issuer: Issuer, signer: Signer) -> dict[str, bytes]:
    proofs = {
        "A": (1, messages.paper_proof(PAPER_CODE), b""),
        "B": (2, messages.mailbox_proof(ADDRESS, MAIL_CODE), ADDRESS.encode()),
    }
    method, proof, subject = proofs[letter]
    salt, modulus = signer.salt(issuer.modulus), issuer.modulus
    signed = issuer.sign(signer.blinded(modulus))
    found = {
        "p": issuer.p.to_bytes(192, "big"),
        "q": issuer.q.to_bytes(192, "big"),
        "n": modulus,
        "I": sha256(modulus),
        "r": signer.blinding_factor(modulus).to_bytes(384, "big"),
        "salt": salt,
        "encoded message": blindrsa.emsa_pss_encode(signer.prepared, 3071, salt),
        "blinded message": signer.blinded(modulus),
        "proof": proof,
        "issue request": messages.issue_request(signer, method, proof, modulus),
        "blind signature": signed,
        "token": signer.token(modulus, signed),
        "attestation": attestation(signer.manifest.mh, method, subject, signer.commitment),
    }
    return {f"{name} ({letter})": value for name, value in found.items()}


def _sending(signer: Signer, values: dict[str, bytes], known: Example) -> dict[str, bytes]:
    named = {
        "name": "Ada Lovelace",
        "job_title": "Analyst",
        "language": "en",
        "text": b64u(sha256(text_bytes())),
        "day": DAY,
        "consent": b64u(sha256(CONSENT.encode())),
        "attestation": b64u(values["attestation (A)"]),
        "opening": b64u(signer.rc),
    }
    plaintext = envelope.plaintext(named)
    slot = _slot(signer.manifest, signer.pk_w, named, known)
    send = Content("A", 1, values["token (A)"], UNIT, slot)
    return {
        "slot plaintext": plaintext,
        "info": envelope.info(signer.manifest.mh, "organizers", signer.pk_w),
        "slot": slot,
        "unit": UNIT,
        "U": signer.unit_commitment(UNIT),
        "send request": messages.send_request(signer, send),
        "status request": messages.status_request(signer),
        "withdraw request": messages.withdraw_request(signer, 2),
    }


def _slot(manifest: Manifest, pk_w: bytes, named: envelope.Named, known: Example) -> bytes:
    kept = bytes.fromhex(known.get("slot", ""))
    try:
        if (
            kept
            and envelope.open_slot(manifest, pk_w, kept, "organizers", audience_seed()) == named
        ):
            return kept
    except ClientError:
        pass  # Sealed for an example that has changed since.
    return envelope.seal(manifest, pk_w, {"organizers": named})


def render(example: Example) -> str:
    """The tables of the page: long values by their first bytes and their hash."""
    lines = [
        f"The words are: *{words_of(SECRET)}*.\n",
        "| value | bytes | hexadecimal |",
        "|---|---|---|",
    ]
    for name, text in example.items():
        data = bytes.fromhex(text)
        shown = f"`{text}`"
        if len(data) > 64:
            shown = f"`{data[:16].hex()}`…, SHA-256 `{sha256(data).hex()}`"
        lines.append(f"| {name} | {len(data)} | {shown} |")
    return "\n".join(lines) + "\n\n" + "\n".join(_in_full(example))


def _in_full(example: Example) -> Iterator[str]:
    texts = {name: bytes.fromhex(example[name]) for name in ("manifest", "text", "key file")}
    plaintext = bytes.fromhex(example["slot plaintext"])
    texts["slot plaintext, from byte 3"] = plaintext[3:].rstrip(b"\0")
    texts["slot, as b64u"] = b64u(bytes.fromhex(example["slot"])).encode()
    for name, text in texts.items():
        yield f"{name[0].upper()}{name[1:]}:\n\n```\n{text.decode()}\n```\n"


def read() -> Example:
    """The file as it is."""
    found: Example = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def write() -> None:
    """Writes file and page again."""
    example = build(read())
    FILE.write_text(json.dumps(example, indent=0) + "\n")
    page = PAGE.read_text()
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(before + BEGIN + "\n" + render(example) + "\n" + END + after)


if __name__ == "__main__":
    write()
