"""What is public about a petition, in the language of the page: a timeline, posts, and answers beside demands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organizing.errors import NotFound
from organizing.petitions.days import End
from organizing.petitions.models import State
from organizing.petitions.presenting import Link
from organizing.petitions.rendering import render_markdown
from organizing.petitions.selectors import PUBLIC, PublishedPetition
from organizing.publishing import told
from organizing.publishing.contents import Standing
from organizing.publishing.models import Kind
from organizing.publishing.sentences import STANDINGS, band, delivered, language_name
from organizing.publishing.told import Days, PublicPost, Told

# What happens on one day, from first to last: it opens before anything is told, is delivered once signing has ended,
# and is answered after that.
ORDER = (
    "opened",
    Kind.UPDATE,
    "milestone",
    "closed",
    Kind.DELIVERY,
    Kind.ANSWER,
    "followed",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A petition, what is told about it, and the language of the page that tells it."""

    petition: PublishedPetition
    told: Told
    language: str

    def address(self, name: str, **more: int | str) -> str:
        """Where something of this petition is read in this language."""
        return reverse(name, kwargs={"pid": self.petition.pid, "language": self.language, **more})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline. `title` is in `language`; without a title, `sentence` is all there is."""

    key: str
    kind: str
    day: date
    changed: Days
    sentence: str
    title: str = ""
    language: str = ""
    url: str = ""
    number: int = 0
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the employer says to one demand, and in which language; `elsewhere` where it is in another."""

    number: int
    demand: str
    standing: str
    label: Promise | str
    words: str


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post for reading. `written` is empty where it is not written in this language: `others` are."""

    number: int
    kind: str
    title: str
    body_html: SafeString
    happened: date
    days: Days
    source: str
    answered: list[Answered]
    is_written: bool
    others: list[Link]
    url: str


def page(petition: PublishedPetition, language: str) -> Page:
    """What is told about a petition in one of its languages. Raises NotFound for another."""
    if language not in petition.texts:
        raise NotFound
    return Page(petition, told.about(petition), language)


def timeline(page: Page) -> list[Line]:
    """What has happened, the newest first; nothing before the petition is open to everybody."""
    if page.petition.state not in PUBLIC:
        return []
    lines = [*_course(page), *_bands(page), *(_post(page, post) for post in page.told.posts)]
    return sorted(lines, key=_when, reverse=True)


def _when(line: Line) -> tuple[date, int, int]:
    """Days alone are kept; within one, things stand as they follow from each other."""
    return line.day, ORDER.index(line.kind), line.number


def _course(page: Page) -> Iterator[Line]:
    if page.told.opened:
        yield _simple("opened", page.told.opened, _("The petition opened to everybody."))
    if page.petition.state != State.OPEN:
        # At midnight after its last day, or whenever an organizer closed it.
        last = End(page.petition.issuing_ends_at, page.petition.time_zone)
        yield _simple("closed", last.day, _("Signing ended."))
    yield from _followed(page.petition)


def _followed(petition: PublishedPetition) -> Iterator[Line]:
    """Whoever reads the feed of a petition that is over is asked to sign the version after it."""
    day = petition.next_opened_on
    if day:
        sentence = _("A new version of this petition opened. It is to be signed anew.")
        url = reverse("petition-languages", kwargs={"pid": petition.next_pid})
        key = f"followed-{petition.next_pid}"
        yield Line(key, "followed", day, Days(day), sentence, url=url)


def _simple(key: str, day: date, sentence: str) -> Line:
    return Line(key, key.partition("-")[0], day, Days(day), sentence)


def _bands(page: Page) -> Iterator[Line]:
    for found in page.told.bands:
        key = f"milestone-{found.counted}-{found.bound}"
        yield _simple(key, found.day, band(found.bound, found.counted))


def _post(page: Page, post: PublicPost) -> Line:
    if post.kind == Kind.DELIVERY:
        return Line(_key(post), post.kind, post.happened, post.days, delivered(post.content.facts))
    code = _readable(page, post)
    words = post.content.says(code)
    return Line(
        key=_key(post),
        kind=post.kind,
        day=post.happened,
        changed=post.written.get(page.language, post.days),
        sentence=_("The employer answered.") if post.kind == Kind.ANSWER else "",
        title=words.title,
        language=code,
        url=page.address("petition-update", number=post.number),
        number=post.number,
        elsewhere="" if code == page.language else language_name(code),
    )


def _key(post: PublicPost) -> str:
    return f"{post.kind}-{post.number}"


def _readable(page: Page, post: PublicPost) -> str:
    """This page's language, or the one in which the post was written first."""
    return page.language if page.language in post.written else next(iter(post.written))


def post_page(page: Page, number: int) -> PostPage:
    """One update or answer. Raises NotFound where nothing of that number is public."""
    found = next((post for post in page.told.posts if post.number == number), None)
    if found is None or found.kind == Kind.DELIVERY:
        raise NotFound
    words = found.content.says(page.language)
    return PostPage(
        number=number,
        kind=found.kind,
        title=words.title or (_("The employer’s answer") if found.kind == Kind.ANSWER else ""),
        body_html=render_markdown(words.body),
        happened=found.happened,
        days=found.written.get(page.language, found.days),
        source=found.content.facts.source,
        answered=_answered(page, found),
        is_written=page.language in found.written,
        others=_others(page, found),
        url=page.address("petition-update", number=number),
    )


def _others(page: Page, post: PublicPost) -> list[Link]:
    """The same post in other languages of the petition."""
    return [
        Link(
            code,
            language_name(code),
            replace(page, language=code).address("petition-update", number=post.number),
        )
        for code in page.petition.manifest.texts
        if code != page.language and code in post.written
    ]


def answer_page(page: Page) -> PostPage | None:
    """The employer's newest answer, to stand beside the demands; None before there is one."""
    return post_page(page, page.told.answer.number) if page.told.answer else None


def languages(page: Page) -> list[Link]:
    """The page of everything that has happened, in each language of the petition."""
    return [
        Link(code, language_name(code), replace(page, language=code).address("petition-updates"))
        for code in page.petition.manifest.texts
    ]


def _answered(page: Page, post: PublicPost) -> list[Answered]:
    if post.kind != Kind.ANSWER:
        return []
    demands = page.petition.texts[page.language].content["demands"]
    standings = post.content.facts.standings
    words = post.content.says(page.language).demands
    return [
        Answered(
            number=place + 1,
            demand=demand,
            standing=_at(standings, place) or Standing.SILENT,
            label=STANDINGS.get(_at(standings, place), STANDINGS[Standing.SILENT]),
            words=_at(words, place),
        )
        for place, demand in enumerate(demands)
    ]


def _at(values: tuple[str, ...], place: int) -> str:
    return values[place] if place < len(values) else ""
