"""Everything that comes from the one secret of a signature (docs/protocol.md section 4)."""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from organizing.crypto import ed25519, tokens

NO_UNIT = bytes(16)


def derive(secret: bytes, manifest_hash: bytes, purpose: bytes, length: int) -> bytes:
    """HKDF-SHA256 (RFC 5869) with salt = manifest hash and info = label and purpose."""
    info = b"roundrobin/v1/" + purpose
    return HKDF(hashes.SHA256(), length, manifest_hash, info).derive(secret)


def commit(randomness: bytes, pk_w: bytes) -> bytes:
    """C, 32 bytes: what an attestation binds to instead of a signature (section 7)."""
    return hashlib.sha256(b"roundrobin/v1/commitment" + randomness + pk_w).digest()


def commit_unit(randomness: bytes, unit: bytes) -> bytes:
    """U, 32 bytes: the commitment to a 16-byte unit id (section 10)."""
    return hashlib.sha256(b"roundrobin/v1/unit" + randomness + unit).digest()


def token_message(manifest_hash: bytes, pk_w: bytes) -> bytes:
    """65 bytes: version, manifest hash, pk_w (section 7)."""
    return b"\x01" + manifest_hash + pk_w


def nullifier(manifest_hash: bytes, pk_w: bytes) -> bytes:
    """32 bytes: SHA-256 of the token message without the prefix (section 8)."""
    return hashlib.sha256(token_message(manifest_hash, pk_w)).digest()


@dataclass(frozen=True, slots=True)
class Signer:
    """What a secret gives for one petition, whoever the issuer is."""

    secret: bytes
    manifest_hash: bytes
    seed: bytes
    pk_w: bytes
    prefix: bytes
    commit_randomness: bytes
    unit_randomness: bytes

    @property
    def commitment(self) -> bytes:
        """C, 32 bytes."""
        return commit(self.commit_randomness, self.pk_w)

    @property
    def prepared(self) -> tokens.PreparedMessage:
        """Prefix and token message: 97 bytes."""
        message = self.prefix + token_message(self.manifest_hash, self.pk_w)
        return tokens.PreparedMessage(message)

    def blinding_factor(self, n: int) -> int:
        """r for the issuer with modulus n: 400 derived bytes mod (n - 1), plus 1."""
        wide = derive(self.secret, self.manifest_hash, b"blind" + _issuer_hash(n), 400)
        return int.from_bytes(wide, "big") % (n - 1) + 1

    def blinded(self, n: int) -> tokens.BlindedMessage:
        """The blinded message for the issuer with modulus n: 384 bytes."""
        salt = derive(self.secret, self.manifest_hash, b"salt" + _issuer_hash(n), tokens.SALT_BYTES)
        return tokens.blind(n, self.prepared, salt, self.blinding_factor(n))


def _issuer_hash(n: int) -> bytes:
    return hashlib.sha256(tokens.modulus_bytes(n)).digest()


def signer_of(secret: bytes, manifest_hash: bytes) -> Signer:
    """Derives a signer from a 16-byte secret and a 32-byte manifest hash."""
    seed = derive(secret, manifest_hash, b"sign", 32)
    return Signer(
        secret=secret,
        manifest_hash=manifest_hash,
        seed=seed,
        pk_w=ed25519.public_key(seed),
        prefix=derive(secret, manifest_hash, b"prefix", 32),
        commit_randomness=derive(secret, manifest_hash, b"commit", 32),
        unit_randomness=derive(secret, manifest_hash, b"unit", 32),
    )
