"""What two requests have in common, or what somebody could compute from the one and find in the other."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from itertools import product

SHORTEST = 8
MOST_ZEROS = 2
HASHES = ("md5", "sha1", "sha256", "sha384", "sha512")
# Field by field, as docs/protocol.md sections 6, 7 and 10 lay them out; the last is padding.
CODE_FIELDS = (1, 32, 16, 2, 254)
ISSUE_FIELDS = (1, 32, 1, 2, 318, 32, 384)
SEND_FIELDS = (1, 32, 1, 4, 32, 32, 384, 32, 2672, 64, 16, 32)


def fields(body: bytes, sizes: Iterable[int]) -> list[bytes]:
    """The fields of a request, without the zeros at their ends."""
    found, at = [], 0
    for size in sizes:
        found.append(body[at : at + size].rstrip(b"\0"))
        at += size
    return [field for field in found if len(field) >= SHORTEST]


def stretches(data: bytes) -> set[bytes]:
    """Every run of SHORTEST bytes."""
    return {data[at : at + SHORTEST] for at in range(len(data) - SHORTEST + 1)}


def common(left: bytes, right: bytes, allowed: Iterable[bytes]) -> set[bytes]:
    """Runs of SHORTEST bytes that stand in both, and in nothing that all signers share."""
    known = set[bytes]().union(*(stretches(data) for data in allowed))
    found = (stretches(left) & stretches(right)) - known
    # Where padding begins, a run is a byte or two and zeros: that is alike by chance.
    return {run for run in found if run.count(0) <= MOST_ZEROS}


def images(values: list[bytes], keys: Iterable[bytes]) -> Iterator[bytes]:
    """What can be computed from fields: hashes, MACs under what everybody knows, of each and of each pair."""
    joined = [*values, *(a + b for a, b in product(values, repeat=2))]
    for value in joined:
        for name in HASHES:
            yield hashlib.new(name, value).digest()
        for key in keys:
            yield hmac.digest(key, value, "sha256")
    for key, value in product(values, repeat=2):
        yield hmac.digest(key, value, "sha256")


def forms(value: bytes) -> Iterator[bytes]:
    """The first bytes of a value in each form in which it could be written."""
    yield value[:SHORTEST]
    yield value[::-1][:SHORTEST]
    yield value.hex().encode()[: 2 * SHORTEST]
    yield base64.urlsafe_b64encode(value)[: 2 * SHORTEST]


def derivable(source: list[bytes], target: bytes, constants: Iterable[bytes]) -> list[str]:
    """What is computed from `source` and stands in `target`."""
    shared = list(constants)
    own = [value for value in source if value not in shared]
    found = []
    for image in images(own, shared):
        found += [form.hex() for form in forms(image) if form in target]
    return found


def shared_images(left: list[bytes], right: list[bytes], constants: Iterable[bytes]) -> set[bytes]:
    """What can be computed from the one and from the other."""
    shared = list(constants)
    mine = [value for value in left if value not in shared]
    yours = [value for value in right if value not in shared]
    return set(images(mine, shared)) & set(images(yours, shared))
