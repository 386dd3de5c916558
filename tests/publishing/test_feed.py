"""The feed, read by a feed parser and held against what RFC 4287 demands."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from organizing.petitions.models import Petition
from organizing.publishing.contents import Words, clean
from tests.publishing.telling import TODAY, Desk

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def desk() -> Desk:
    desk = Desk.opened()
    Petition.objects.filter(id=desk.public.id).update(opened_on=TODAY - timedelta(days=9))
    return desk


def tree(desk: Desk, language: str = "en") -> ET.Element:
    return ET.fromstring(desk.read("updates.atom", language))


def texts(element: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{ATOM}{name}")]


def test_a_feed_parser_reads_it_without_complaint(desk: Desk) -> None:
    desk.update()
    desk.answer()
    for language in ("en", "es", "ar"):
        found = feedparser.parse(desk.read("updates.atom", language))
        assert not found.bozo
        assert found.version == "atom10"
        assert found.feed.language == language
        assert len(found.entries) == 3
        assert all(entry.id and entry.title and entry.link for entry in found.entries)
        assert all(entry.updated.endswith("T00:00:00+00:00") for entry in found.entries)


def test_it_has_what_rfc_4287_demands(desk: Desk) -> None:
    desk.update()
    desk.counted(40, mailbox=20)
    desk.release(25)
    feed = tree(desk)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANG) == "en"
    for name in ("id", "title", "updated"):
        assert len(texts(feed, name)) == 1, name
    # An author of the feed stands for every entry.
    assert texts(feed.findall(f"{ATOM}author")[0], "name") == ["The organizers"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    base = f"{settings.SITE_ORIGIN}/p/{desk.public.pid}/en/"
    assert links == {"self": f"{base}updates.atom", "alternate": f"{base}updates/"}
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert len(texts(entry, name)) == 1, name
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("rel") == "alternate"
        assert str(link.get("href")).startswith(base)
    ids = [texts(entry, "id")[0] for entry in entries]
    assert len(set(ids)) == len(ids) == 3
    assert all(each.startswith("tag:127.0.0.1,") for each in ids)


def test_ids_stay_and_days_move_when_something_is_corrected(desk: Desk) -> None:
    post = desk.update()
    before = feedparser.parse(desk.read("updates.atom"))
    desk.write(Words("A meeting on Monday", "Come."), post=post)
    desk.publish(post, TODAY + timedelta(days=2))
    after = feedparser.parse(desk.read("updates.atom"))
    assert [e.id for e in before.entries] == [e.id for e in after.entries]
    assert before.entries[0].updated == "2026-11-24T00:00:00+00:00"
    assert after.entries[0].updated == after.feed.updated == "2026-11-26T00:00:00+00:00"
    assert after.entries[0].published == "2026-11-24T00:00:00+00:00"
    assert "A meeting on Monday" in after.entries[0].title


def test_a_feed_of_nothing_is_whole_and_does_not_change(desk: Desk) -> None:
    Petition.objects.filter(id=desk.public.id).update(opened_on=None)
    first, second = desk.read("updates.atom"), desk.read("updates.atom")
    assert first == second
    found = feedparser.parse(first)
    assert not found.bozo
    assert found.entries == []
    assert found.feed.updated.endswith("T00:00:00+00:00")


@pytest.mark.parametrize("sign", ["\x0b", "\x00", "\x1f", "￾", "\x7f"])
def test_nothing_that_is_pasted_breaks_the_feed(desk: Desk, sign: str) -> None:
    title, body = clean(f"a{sign}b & <c> ]]>"), clean(f"{sign}Text\r\nwith lines")
    desk.update(Words(title, body))
    found = feedparser.parse(desk.read("updates.atom"))
    assert not found.bozo
    assert sign not in found.entries[0].title


def test_an_entry_in_another_language_points_there(desk: Desk) -> None:
    desk.update()
    (entry,) = [
        e for e in feedparser.parse(desk.read("updates.atom", "es")).entries if "update" in e.id
    ]
    assert f"{settings.SITE_ORIGIN}/p/{desk.public.pid}/en/updates/1/" in entry.content[0].value
    assert "canteen" not in entry.content[0].value


def test_pages_name_their_feed(desk: Desk) -> None:
    link = f'<link rel="alternate" type="application/atom+xml" href="/p/{desk.public.pid}/en/updates.atom"'
    desk.update()
    for end in ("", "updates/", "updates/1/"):
        assert link in desk.read(end), end


def test_it_is_served_as_what_it_is(desk: Desk) -> None:
    answer = Client().get(f"/p/{desk.public.pid}/en/updates.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
