"""The secrets of one petition's issuer, and how they are kept: one sealed JSON text."""

import json
import secrets
from dataclasses import dataclass

from organizing.crypto import ed25519, sealing, tokens
from organizing.crypto.encoding import b64u, unb64u

_CONTEXT = b"roundrobin/v1/petition-keys"


@dataclass(frozen=True, slots=True)
class IssuerSecrets:
    """`issuers` by class; `attestation_seed`, `tag_key` and `code_key` are 32 bytes each."""

    issuers: dict[int, tokens.IssuerKey]
    attestation_seed: bytes
    tag_key: bytes
    code_key: bytes

    @property
    def attestation_key(self) -> bytes:
        """The 32-byte public key for the manifest."""
        return ed25519.public_key(self.attestation_seed)


def new_secrets(issuers: dict[int, tokens.IssuerKey]) -> IssuerSecrets:
    """Fresh secrets around the issuer keys given."""
    random = secrets.token_bytes
    return IssuerSecrets(issuers, random(32), random(32), random(32))


def wrap(content: IssuerSecrets, wrapping_key: bytes) -> bytes:
    """Seals the secrets under a 32-byte key."""
    primes = {str(c): [hex(k.p), hex(k.q)] for c, k in content.issuers.items()}
    text = json.dumps(
        {
            "issuers": primes,
            "attestation_seed": b64u(content.attestation_seed),
            "tag_key": b64u(content.tag_key),
            "code_key": b64u(content.code_key),
        }
    )
    return sealing.seal_box(wrapping_key, text.encode(), _CONTEXT)


def unwrap(sealed: bytes, wrapping_key: bytes) -> IssuerSecrets:
    """Inverse of `wrap`. Raises SealingError."""
    content = json.loads(sealing.open_box(wrapping_key, sealed, _CONTEXT))
    return IssuerSecrets(
        {
            int(c): tokens.issuer_key(int(p, 16), int(q, 16))
            for c, (p, q) in content["issuers"].items()
        },
        *(unb64u(content[name], 32) for name in ("attestation_seed", "tag_key", "code_key")),
    )
