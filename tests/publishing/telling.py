"""A petition that is open, and posts and bands about it, made through the services."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.test import Client

from organizing.accounts.models import Membership, Role, User
from organizing.petitions import selectors
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PublishedPetition
from organizing.publishing import milestones, posts, told
from organizing.publishing.contents import Facts, Standing, Words
from organizing.publishing.milestones import Offer
from organizing.publishing.models import Counted, Kind, Milestone, Post
from organizing.publishing.posts import Writing
from organizing.signing.models import Tally
from tests import factories

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
UPDATE = Words("A meeting on Friday", "Come to the **canteen** at noon.")
ANSWER = Words("", "They will *think about it*.", ("Not now.", ""))
ANSWERED = Facts(
    day=TODAY, source="Mail to all staff", standings=(Standing.REFUSED, Standing.PARTLY)
)


def writer(petition: Petition, name: str = "Heron", role: Role = Role.ORGANIZER) -> User:
    """A member of the petition's campaign."""
    user = User.objects.filter(username=name).first() or User.objects.create_user(name, "x")
    Membership.objects.get_or_create(campaign=petition.campaign, user=user, defaults={"role": role})
    return user


@dataclass
class Desk:
    """Where posts about one petition are written."""

    public: PublishedPetition
    user: User = field(init=False)

    def __post_init__(self) -> None:
        self.user = writer(self.petition)

    @classmethod
    def opened(cls, wanted: factories.Wanted | None = None) -> Desk:
        """At a petition that is open to everybody."""
        return cls(factories.opened(wanted or factories.Wanted()))

    @property
    def petition(self) -> Petition:
        return Petition.objects.select_related("campaign").get(id=self.public.id)

    def write(
        self,
        words: Words = UPDATE,
        language: str = "en",
        post: Post | None = None,
        facts: Facts | None = None,
        kind: Kind = Kind.UPDATE,
        base: int | None = None,
    ) -> posts.Written:
        """Saves a version, of a new post where none is given."""
        newest = posts.head(post) if post else None
        seen = base if base is not None else (newest.version if newest else 0)
        return posts.write(
            user=self.user,
            petition=self.petition,
            post_id=post.id if post else uuid.uuid4(),
            kind=kind,
            writing=Writing(seen, language, facts or Facts(), words),
            today=TODAY,
        )

    def publish(self, post: Post, today: date = TODAY) -> Post:
        """Makes the newest version public."""
        newest = posts.head(post)
        assert newest is not None
        step = posts.publish(post=post, number=newest.version, by=self.user, today=today)
        assert step is posts.Step.PUBLIC
        post.refresh_from_db()
        told.forget()
        return post

    def update(self, words: Words = UPDATE, language: str = "en", today: date = TODAY) -> Post:
        """A published update."""
        return self.publish(self.write(words, language).post, today)

    def answer(self, words: Words = ANSWER, facts: Facts = ANSWERED) -> Post:
        """A published answer of the employer."""
        return self.publish(self.write(words, facts=facts, kind=Kind.ANSWER).post)

    def counted(self, independent: int, mailbox: int = 0) -> None:
        """As if batches had counted so many."""
        for proof_class, total in ((1, independent), (2, mailbox)):
            Tally.objects.update_or_create(
                petition_id=self.public.id,
                proof_class=proof_class,
                defaults={"total": total, "batches": 1, "due_at": NOW},
            )

    def release(self, bound: int, counted: Counted = Counted.ALL, now: datetime = NOW) -> Milestone:
        """Makes a band public."""
        made = milestones.release(petition=self.petition, offer=Offer(counted, bound), now=now)
        told.forget()
        return made

    def read(self, end: str = "", language: str = "en", pid: str = "") -> str:
        """A public page as a stranger sees it."""
        selectors.forget_published()
        told.forget()
        answer = Client().get(f"/p/{pid or self.public.pid}/{language}/{end}")
        assert answer.status_code == 200, (end, answer.status_code)
        return answer.content.decode()
