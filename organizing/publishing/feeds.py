"""What has happened, as an Atom feed (RFC 4287). Days alone: every time is midnight UTC."""

from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from organizing.publishing import telling
from organizing.publishing.telling import Line, Page, PostPage

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class _Feed(Atom1Feed):
    """Adds whole contents, the language of each entry, and the day on which the feed itself changed last."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement(
            "content", item["content"], {"type": "html", "xml:lang": item["language"]}
        )

    def latest_post_date(self) -> datetime:
        # Of nothing at all, Django would say that it changed just now.
        return super().latest_post_date() if self.items else self.feed["began"]


def atom(page: Page) -> bytes:
    """The feed in the language of the page."""
    petition = page.petition
    text = petition.texts[page.language].content
    lines = telling.timeline(page)
    feed = _Feed(
        title=text["title"],
        link=settings.SITE_ORIGIN + page.address("petition-updates"),
        description="",
        subtitle=_("What has happened"),
        language=page.language,
        author_name=_("The organizers"),
        feed_url=settings.SITE_ORIGIN + page.address("petition-feed"),
        feed_guid=_tag(page, "updates"),
        began=midnight(date.fromisoformat(_began(page))),
    )
    for line in lines:
        _add(feed, page, line)
    return feed.writeString("utf-8").encode()


def _add(feed: _Feed, page: Page, line: Line) -> None:
    post = telling.post_page(page, line.number) if line.number else None
    link = line.url or f"{page.address('petition-updates')}#{line.key}"
    feed.add_item(
        title=line.title or line.sentence,
        link=settings.SITE_ORIGIN + link,
        description="",
        unique_id=_tag(page, line.key),
        pubdate=midnight(line.changed.first),
        updateddate=midnight(line.changed.last),
        content=_content(line, post),
        language=page.language,
    )


def _content(line: Line, post: PostPage | None) -> str:
    """HTML that readers of feeds show: sanitized as on the page, with every link absolute."""
    context = {"line": line, "post": post, "origin": settings.SITE_ORIGIN}
    return render_to_string("publishing/entry.html", context).strip()


def _tag(page: Page, what: str) -> str:
    """An id that never changes, by RFC 4151: of the public id, whichever link the reader came by."""
    host = urlsplit(settings.SITE_ORIGIN).hostname
    pid = page.petition.manifest.content["petition"]
    return f"tag:{host},{_began(page)}:{pid}/{page.language}/{what}"


def _began(page: Page) -> str:
    """The day on which the petition was frozen: its manifest names it, so it is public."""
    opens: str = page.petition.manifest.content["opens"]
    return opens[:10]


def midnight(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime.combine(day, time.min, UTC)
