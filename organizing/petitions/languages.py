"""The languages that a petition can be written in."""

from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from organizing.errors import NotFound
from organizing.petitions.models import Petition

LANGUAGES = ("en", "es", "fr", "de", "pl", "zh-hans", "ar")


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name, and how it is written."""

    code: str
    name: str
    rtl: bool


def language(code: str) -> Language:
    """A language that a petition can be written in."""
    info = LANG_INFO.get(code, {})
    return Language(code, str(info.get("name_local", code)), bool(info.get("bidi")))


def known_language(petition: Petition, code: str) -> Language:
    """The language, if a petition can have it. Raises NotFound."""
    if code not in LANGUAGES and code not in petition.languages:
        raise NotFound
    return language(code)
