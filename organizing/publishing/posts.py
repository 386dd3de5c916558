"""Writes posts: saved versions that nobody else reads, and the one step by which everybody does."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from organizing.accounts.access import User
from organizing.drafting import reviewing
from organizing.errors import NotFound, WrongState
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PUBLIC
from organizing.publishing import contents, told
from organizing.publishing.contents import Approval, Content, Facts, Saved, Words
from organizing.publishing.models import Kind, Milestone, Post, PostVersion

_T = TypeVar("_T", Facts, Words)


class Missing(StrEnum):
    """What keeps a post from being published."""

    WORDS = "words"
    HALF = "half"
    DAY = "day"
    FUTURE = "future"
    HOW = "how"
    STANDINGS = "standings"
    BAND = "band"


class Step(StrEnum):
    """What came of an organizer's wish that everybody may read a version."""

    MOVED = "moved"
    WAITING = "waiting"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody typed in one language, and the version that they saw; 0 for a new post."""

    base: int
    language: str
    facts: Facts
    words: Words


@dataclass(frozen=True, slots=True)
class Written:
    """The newest version. `conflict`: somebody changed the same place meanwhile, and nothing was saved."""

    post: Post
    version: int
    conflict: bool = False


def of(petition: Petition) -> list[Post]:
    """All posts about a petition, drafts too."""
    found = list(Post.objects.filter(petition=petition).order_by("id"))
    for post in found:
        post.petition = petition
    return found


def versions(post: Post) -> list[Saved]:
    """All versions, the newest first."""
    return [contents.read(row) for row in post.versions.order_by("-version")]


def version(post: Post, number: int) -> Saved | None:
    """One version; none where there is none, such as number 0."""
    row = post.versions.filter(version=number).first()
    return contents.read(row) if row else None


def head(post: Post) -> Saved | None:
    """The newest version."""
    row = post.versions.order_by("-version").first()
    return contents.read(row) if row else None


@transaction.atomic
def write(
    *, user: User, petition: Petition, post_id: UUID, kind: Kind, writing: Writing, today: date
) -> Written:
    """A new version of a post, which is made when it is new. What others changed elsewhere in it stays.

    Raises WrongState before the petition is frozen, NotFound for a post of another petition or kind.
    """
    _lock(petition.id)
    post, _made = Post.objects.get_or_create(
        id=post_id, defaults={"petition": petition, "kind": kind}
    )
    if (post.petition_id, post.kind) != (petition.id, kind):
        raise NotFound
    newest = head(post)
    before = version(post, writing.base)
    merged = _merge(before, newest, writing)
    number = newest.version if newest else 0
    if merged is None:
        return Written(post, number, conflict=True)
    if newest and merged == newest.content:
        return Written(post, number)
    return Written(post, _save(post, number + 1, merged, user, today))


def _lock(petition_id: UUID) -> Petition:
    petition = Petition.objects.select_for_update().get(id=petition_id)
    if petition.manifest_hash is None:
        raise WrongState
    return petition


def _merge(before: Saved | None, newest: Saved | None, writing: Writing) -> Content | None:
    """What is saved: each of facts and words is taken from whoever changed it; None where both did."""
    base = before.content if before else Content()
    now = newest.content if newest else Content()
    facts = _either(base.facts, now.facts, writing.facts)
    words = _either(base.says(writing.language), now.says(writing.language), writing.words)
    if facts is None or words is None:
        return None
    every = {**now.words, writing.language: words}
    return replace(now, facts=facts, words={code: each for code, each in every.items() if each})


def _either(base: _T, now: _T, typed: _T) -> _T | None:
    if now in (base, typed):
        return typed
    return now if typed == base else None


def _save(post: Post, number: int, content: Content, user: User, today: date) -> int:
    row = PostVersion(post=post, version=number)
    contents.fill(row, content, user.username, today)
    row.save()
    return number


def missing(post: Post, content: Content, today: date) -> list[Missing]:
    """What has to be added before everybody may read it."""
    tests = _about_facts(post, content.facts, today)
    if post.kind != Kind.DELIVERY:
        written = [words for words in content.words.values() if words]
        tests[Missing.WORDS] = not written
        tests[Missing.HALF] = post.kind == Kind.UPDATE and any(
            not (words.title and words.body) for words in written
        )
    return [name for name, true in tests.items() if true]


def _about_facts(post: Post, facts: Facts, today: date) -> dict[Missing, bool]:
    if post.kind == Kind.UPDATE:
        return {}
    answer = post.kind == Kind.ANSWER
    return {
        Missing.DAY: facts.day is None,
        Missing.FUTURE: facts.day is not None and facts.day > today,
        Missing.HOW: not answer and not facts.how,
        Missing.STANDINGS: answer and not all(facts.standings),
        Missing.BAND: bool(facts.band) and facts.band not in _bands(post),
    }


def _bands(post: Post) -> set[str]:
    rows = Milestone.objects.filter(petition_id=post.petition_id)
    return {f"{row.counted}/{row.bound}" for row in rows}


def approving(petition: Petition, saved: Saved) -> tuple[Approval, ...]:
    """The approvals of a version that count: those of people who still organize."""
    still = reviewing.organizers(petition.campaign)
    return tuple(each for each in saved.approvals if each.user in still)


@transaction.atomic
def publish(*, post: Post, number: int, by: User, today: date) -> Step:
    """An organizer wants everybody to read this version from now on; a later one is a correction.

    As many have to want it as approve of a text. Nothing is done when it is not the newest. Raises WrongState before
    the petition is open, while something is missing, or when it is public already.
    """
    petition = _lock(post.petition_id)
    row = PostVersion.objects.filter(post=post).order_by("-version").first()
    if row is None or row.version != number:
        return Step.MOVED
    if petition.state not in PUBLIC or row.published_on:
        raise WrongState
    if missing(post, contents.read(row).content, today):
        raise WrongState
    if not _approve(petition, row, by, today):
        return Step.WAITING
    row.published_on = today
    row.save(update_fields=["published_on"])
    Post.objects.filter(id=post.id, number=None).update(number=_next_number(petition))
    transaction.on_commit(told.forget)
    return Step.PUBLIC


def _approve(petition: Petition, row: PostVersion, by: User, today: date) -> bool:
    """Notes the approval in the version that it is about, and tells whether it was the last one needed."""
    needed, saved = reviewing.approvals_needed(petition.campaign), contents.read(row)
    if needed == 1:
        return True
    others = (each for each in approving(petition, saved) if each.user != by.pk)
    approvals = (*others, Approval(by.pk, by.username, today))
    contents.fill(row, saved.content, saved.by, saved.day, approvals)
    row.save(update_fields=["sealed"])
    return len(approvals) >= needed


def _next_number(petition: Petition) -> int:
    rows = Post.objects.filter(petition=petition)
    newest: int | None = rows.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


@transaction.atomic
def discard(*, post: Post) -> bool:
    """Throws away what is not public yet: the versions since the last public one, or the whole post.

    Whether the post is gone. Raises WrongState where there is nothing to throw away.
    """
    _lock(post.petition_id)
    rows = PostVersion.objects.filter(post=post)
    public = rows.exclude(published_on=None).aggregate(newest=Max("version"))["newest"]
    if public is None:
        Post.objects.filter(id=post.id).delete()
        return True
    gone, _each = rows.filter(version__gt=public).delete()
    if not gone:
        raise WrongState
    return False
