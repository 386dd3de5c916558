"""Sections 4, 7 and 8: everything that comes from one secret, and its twelve words."""

from dataclasses import dataclass

from mnemonic import Mnemonic

from tests.reference_client import blindrsa, ed25519
from tests.reference_client.manifest import Manifest
from tests.reference_client.wire import hkdf, label, require, sha256, u8


def words_of(secret: bytes) -> str:
    """Twelve words (BIP-39 English, no passphrase)."""
    return str(Mnemonic("english").to_mnemonic(secret))


def secret_of(words: str) -> bytes:
    """The entropy itself, not the seed of BIP-39."""
    text = " ".join(words.lower().split())
    require(len(text.split()) == 12 and Mnemonic("english").check(text), "not twelve words of ours")
    return bytes(Mnemonic("english").to_entropy(text))


@dataclass(frozen=True)
class Signer:
    """A secret, bound to one manifest."""

    secret: bytes
    manifest: Manifest

    def derive(self, purpose: bytes, length: int) -> bytes:
        return hkdf(self.secret, self.manifest.mh, b"roundrobin/v1/" + purpose, length)

    @property
    def seed(self) -> bytes:
        return self.derive(b"sign", 32)

    @property
    def pk_w(self) -> bytes:
        return ed25519.public_key(self.seed)

    @property
    def prefix(self) -> bytes:
        return self.derive(b"prefix", 32)

    @property
    def rc(self) -> bytes:
        return self.derive(b"commit", 32)

    @property
    def ru(self) -> bytes:
        return self.derive(b"unit", 32)

    @property
    def message(self) -> bytes:
        return u8(1) + self.manifest.mh + self.pk_w

    @property
    def prepared(self) -> bytes:
        return self.prefix + self.message

    @property
    def nullifier(self) -> bytes:
        return sha256(self.message)

    @property
    def commitment(self) -> bytes:
        """`C`."""
        return commitment(self.rc, self.pk_w)

    def unit_commitment(self, unit: bytes) -> bytes:
        """`U`."""
        return sha256(label("unit") + self.ru + unit)

    def salt(self, modulus: bytes) -> bytes:
        return self.derive(b"salt" + sha256(modulus), 48)

    def blinding_factor(self, modulus: bytes) -> int:
        wide = blindrsa.os2ip(self.derive(b"blind" + sha256(modulus), 400))
        return wide % (blindrsa.os2ip(modulus) - 1) + 1

    def blinded(self, modulus: bytes) -> bytes:
        r, n = self.blinding_factor(modulus), blindrsa.os2ip(modulus)
        return blindrsa.blind(n, self.prepared, self.salt(modulus), r)

    def token(self, modulus: bytes, blind_signature: bytes) -> bytes:
        r, n = self.blinding_factor(modulus), blindrsa.os2ip(modulus)
        return blindrsa.finalize(n, self.prepared, blind_signature, r)


def commitment(rc: bytes, pk_w: bytes) -> bytes:
    """`C` of section 7."""
    return sha256(label("commitment") + rc + pk_w)
