"""What is not there is said in the language of its address, in the same bytes to everybody."""

from __future__ import annotations

import pytest
from django.test import Client

ADDRESSES = [
    ("/es/nada", "es"),
    ("/ar/nada/more", "ar"),
    ("/p/nothing/es/", "es"),
    ("/p/nothing/ar/nada", "ar"),
    ("/p/nothing/en/receipt/x", "en"),
    ("/p/nothing/zz/x/y", "en"),
    ("/p/nothing/fr/", "en"),
    ("/p/nothing/zz/receipt/", "en"),
    ("/opener/zz/", "en"),
    ("/opener/es/x", "es"),
]
VISITORS: list[dict[str, str]] = [
    {"HTTP_ACCEPT_LANGUAGE": "fr"},
    {"HTTP_ACCEPT_LANGUAGE": "ar"},
    {"HTTP_COOKIE": "django_language=ar; sessionid=x"},
]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "language"), ADDRESSES)
def test_an_address_names_the_language_and_nothing_else_does(path: str, language: str) -> None:
    plain = Client().get(path)
    assert plain.status_code == 404
    assert f'<html lang="{language}"' in plain.content.decode()
    for visitor in VISITORS:
        answer = Client().get(path, **visitor)  # type: ignore[arg-type]  # headers by name
        assert answer.content == plain.content
        assert dict(answer.items()) == dict(plain.items())
        assert not answer.cookies
        assert "Vary" not in answer


@pytest.mark.parametrize("path", ["/es", "/ar", "/p/nothing/es", "/p/nothing/es/receipt"])
def test_a_slash_that_is_missing_is_still_added(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 301
    assert answer["Location"] == f"{path}/"
