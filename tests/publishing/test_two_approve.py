"""Where a campaign asks for two organizers, two want an update to be public, and each the same version of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Membership, Role, User
from organizing.drafting import reviewing
from organizing.drafting.access import seat_for
from organizing.drafting.models import ReviewRule
from organizing.publishing import posts, told
from organizing.publishing.contents import Words
from organizing.publishing.models import Post
from organizing.publishing.posts import Step
from tests.accounts.people import enter, make_person
from tests.at_once import at_once
from tests.publishing.telling import TODAY, Desk, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return strict_desk()


def strict_desk() -> Desk:
    """At an open petition of a campaign in which two have to approve; Heron and Kite organize it."""
    desk = Desk.opened()
    writer(desk.petition, "Kite")
    ReviewRule.objects.create(campaign=desk.petition.campaign, approvals=2)
    return desk


def kite() -> User:
    return User.objects.get(username="Kite")


def approve(desk: Desk, post: Post, by: User, number: int = 1) -> Step:
    return posts.publish(post=post, number=number, by=by, today=TODAY)


def public(desk: Desk) -> int:
    told.forget()
    return len(told.about(desk.public).posts)


def test_one_organizer_alone_publishes_nothing(desk: Desk) -> None:
    post = desk.write().post
    assert approve(desk, post, desk.user) is Step.WAITING
    assert approve(desk, post, desk.user) is Step.WAITING
    assert public(desk) == 0
    assert approve(desk, post, kite()) is Step.PUBLIC
    assert public(desk) == 1


def test_an_approval_is_of_one_version_alone(desk: Desk) -> None:
    post = desk.write().post
    approve(desk, post, desk.user)
    desk.write(Words("Another title", "Other words"), post=post)
    assert approve(desk, post, kite(), 1) is Step.MOVED
    assert approve(desk, post, kite(), 2) is Step.WAITING
    assert public(desk) == 0
    assert approve(desk, post, desk.user, 2) is Step.PUBLIC


def test_a_correction_needs_two_again(desk: Desk) -> None:
    post = desk.write().post
    for by in (desk.user, kite()):
        approve(desk, post, by)
    desk.write(Words("Corrected", "Words"), post=post)
    assert approve(desk, post, kite(), 2) is Step.WAITING
    told.forget()
    assert told.about(desk.public).posts[0].content.says("en").title == "A meeting on Friday"


def test_whoever_organizes_no_more_is_not_counted(desk: Desk) -> None:
    post = desk.write().post
    approve(desk, post, kite())
    Membership.objects.filter(user=kite()).delete()
    writer(desk.petition, "Wren")
    assert approve(desk, post, desk.user) is Step.WAITING
    assert approve(desk, post, User.objects.get(username="Wren")) is Step.PUBLIC


def test_the_rule_can_be_lowered_by_two_although_the_text_is_frozen(desk: Desk) -> None:
    for by, done in ((desk.user, False), (kite(), True)):
        seat = seat_for(by, desk.petition.id)
        assert reviewing.set_rule(seat=seat, approvals=1, today=TODAY) is done
    post = desk.write().post
    assert approve(desk, post, desk.user) is Step.PUBLIC


def test_nothing_is_written_of_who_published_where_one_is_enough() -> None:
    desk = Desk.opened()
    assert posts.versions(desk.update())[0].approvals == ()


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_publish_it_once() -> None:
    desk = strict_desk()
    post = desk.write().post
    found = at_once([partial(approve, desk, post, by) for by in (desk.user, kite())])
    assert sorted(str(each) for each in found) == ["public", "waiting"]
    assert public(desk) == 1


@dataclass
class Hand:
    """An organizer's browser, at one post."""

    client: Client
    post: Post

    def page(self) -> str:
        address = reverse("workspace-news-post", args=[self.post.petition_id, self.post.id])
        return str(self.client.get(address).content.decode())

    def press(self) -> str:
        address = reverse("workspace-news-publish", args=[self.post.petition_id, self.post.id])
        return str(self.client.post(address, {"version": "1"}, follow=True).content.decode())


def hand(desk: Desk, name: str, post: Post) -> Hand:
    person = make_person(name)
    Membership.objects.create(
        campaign=desk.petition.campaign, user=person.user, role=Role.ORGANIZER
    )
    return Hand(enter(person), post)


def test_the_page_says_whose_turn_it_is(desk: Desk) -> None:
    post = desk.write().post
    one, two = (hand(desk, name, post) for name in ("Rook", "Wren"))
    assert "Yours is the first approval" in one.page()
    assert "Approve of it</button>" in one.page()
    assert "You have approved of it." in one.press()
    assert "publish/" not in one.page()
    shown = two.page()
    assert "Rook" in shown
    assert "Publish</button>" in shown
    assert "Published." in two.press()
