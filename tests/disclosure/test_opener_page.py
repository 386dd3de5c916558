"""The public page about the offline opener: the same for everyone, with the fingerprint of what it offers."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from organizing.disclosure import opener_files
from organizing.errors import NotFound


def built(language: str) -> Path:
    found = finders.find(f"organizing/build/opener-{language}.html")
    assert isinstance(found, str), "the browser modules have not been built: run make setup"
    return Path(found)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_the_page_gives_the_fingerprint_of_the_file_that_it_offers(language: str) -> None:
    page = Client().get(f"/opener/{language}/")
    digits = hashlib.sha256(built(language).read_bytes()).hexdigest()
    assert page.status_code == 200
    # As it is copied: the groups are style.
    assert digits in re.sub(r"<[^>]*>", "", page.content.decode())
    assert f'download="opener-{language}.html"' in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()


def test_the_page_sets_no_cookie_and_is_the_same_for_everyone() -> None:
    pages = [
        Client(headers={"Accept-Language": language, "User-Agent": agent}).get("/opener/en/")
        for language, agent in (("en", "A"), ("ar", "B"))
    ]
    assert pages[0].content == pages[1].content
    assert not any(page.cookies for page in pages)
    assert "Vary" not in pages[0].headers


@pytest.mark.parametrize("path", ["/opener/xx/", "/opener/../en/", "/opener/EN/"])
def test_another_language_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_nothing_is_changed_by_the_page() -> None:
    assert Client().post("/opener/en/").status_code == 405


def test_an_opener_that_was_not_built_is_said_so() -> None:
    with mock.patch.object(opener_files, "opener_file", side_effect=NotFound):
        page = Client().get("/opener/en/").content.decode()
    assert "The opener has not been built on this server." in page
    assert "organizing.disclosure.opener" in page
