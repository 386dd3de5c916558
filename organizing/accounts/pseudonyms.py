"""Pseudonyms: none that is an address, and none that looks like another's by a trick of writing."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_MARKS = frozenset(" -_.+'’")
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))


def read(typed: str) -> str:
    """As it is kept: in Unicode's form NFKC, with one space between words. Raises ValidationError.

    Letters are of one script, digits and a few marks besides: a Cyrillic letter among Latin ones, or a character
    that nobody sees, would let somebody sit among the others under a name that they trust.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if "@" in name:
        raise ValidationError(
            _("This looks like an e-mail address. Choose a name that nobody knows you by.")
        )
    if not all(_is_seen(character) for character in name):
        raise ValidationError(
            _(
                "A pseudonym has letters, digits, spaces and hyphens, and nothing that cannot be seen."
            )
        )
    if len({_script(character) for character in name if character.isalpha()}) > 1:
        raise ValidationError(
            _(
                "Write the pseudonym in one alphabet: letters of two can make it look like somebody else’s."
            )
        )
    return name


def _is_seen(character: str) -> bool:
    # Letters, the marks that belong to them, and digits. An accent that is no part of a letter can hide above one.
    if character in _ACCENTS:
        return False
    return unicodedata.category(character)[0] in "LMN" or character in _MARKS


def _script(letter: str) -> str:
    """The first word of a letter's name is its script: LATIN, CYRILLIC, ARABIC."""
    script = unicodedata.name(letter, "UNNAMED").partition(" ")[0]
    # Written side by side in one word of Japanese.
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "CJK") else script
