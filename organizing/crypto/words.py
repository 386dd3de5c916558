"""Twelve words for sixteen bytes: BIP-39, English, no passphrase (docs/protocol.md section 4)."""

import re
from functools import lru_cache

from mnemonic import Mnemonic

SECRET_BYTES = 16
WORD_COUNT = 12


class WordsError(ValueError):
    """Words that are not a receipt. `position` counts from 1 where one word is to blame."""

    def __init__(self, reason: str, position: int | None = None, word: str = "") -> None:
        super().__init__(reason)
        self.reason, self.position, self.word = reason, position, word


@lru_cache(maxsize=1)
def _english() -> Mnemonic:
    return Mnemonic("english")


def words_of(secret: bytes) -> list[str]:
    """The twelve words of a 16-byte secret."""
    return str(_english().to_mnemonic(secret)).split()


def secret_of(text: str) -> bytes:
    """The 16-byte secret of twelve words in any case, numbered or not, with anything but letters between them.

    Raises WordsError with reason "count", "word" (naming the first unknown one) or "checksum".
    """
    # Letters alone: numbers and dots of a printed list come along when it is copied.
    given = re.findall(r"[^\W\d_]+", text.lower())
    for position, word in enumerate(given, start=1):
        if word not in _english().wordlist:
            raise WordsError("word", position, word)
    if len(given) != WORD_COUNT:
        raise WordsError("count")
    if not _english().check(" ".join(given)):
        raise WordsError("checksum")
    return bytes(_english().to_entropy(given))
