"""Suggestions and comments: decided one at a time, and still at their passage when the text has moved."""

from __future__ import annotations

import pytest

from organizing.drafting import comments, selectors, services, suggestions
from organizing.drafting.access import Seat, comment_for, suggestion_for
from organizing.drafting.comments import Thread, Words
from organizing.drafting.models import Comment, Part, Suggestion
from organizing.drafting.services import Tab
from organizing.errors import Forbidden, NotFound, WrongState
from tests.drafting.cast import TODAY, Table

pytestmark = pytest.mark.django_db
BODY = "We were not asked.\n\nThe recording began in spring.\n\nWe ask that it ends."


@pytest.fixture
def table() -> Table:
    table = Table.laid()
    table.save(table.drafter(), 1, body=BODY)
    return table


def suggest(table: Table, seat: Seat, **changed: str) -> Suggestion:
    made = suggestions.suggest(
        seat=seat, language="en", base=2, fields=table.fields(**changed), note="", today=TODAY
    )
    assert made is not None
    return suggestion_for(seat, made)


def decide(seat: Seat, row: Suggestion, number: int, accept: bool = True) -> services.Saved:
    return suggestions.decide(seat=seat, suggestion=row, number=number, accept=accept, today=TODAY)


def test_changes_are_decided_one_at_a_time(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, title="Stop it", body=BODY.replace("spring", "March"))
    (shown,) = suggestions.open_suggestions(ada, "en")
    assert [change.field for change in shown.changes] == ["title", "body"]
    decide(ada, row, 1)
    assert "began in March." in table.head().fields["body"]
    assert table.head().fields["title"] == "Stop the recording"
    decide(ada, row, 0, accept=False)
    assert suggestions.open_suggestions(ada, "en") == []
    with pytest.raises(NotFound):
        decide(ada, row, 0)


def test_a_change_is_accepted_into_a_text_that_has_moved_on(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, body=BODY.replace("spring", "March"))
    table.save(ada, 2, body="A new first paragraph.\n\n" + BODY.replace("asked", "ever asked"))
    assert not decide(ada, row, 0).conflicts
    assert table.head().fields["body"].startswith("A new first paragraph.")
    assert "ever asked" in table.head().fields["body"]
    assert "in March." in table.head().fields["body"]


def test_a_change_at_a_place_that_changed_is_put_together_by_a_person(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, body=BODY.replace("spring", "March"))
    table.save(ada, 2, body=BODY.replace("spring", "April"))
    assert decide(ada, row, 0).conflicts == 1
    assert "April" in table.head().fields["body"]
    kept = selectors.working_copy(ada.user, table.petition.id, "en")
    assert kept is not None
    assert "March" in kept.fields["body"]


def test_accepting_never_pushes_aside_what_the_person_is_typing(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, title="Stop it")
    fields = table.fields(title="Half a tho")
    services.keep_working_copy(
        seat=ada, language="en", writing=services.Writing(2, fields), today=TODAY
    )
    with pytest.raises(WrongState):
        decide(ada, row, 0)
    kept = selectors.working_copy(ada.user, table.petition.id, "en")
    assert kept is not None
    assert kept.fields["title"] == "Half a tho"
    assert not Suggestion.objects.get().settled


def test_what_was_typed_and_is_what_is_saved_stands_in_nobodys_way(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, title="Stop it")
    kept = services.Writing(1, table.fields(), tab=Tab("put-together"))
    services.keep_working_copy(seat=ada, language="en", writing=kept, today=TODAY)
    decide(ada, row, 0)
    assert table.head().fields["title"] == "Stop it"
    assert selectors.working_copy(ada.user, table.petition.id, "en") is None


def test_a_saved_text_is_unsaved_on_no_other_page(table: Table) -> None:
    ada = table.drafter()
    for tab in ("one", "other"):
        kept = services.Writing(2, table.fields(title="Stop it"), tab=Tab(tab))
        services.keep_working_copy(seat=ada, language="en", writing=kept, today=TODAY)
    mine = services.Writing(2, table.fields(title="Stop it"), tab=Tab("one"))
    services.save(seat=ada, language="en", writing=mine, today=TODAY)
    assert selectors.working_copies(ada.user, table.petition.id, "en") == []


def test_only_the_author_takes_a_suggestion_back(table: Table) -> None:
    ada, guest = table.drafter(), table.guest(Part.SUGGEST)
    row = suggest(table, guest, title="Stop it")
    with pytest.raises(Forbidden):
        suggestions.withdraw(seat=ada, suggestion=row)
    suggestions.withdraw(seat=guest, suggestion=row)
    assert not Suggestion.objects.exists()


def test_nothing_changed_is_no_suggestion(table: Table) -> None:
    made = suggestions.suggest(
        seat=table.drafter(), language="en", base=2, fields=table.fields(), note="", today=TODAY
    )
    assert made is None


