"""What the workspace shows of posts: the list, and each as readers will see it."""

from dataclasses import dataclass, replace
from datetime import date

from organizing.accounts.access import User
from organizing.drafting import flags, reviewing
from organizing.drafting.kinds import KINDS
from organizing.drafting.kinds import Kind as Trouble
from organizing.drafting.selectors import small_units
from organizing.errors import NotFound
from organizing.petitions import selectors as petitions
from organizing.petitions.languages import Language
from organizing.petitions.languages import language as language_of
from organizing.petitions.models import Petition
from organizing.publishing import milestones, posts, sentences, telling
from organizing.publishing.contents import Approval, Content, Saved, Words
from organizing.publishing.models import Kind, Post
from organizing.publishing.telling import Page, PostPage
from organizing.publishing.told import Days, PublicPost, Told


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in the list. `public` is its newest public version; `is_changed` where a later one waits."""

    post: Post
    head: Saved
    title: str
    public: Saved | None

    @property
    def is_changed(self) -> bool:
        """Whether there is something that readers do not see yet."""
        return self.head.published_on is None


@dataclass(frozen=True, slots=True)
class Shown:
    """A post in one language as its readers will see it; a delivery is one sentence."""

    language: Language
    page: PostPage | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Approving:
    """Who wants a version to be public, of those who still organize; how many more have to; whether one has."""

    given: tuple[Approval, ...]
    missing: int
    has_approved: bool

    @property
    def is_last(self) -> bool:
        """Whether the next approval makes it public."""
        return self.missing <= 1


@dataclass(frozen=True, slots=True)
class Found:
    """Words that could give somebody away, for drafting/flags.html."""

    words: str
    kind: Trouble


def approving(post: Post, saved: Saved, user: User) -> Approving:
    """Where a version stands, for one who looks at it."""
    given = posts.approving(post.petition, saved)
    needed = reviewing.approvals_needed(post.petition.campaign)
    mine = any(each.user == user.pk for each in given)
    return Approving(given, max(0, needed - len(given)), mine)


def entries(petition: Petition) -> list[Entry]:
    """All posts: what waits first, then what is public, each the newest first."""
    found = [_entry(post, posts.versions(post)) for post in posts.of(petition)]
    return sorted(found, key=lambda e: (not e.is_changed, -(e.post.number or 0)))


def _entry(post: Post, saved: list[Saved]) -> Entry:
    public = next((each for each in saved if each.published_on), None)
    return Entry(post, saved[0], title(post, saved[0].content), public)


def title(post: Post, content: Content) -> str:
    """What the list calls a post: its title in the first language that has one, or nothing."""
    if post.kind == Kind.DELIVERY:
        return sentences.delivered(content.facts) if content.facts.how else ""
    return next((words.title for words in content.words.values() if words.title), "")


def languages(petition: Petition) -> list[Language]:
    """The petition's languages, in the order in which they came in."""
    return [language_of(code) for code in petition.languages]


def demands(petition: Petition, language: str) -> list[str]:
    """The frozen demands in one language. Raises NotFound for a language that the petition has not."""
    text = _public(petition).texts.get(language)
    if text is None:
        raise NotFound
    return list(text.content["demands"])


def _public(petition: Petition) -> petitions.PublishedPetition:
    return petitions.publish(petition, petition.public_id)


def bands_with_days(petition: Petition) -> list[tuple[date, str]]:
    """Released bands as sentences, with their days, the newest first."""
    found = milestones.released(petition)
    return [(row.day, sentences.band(row.bound, row.counted)) for row in found]


def bands(petition: Petition) -> list[tuple[str, str]]:
    """Released bands as choices of a form."""
    names = [f"{row.counted}/{row.bound}" for row in milestones.released(petition)]
    return [(name, sentences.named_band(name)) for name in names]


def shown(post: Post, content: Content, today: date, only: str = "") -> list[Shown]:
    """A post as its readers will see it, in each language that it is written in, or in `only` one."""
    codes = [only] if only else [c for c in post.petition.languages if content.says(c)]
    if post.kind == Kind.DELIVERY:
        language = language_of(only or post.petition.languages[0])
        return [Shown(language, None, sentences.delivered(content.facts))]
    found = _page(post, content, today)
    return [
        Shown(language_of(code), telling.post_page(replace(found, language=code), 1), "")
        for code in codes
    ]


def _page(post: Post, content: Content, today: date) -> Page:
    days = {code: Days(today) for code in content.words}
    public = PublicPost(Kind(post.kind), 1, content, Days(today), days)
    return Page(_public(post.petition), Told((public,)), post.petition.languages[0])


def flagged(petition: Petition, words: Words, language: str) -> list[Found]:
    """What could give somebody away."""
    text = "\n".join((words.title, words.body, *words.demands))
    found = flags.find(text, language, small_units(petition))
    return [Found(flag.words, KINDS[flag.kind]) for flag in found]


def all_flagged(petition: Petition, content: Content) -> list[Found]:
    """The same of a whole post."""
    each = (flagged(petition, words, code) for code, words in content.words.items())
    return [found for some in each for found in some]
