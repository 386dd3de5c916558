"""Posts: versions that nobody else reads, published by one step, corrected by another."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from organizing.errors import NotFound, WrongState
from organizing.petitions import selectors
from organizing.petitions.models import State
from organizing.publishing import posts, told
from organizing.publishing.contents import Facts, How, Standing, Words
from organizing.publishing.models import Kind, Post, PostVersion
from organizing.publishing.post_forms import form_for
from organizing.publishing.posts import Missing, Step
from tests import factories
from tests.at_once import at_once
from tests.publishing.telling import ANSWER, ANSWERED, TODAY, UPDATE, Desk

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=2)


@pytest.fixture
def desk() -> Desk:
    return Desk.opened()


def about(desk: Desk) -> told.Told:
    told.forget()
    return told.about(desk.public)


def test_what_is_saved_is_public_only_once_it_is_published(desk: Desk) -> None:
    post = desk.write().post
    assert about(desk).posts == ()
    desk.publish(post)
    (found,) = about(desk).posts
    assert (found.number, found.content.says("en")) == (1, UPDATE)
    assert found.days == told.Days(TODAY)


def test_a_correction_is_a_new_version_with_its_day(desk: Desk) -> None:
    post = desk.update()
    better = Words("A meeting on Monday", UPDATE.body)
    desk.write(better, post=post)
    (found,) = about(desk).posts
    assert found.content.says("en") == UPDATE
    desk.publish(post, LATER)
    (found,) = about(desk).posts
    assert found.content.says("en") == better
    assert found.written["en"] == told.Days(TODAY, LATER)
    assert [v.published_on for v in posts.versions(post)] == [LATER, TODAY]


def test_a_translation_that_comes_later_corrects_nothing(desk: Desk) -> None:
    post = desk.update()
    desk.write(Words("Una reunión", "El viernes."), "es", post)
    desk.publish(post, LATER)
    (found,) = about(desk).posts
    assert found.written == {"en": told.Days(TODAY), "es": told.Days(LATER)}
    assert found.days.corrected is None


def test_numbers_follow_the_order_of_publishing(desk: Desk) -> None:
    first, second = desk.write().post, desk.write().post
    desk.publish(second)
    desk.publish(first)
    assert [post.number for post in (first, second)] == [2, 1]


def test_the_same_form_twice_makes_one_post_and_one_version(desk: Desk) -> None:
    made = desk.write()
    again = desk.write(post=made.post, base=0)
    assert (again.version, again.conflict) == (1, False)
    assert PostVersion.objects.count() == 1


def test_two_who_change_different_languages_keep_both(desk: Desk) -> None:
    post = desk.write().post
    spanish = Words("Una reunión", "El viernes.")
    desk.write(spanish, "es", post, base=1)
    merged = desk.write(Words("Changed", "Text"), "en", post, base=1)
    assert not merged.conflict
    newest = posts.head(post)
    assert newest is not None
    assert newest.content.words == {"en": Words("Changed", "Text"), "es": spanish}


def test_two_who_change_the_same_words_are_told_and_nothing_is_overwritten(desk: Desk) -> None:
    post = desk.write().post
    desk.write(Words("Theirs", "Text"), post=post, base=1)
    mine = desk.write(Words("Mine", "Text"), post=post, base=1)
    assert (mine.version, mine.conflict) == (2, True)
    newest = posts.head(post)
    assert newest is not None
    assert newest.content.says("en").title == "Theirs"


def test_only_the_version_that_was_shown_is_published(desk: Desk) -> None:
    post = desk.write().post
    desk.write(Words("Other", "Words"), post=post)
    step = posts.publish(post=post, number=1, by=desk.user, today=TODAY)
    assert step is Step.MOVED
    assert about(desk).posts == ()


def test_a_version_is_published_once(desk: Desk) -> None:
    post = desk.update()
    with pytest.raises(WrongState):
        posts.publish(post=post, number=1, by=desk.user, today=LATER)


def test_nothing_is_published_before_the_petition_is_open() -> None:
    petition = factories.frozen()
    selectors.forget_published()
    desk = Desk(selectors.published(petition.private_id))
    post = desk.write().post
    with pytest.raises(WrongState):
        posts.publish(post=post, number=1, by=desk.user, today=TODAY)
    assert about(desk) == told.NOTHING


def test_nothing_is_written_about_a_text_that_is_not_frozen() -> None:
    draft = factories.draft()
    with pytest.raises(WrongState):
        posts.write(
            user=Desk.opened().user,
            petition=draft,
            post_id=draft.id,
            kind=Kind.UPDATE,
            writing=posts.Writing(0, "en", Facts(), UPDATE),
            today=TODAY,
        )
    assert not Post.objects.exists()


def test_a_closed_petition_keeps_what_was_told_and_takes_more(desk: Desk) -> None:
    desk.update()
    petition = desk.petition
    petition.state = State.CLOSED
    petition.save()
    desk.update(Words("It went on", "Later."))
    assert len(about(desk).posts) == 2


def test_a_post_belongs_to_one_petition(desk: Desk) -> None:
    post = desk.write().post
    with pytest.raises(NotFound):
        Desk.opened().write(post=post)


@pytest.mark.parametrize(
    ("kind", "facts", "words", "found"),
    [
        (Kind.UPDATE, Facts(), Words(), {Missing.WORDS}),
        (Kind.UPDATE, Facts(), Words("Title"), {Missing.HALF}),
        (Kind.ANSWER, Facts(), ANSWER, {Missing.DAY}),
        (Kind.ANSWER, Facts(day=TODAY, standings=("", "met")), ANSWER, {Missing.STANDINGS}),
        (Kind.ANSWER, ANSWERED, Words(), {Missing.WORDS}),
        (Kind.DELIVERY, Facts(), Words(), {Missing.DAY, Missing.HOW}),
        (Kind.DELIVERY, Facts(day=LATER, how=How.MAIL), Words(), {Missing.FUTURE}),
        (Kind.DELIVERY, Facts(TODAY, How.MAIL, band="all/1000"), Words(), {Missing.BAND}),
    ],
)
def test_what_is_missing_stops_publishing(
    desk: Desk, kind: Kind, facts: Facts, words: Words, found: set[Missing]
) -> None:
    # Something is saved even of nothing, so that it can be gone on with.
    post = desk.write(words, facts=facts, kind=kind).post
    newest = posts.head(post)
    assert newest is not None
    assert set(posts.missing(post, newest.content, TODAY)) == found
    with pytest.raises(WrongState):
        posts.publish(post=post, number=newest.version, by=desk.user, today=TODAY)


def test_a_delivery_names_a_band_only_when_it_is_released(desk: Desk) -> None:
    desk.counted(40, mailbox=20)
    facts = Facts(TODAY, How.BY_HAND, band="all/50")
    post = desk.write(Words(), facts=facts, kind=Kind.DELIVERY).post
    with pytest.raises(WrongState):
        desk.publish(post)
    desk.release(50)
    desk.publish(post)
    assert about(desk).posts[0].content.facts == facts


def test_a_draft_can_be_thrown_away_and_what_is_public_cannot(desk: Desk) -> None:
    draft, public = desk.write().post, desk.update()
    assert posts.discard(post=draft)
    with pytest.raises(WrongState):
        posts.discard(post=public)
    desk.write(Words("Half", "a correction"), post=public)
    assert not posts.discard(post=public)
    assert [v.version for v in posts.versions(public)] == [1]


def test_the_newest_answer_stands_beside_the_demands(desk: Desk) -> None:
    desk.answer()
    newer = Facts(TODAY + timedelta(days=1), standings=(Standing.MET, Standing.MET))
    desk.publish(desk.write(ANSWER, facts=newer, kind=Kind.ANSWER).post, LATER)
    answer = about(desk).answer
    assert answer is not None
    assert answer.content.facts == newer


def test_the_stamp_changes_with_what_is_public_and_with_nothing_else(desk: Desk) -> None:
    before = about(desk).stamp
    post = desk.write().post
    assert about(desk).stamp == before
    desk.publish(post)
    after = about(desk).stamp
    assert after != before
    desk.write(Words("Corrected", "but not yet"), post=post)
    assert about(desk).stamp == after


def test_reading_costs_the_same_however_much_was_published(
    desk: Desk, django_assert_num_queries: object
) -> None:
    for _ in range(5):
        desk.update()
    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture without a public type
        about(desk)


@pytest.mark.django_db(transaction=True)
def test_two_that_are_published_at_once_have_two_numbers() -> None:
    desk = Desk.opened()
    made = [desk.write().post for _ in range(4)]
    at_once(
        [partial(posts.publish, post=post, number=1, by=desk.user, today=TODAY) for post in made]
    )
    numbers = Post.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_the_same_version_is_published_once_by_two_at_once() -> None:
    desk = Desk.opened()
    publish = partial(posts.publish, post=desk.write().post, number=1, by=desk.user, today=TODAY)
    found = at_once([publish, publish], expected=WrongState)
    assert sorted(isinstance(each, WrongState) for each in found) == [False, True]
    assert Post.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_what_many_save_at_once_is_kept_or_told_of() -> None:
    desk = Desk.opened()
    post = desk.write().post
    typed = [Words(f"Title {number}", "Text") for number in range(6)]
    found = at_once(
        [partial(desk.write, words, "en", post, None, Kind.UPDATE, 1) for words in typed]
    )
    saved = [each for each in found if isinstance(each, posts.Written) and not each.conflict]
    assert len(saved) == 1
    assert len(posts.versions(post)) == 2


@pytest.mark.parametrize(("kind", "name"), [(Kind.UPDATE, "title"), (Kind.ANSWER, "source")])
def test_what_is_one_line_is_typed_on_as_many_as_a_phone_needs(kind: Kind, name: str) -> None:
    typed = {"base": 0, name: " A meeting\r\non  Friday ", "body": "x"}
    form = form_for(kind, [], [], data=typed)
    assert form.is_valid(), form.errors
    assert f'<textarea name="{name}"' in str(form[name])
    saved = form.words().title if kind == Kind.UPDATE else form.facts(Facts()).source
    assert saved == "A meeting on Friday"