def comment(table: Table, quote: str, near: int = 0, field: str = "body") -> Seat:
    seat = table.guest(Part.COMMENT)
    words = Words("Why?", quote, field, near)
    base = table.head().number
    made = comments.comment(seat=seat, language="en", base=base, words=words, today=TODAY)
    assert made is not None
    return seat


def only_thread(table: Table, seat: Seat) -> Thread:
    (thread,) = comments.threads(seat, "en", table.head().fields)
    return thread


def passage(table: Table, seat: Seat) -> str:
    found = only_thread(table, seat).passage
    assert found is not None
    text = table.head().fields[found.field]
    assert text[found.start : found.end] == found.quote
    return found.quote


def test_a_comment_moves_with_its_passage(table: Table) -> None:
    seat = comment(table, "The recording began in spring.")
    moved = (
        "We ask that it ends.\n\nNew words.\n\nWe were not asked.\n\nThe recording began in spring."
    )
    table.save(table.drafter(), 2, body=moved)
    assert passage(table, seat) == "The recording began in spring."


def test_a_comment_stays_at_a_passage_that_was_edited(table: Table) -> None:
    seat = comment(table, "The recording began in spring.")
    table.save(table.drafter(), 2, body="Before.\n\n" + BODY.replace("in spring", "last spring"))
    assert passage(table, seat) == "The recording began last spring."


def test_of_two_like_passages_the_one_that_was_meant_is_found(table: Table) -> None:
    twice = f"{BODY}\n\nIt is not over.\n\nWe were not asked.\n\nThat is all."
    table.save(table.drafter(), 2, body=twice)
    seat = comment(table, "We were not asked.", near=len(BODY) + 10)
    table.save(table.drafter(), 3, body="More before it.\n\n" + twice)
    found = only_thread(table, seat).passage
    assert found is not None
    assert found.start == len("More before it.\n\n") + twice.rindex("We were not asked.")


def test_a_comment_says_so_when_its_passage_is_gone(table: Table) -> None:
    seat = comment(table, "The recording began in spring.")
    table.save(table.drafter(), 2, body="We were not asked.\n\nWe ask that it ends.")
    thread = only_thread(table, seat)
    assert thread.passage is None
    assert thread.quote == "The recording began in spring."


def test_words_that_are_not_there_cannot_be_commented_on(table: Table) -> None:
    seat = table.guest(Part.COMMENT)
    words = Words("Why?", "never written", "body")
    assert comments.comment(seat=seat, language="en", base=2, words=words, today=TODAY) is None


def test_a_comment_is_answered_resolved_and_opened_again(table: Table) -> None:
    seat, ada = comment(table, "We were not asked."), table.drafter("ada")
    row = comment_for(seat, only_thread(table, seat).id)
    comments.resolve(seat=ada, row=row, resolved=True)
    assert only_thread(table, seat).resolved
    comments.answer(seat=ada, row=row, text="Because it is so.", today=TODAY)
    thread = only_thread(table, seat)
    assert not thread.resolved
    assert [remark.author for remark in thread.remarks][1] == "ada"


def test_nobody_reaches_another_petitions_comment(table: Table) -> None:
    seat = comment(table, "We were not asked.")
    elsewhere = Table.laid().drafter()
    with pytest.raises(NotFound):
        comment_for(elsewhere, only_thread(table, seat).id)


def test_a_draft_has_room_for_many_comments_and_says_when_it_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = Table.laid()
    seat, words = table.guest(Part.COMMENT), Words("Why?")
    monkeypatch.setattr(comments, "MOST_COMMENTS", 2)
    monkeypatch.setattr(comments, "MOST_REMARKS", 2)
    for _number in range(2):
        comments.comment(seat=seat, language="en", base=1, words=words, today=TODAY)
    with pytest.raises(comments.Full):
        comments.comment(seat=seat, language="en", base=1, words=words, today=TODAY)
    row = Comment.objects.all()[0]
    comments.answer(seat=seat, row=row, text="Because", today=TODAY)
    with pytest.raises(comments.Full):
        comments.answer(seat=seat, row=row, text="And?", today=TODAY)


def test_nothing_that_nobody_sees_is_kept_of_a_comment(table: Table) -> None:
    seat = table.drafter()
    words = Words("Wa\u200btched\u2064 by whom?", "in spr\u200bing")
    made = comments.comment(seat=seat, language="en", base=2, words=words, today=TODAY)
    row = Comment.objects.get()
    assert row.id == made
    comments.answer(seat=seat, row=row, text="By a\u200bll.", today=TODAY)
    found = only_thread(table, seat)
    assert found.quote == "in spring"
    assert [each.text for each in found.remarks] == ["Watched by whom?", "By all."]
