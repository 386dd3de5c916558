"""Every address of the site, from the URL configuration itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


def _walk(
    patterns: list[URLPattern | URLResolver], parts: frozenset[str] = frozenset()
) -> Iterator[tuple[URLPattern, frozenset[str]]]:
    for pattern in patterns:
        found = parts | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, found)
        else:
            yield pattern, found


@cache
def addresses() -> dict[str, frozenset[str]]:
    """Names of all addresses, and the names of their parts."""
    found: dict[str, frozenset[str]] = {}
    for pattern, parts in _walk(get_resolver().url_patterns):
        name = pattern.name or f"nameless {pattern.pattern}"
        assert name not in found, f"two addresses are called {name}"
        found[name] = parts
    return found
