"""The petition's page, updates and feed: the same bytes for everyone, whether they come for the first time or daily."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from organizing.errors import NotFound
from organizing.petitions.selectors import PUBLIC, published
from organizing.petitions.views import made_once, public_page, same_page
from organizing.publishing import feeds, telling
from organizing.publishing.telling import Page

# A page that many read shows the newest lines; all of them are a page of their own.
SHOWN = 6


@public_page
def petition(_request: HttpRequest, pid: str, language: str) -> HttpResponse:
    """The petition, and all of signing; with what has happened, and what the employer answers."""
    page = telling.page(published(pid), language)

    def more() -> dict[str, Any]:
        lines, answer = telling.timeline(page), telling.answer_page(page)
        return {
            **_addresses(page),
            "lines": lines[:SHOWN],
            "told": page.told,
            "answer": answer,
            "answers": answer.answered if answer else [],
        }

    return same_page("petitions/petition.html", page.petition, language, page.told.stamp, more)


def _public(pid: str, language: str) -> Page:
    """Before a petition is open to everybody there is nothing to tell, and no address for it."""
    page = telling.page(published(pid), language)
    if page.petition.state not in PUBLIC:
        raise NotFound
    return page


def _addresses(page: Page) -> dict[str, Any]:
    if page.petition.state not in PUBLIC:
        return {}
    return {
        "updates_url": page.address("petition-updates"),
        "feed_url": page.address("petition-feed"),
        "feed_address": settings.SITE_ORIGIN + page.address("petition-feed"),
    }


@public_page
def updates(_request: HttpRequest, pid: str, language: str) -> HttpResponse:
    """Everything that has happened, the newest first."""
    page = _public(pid, language)
    return same_page(
        "publishing/updates.html",
        page.petition,
        language,
        page.told.stamp,
        lambda: {
            **_addresses(page),
            "lines": telling.timeline(page),
            "languages": telling.languages(page),
        },
    )


@public_page
def update(_request: HttpRequest, pid: str, language: str, number: int) -> HttpResponse:
    """One update, or an answer of the employer."""
    page = _public(pid, language)
    return same_page(
        "publishing/update.html",
        page.petition,
        language,
        f"{number} {page.told.stamp}",
        lambda: {**_addresses(page), "post": telling.post_page(page, number)},
    )


@public_page
def feed(_request: HttpRequest, pid: str, language: str) -> HttpResponse:
    """The same as an Atom feed (RFC 4287): nobody leaves an address to be told."""
    page = _public(pid, language)
    data = made_once(("feed", language, page.told.stamp), page.petition, lambda: feeds.atom(page))
    return HttpResponse(data, feeds.CONTENT_TYPE)
