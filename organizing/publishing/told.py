"""What everybody can read about a petition, remembered for a second: it is the same for whoever asks."""

import hashlib
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from uuid import UUID

from organizing.petitions.models import Petition
from organizing.petitions.selectors import PUBLIC, PublishedPetition
from organizing.publishing import contents
from organizing.publishing.contents import Content, Saved
from organizing.publishing.models import Kind, Milestone, Post, PostVersion
from organizing.safety.remembering import Remembered


@dataclass(frozen=True, slots=True)
class Days:
    """Since when something is public, and the day of its newest correction."""

    first: date
    corrected: date | None = None

    @property
    def last(self) -> date:
        """The day of the last change."""
        return self.corrected or self.first


@dataclass(frozen=True, slots=True)
class PublicPost:
    """A post as published last. `written` has the days of each language that it is written in."""

    kind: Kind
    number: int
    content: Content
    days: Days
    written: dict[str, Days]

    @property
    def happened(self) -> date:
        """The day that it is about; for an update, the day on which it was published."""
        return self.content.facts.day or self.days.first


@dataclass(frozen=True, slots=True)
class PublicBand:
    """More than `bound` of `counted` had signed by `day`."""

    counted: str
    bound: int
    day: date


@dataclass(frozen=True, slots=True)
class Told:
    """Everything about one petition. `stamp` is another one whenever anything in it is."""

    posts: tuple[PublicPost, ...] = ()
    bands: tuple[PublicBand, ...] = ()
    opened: date | None = None
    stamp: str = ""

    @property
    def answer(self) -> PublicPost | None:
        """The employer's newest answer."""
        answers = [post for post in self.posts if post.kind == Kind.ANSWER]
        return max(answers, key=lambda post: (post.happened, post.number), default=None)


NOTHING = Told()
_remembered = Remembered[UUID, Told]()


def about(petition: PublishedPetition) -> Told:
    """What is public about a petition; nothing before it is open to everybody."""
    if petition.state not in PUBLIC:
        return NOTHING
    key = petition.id
    return _remembered.get(key, lambda: _read(key))


def forget() -> None:
    """Drops what this process remembers, after something was published."""
    _remembered.forget()


def _read(petition_id: UUID) -> Told:
    posts, bands = _posts(petition_id), _bands(petition_id)
    opened = Petition.objects.filter(id=petition_id).values_list("opened_on", flat=True).first()
    stamp = hashlib.sha256(repr((posts, bands, opened)).encode()).hexdigest()
    return Told(posts, bands, opened, stamp)


def _bands(petition_id: UUID) -> tuple[PublicBand, ...]:
    rows = Milestone.objects.filter(petition_id=petition_id).order_by("day", "bound")
    return tuple(PublicBand(row.counted, row.bound, row.day) for row in rows)


def _posts(petition_id: UUID) -> tuple[PublicPost, ...]:
    """All posts in two reads; drafts, and corrections that are not published yet, are not among what is read."""
    posts = Post.objects.filter(petition_id=petition_id).exclude(number=None).in_bulk()
    rows = PostVersion.objects.filter(post__in=posts).exclude(published_on=None)
    by_post = groupby(rows.order_by("post_id", "version"), key=lambda row: row.post_id)
    found = [_public(posts[key], [contents.read(row) for row in group]) for key, group in by_post]
    return tuple(sorted(found, key=lambda post: post.number))


def _public(post: Post, saved: list[Saved]) -> PublicPost:
    newest = saved[-1].content
    written = {code: _days(saved, code) for code in newest.words}
    return PublicPost(Kind(post.kind), post.number or 0, newest, _days(saved), written)


def _days(saved: list[Saved], language: str = "") -> Days:
    """Days of one language, or of the whole post. What is the same in every language counts for each of them."""
    versions = [each for each in saved if not language or each.content.says(language)]
    first = versions[0].published_on or versions[0].day
    corrected = [
        after.published_on
        for before, after in pairwise(versions)
        if _differs(before.content, after.content, language)
    ]
    return Days(first, corrected[-1] if corrected else None)


def _differs(before: Content, after: Content, language: str) -> bool:
    if before.facts != after.facts:
        return True
    if language:
        return before.says(language) != after.says(language)
    # Another language that came later is no correction of what was there.
    return any(before.words[code] != after.says(code) for code in before.words)
