"""The workspace's pages: drafters write, organizers publish, and nothing that somebody typed is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Role
from organizing.publishing import posts
from organizing.publishing.contents import Words
from organizing.publishing.models import Milestone, Post
from tests import factories
from tests.accounts.people import enter, member
from tests.publishing.telling import UPDATE, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk.opened(factories.Wanted(mailbox=False))


@dataclass
class Hand:
    """A browser of a member, at one petition."""

    client: Client
    desk: Desk

    def url(self, name: str = "", *rest: object) -> str:
        return reverse(f"workspace-news{name}", args=[self.desk.public.id, *rest])

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer
        return str(answer.content.decode())

    def typed(self, address: str, **fields: str) -> dict[str, str]:
        """What a browser would send: hidden fields as they stand in the page."""
        hidden = re.findall(
            r'<input type="hidden" name="(base|post_id)" value="([^"]*)"', self.page(address)
        )
        return {**dict(hidden), **fields}

    def save(self, address: str, **fields: str) -> str:
        """Saves, and returns where the post is."""
        answer = self.client.post(address, self.typed(address, **fields))
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def publish(self, address: str) -> str:
        """Presses the button of the page, and returns the page that comes."""
        found = re.search(r'name="version" value="(\d+)"', self.page(address))
        assert found
        answer = self.client.post(f"{address}publish/", {"version": found[1]}, follow=True)
        return str(answer.content.decode())


@pytest.fixture
def organizer(desk: Desk) -> Hand:
    return Hand(enter(member(desk.petition.campaign, "Wren", Role.ORGANIZER)), desk)


@pytest.fixture
def drafter(desk: Desk) -> Hand:
    return Hand(enter(member(desk.petition.campaign, "Swift", Role.DRAFTER)), desk)


def test_a_drafter_writes_an_organizer_publishes_and_readers_read(
    desk: Desk, drafter: Hand, organizer: Hand
) -> None:
    post = drafter.save(
        drafter.url("-new", "update", "en"), title="On Friday", body="Come to the **canteen**."
    )
    shown = drafter.page(post)
    assert "<strong>canteen</strong>" in shown
    assert "An organizer publishes it." in shown
    assert "Publish</button>" not in shown
    assert "Swift" in shown
    assert "On Friday" not in desk.read("updates/")
    assert "Published." in organizer.publish(post)
    assert "On Friday" in desk.read("updates/")


def test_showing_saves_nothing_and_says_what_could_give_somebody_away(drafter: Hand) -> None:
    new = drafter.url("-new", "update", "en")
    body = "Write to **jo@example.com** <script>alert(1)</script>"
    answer = drafter.client.post(new, drafter.typed(new, title="T", body=body, show=""))
    shown = answer.content.decode()
    assert "<strong>" in shown
    assert "<script>alert" not in shown
    assert "E-mail address" in shown
    assert not Post.objects.exists()
    # Nothing leads to a post that is not there yet.
    for link in re.findall(r'href="(/workspace/[^"]*)"', shown):
        assert drafter.client.get(link).status_code == 200, link


def test_a_form_sent_twice_makes_one_post(drafter: Hand) -> None:
    new = drafter.url("-new", "update", "en")
    typed = drafter.typed(new, title="Once", body="is enough")
    first, second = (drafter.client.post(new, typed)["Location"] for _ in range(2))
    assert first == second
    assert Post.objects.count() == 1


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(
    desk: Desk, drafter: Hand, organizer: Hand
) -> None:
    made = desk.write().post
    write = drafter.url("-write", made.id, "en")
    mine = drafter.typed(write, title="Mine alone", body="My words.")
    organizer.save(organizer.url("-write", made.id, "en"), title="Theirs", body="Their words.")
    answer = drafter.client.post(write, mine)
    shown = answer.content.decode()
    assert "\nMine alone</textarea>" in shown
    assert "Their words." in shown
    assert "Somebody else saved a version" in shown
    base = re.search(r'name="base" value="(\d+)"', shown)
    assert base
    answer = drafter.client.post(write, {**mine, "base": base[1]})
    assert "Mine alone" in drafter.page(answer["Location"])


def test_a_translation_is_written_beside_and_published_with_the_next_version(
    desk: Desk, organizer: Hand
) -> None:
    post = desk.update()
    organizer.save(organizer.url("-write", post.id, "ar"), title="اجتماع", body="يوم الجمعة.")
    write = organizer.page(organizer.url("-write", post.id, "ar"))
    assert 'lang="ar" dir="rtl"' in write
    assert "اجتماع" not in desk.read("updates/", "ar")
    organizer.publish(organizer.url("-post", post.id))
    assert "اجتماع" in desk.read("updates/", "ar")
    assert "Corrected" not in desk.read("updates/")


def test_an_answer_is_written_demand_by_demand(desk: Desk, organizer: Hand) -> None:
    today = timezone.now().date().isoformat()
    new = organizer.url("-new", "answer", "en")
    assert "End it." in organizer.page(new)
    post = organizer.save(new, day=today, standing_0="refused", words_0="No.", body="They wrote.")
    assert "What the employer says to a demand is missing." in organizer.page(post)
    write = f"{post}write/en/"
    assert "No." in organizer.page(write)
    fields = {"standing_0": "refused", "standing_1": "met", "words_0": "No.", "body": "They wrote."}
    organizer.save(write, day=today, source="Mail to all", **fields)
    organizer.publish(post)
    assert desk.read().count('class="answered"') == 2


def test_a_delivery_is_noted_with_a_number_that_is_released(desk: Desk, organizer: Hand) -> None:
    desk.counted(60)
    today = timezone.now().date().isoformat()
    new = organizer.url("-new", "delivery", "en")
    assert "More than 50 had signed." not in organizer.page(new)
    desk.release(50)
    post = organizer.save(new, day=today, how="by hand", band="all/50")
    organizer.publish(post)
    assert "handed over in person. More than 50 had signed." in desk.read("updates/")


def test_a_number_is_released_after_it_was_talked_about(desk: Desk, organizer: Hand) -> None:
    desk.counted(640)
    release = organizer.url("-release")
    assert "More than 500 had signed." in organizer.page(release)
    answer = organizer.client.post(release, {"offer": "all/500"})
    assert "Talk about it first" in answer.content.decode()
    assert not Milestone.objects.exists()
    answer = organizer.client.post(release, {"offer": "all/500", "understood": "on"}, follow=True)
    assert "Released." in answer.content.decode()
    assert "More than 500 had signed." in desk.read()
    assert "Three days lie between two releases" in organizer.page(release)


def test_a_number_that_is_not_offered_is_refused_with_a_sentence(
    desk: Desk, organizer: Hand
) -> None:
    desk.counted(60)
    answer = organizer.client.post(
        organizer.url("-release"), {"offer": "all/1000", "understood": "on"}
    )
    assert answer.status_code == 400
    assert not Milestone.objects.exists()


def test_the_list_says_what_waits(desk: Desk, drafter: Hand) -> None:
    post = desk.update()
    desk.write(Words("Corrected title", UPDATE.body), post=post)
    desk.write(Words("New one", "Text"))
    shown = drafter.page(drafter.url())
    assert "correction not published" in shown
    assert "New one" in shown
    assert "Release a number" not in shown


def test_what_was_not_published_is_thrown_away(desk: Desk, drafter: Hand) -> None:
    post = desk.write().post
    drafter.client.post(drafter.url("-discard", post.id))
    assert not Post.objects.exists()


def test_a_version_that_was_not_shown_is_not_published(desk: Desk, organizer: Hand) -> None:
    post = desk.write().post
    desk.write(Words("Other", "words"), post=post)
    answer = organizer.client.post(
        organizer.url("-publish", post.id), {"version": "1"}, follow=True
    )
    assert "Somebody has saved another version since." in answer.content.decode()
    assert "Other" not in desk.read("updates/")


def test_there_is_nothing_to_tell_about_a_text_that_is_not_frozen(desk: Desk) -> None:
    draft = factories.draft(of=desk.petition.campaign)
    hand = Hand(enter(member(desk.petition.campaign, "Kite", Role.ORGANIZER)), desk)
    for name, rest in (("", []), ("-new", ["update", "en"])):
        url = reverse(f"workspace-news{name}", args=[draft.id, *rest])
        assert hand.client.get(url).status_code == 409


def test_a_kind_or_language_that_is_none_is_not_there(organizer: Hand) -> None:
    for rest in (("nothing", "en"), ("update", "pl")):
        assert organizer.client.get(organizer.url("-new", *rest)).status_code == 404


def test_characters_that_nobody_sees_reach_no_reader(desk: Desk, drafter: Hand) -> None:
    new = drafter.url("-new", "update", "en")
    sent = drafter.typed(new, title="Wa\u200btched", body="By a\u2064ll.", save="")
    saved = drafter.client.post(new, sent, follow=True).content.decode()
    assert "do not pass that copy on" in saved
    head = posts.head(Post.objects.get())
    assert head is not None
    assert head.content.says("en") == Words("Watched", "By all.")
