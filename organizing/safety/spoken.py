"""Which language is spoken to whoever names one, in an address or in a request."""

from django.conf import settings


def spoken(language: str) -> str:
    """The same language where the site has its sentences in it, else English.

    Nothing else reaches Django: it would read its catalogues anew for each name, and keep half a megabyte of them for
    good, whether there is such a language or not.
    """
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
