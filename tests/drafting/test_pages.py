"""The pages of a draft, as plain forms: everything works with JavaScript off."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Role
from organizing.drafting import boxes, comments, selectors
from organizing.drafting.models import (
    CoDrafter,
    Comment,
    DraftInvitation,
    Part,
    Suggestion,
    WorkingCopy,
)
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition, State
from tests.accounts.people import enter, make_person, member
from tests.drafting.cast import Table
from tests.drafting.post import POST, TRACES

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return Table.laid()


@pytest.fixture
def organizer(table: Table) -> Client:
    return enter(member(table.campaign, "Heron", Role.ORGANIZER))


@pytest.fixture
def drafter(table: Table) -> Client:
    return enter(member(table.campaign, "Wren", Role.DRAFTER))


def url(table: Table, name: str, *rest: object) -> str:
    return reverse(f"drafting-{name}", args=[table.petition.id, *rest])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def typed(table: Table, **changed: str) -> dict[str, str]:
    head = table.head()
    return {**head.fields, "based_on": str(head.number), **changed}


def guest(table: Table, drafter: Client, part: Part, name: str = "Swift") -> Client:
    """Somebody who came by a link, without a second factor."""
    answer = drafter.post(url(table, "invite"), {"part": part, "note": "night shift"})
    found = re.search(r"/drafting/join/[\w-]+/", answer.content.decode())
    assert found
    client = enter(make_person(name, factor=False))
    assert "write together" in page(client, found[0])
    assert client.post(found[0])["Location"] == url(table, "home")
    return client


def test_a_text_is_written_and_its_history_compared(table: Table, drafter: Client) -> None:
    body = "A **body** with reasons."
    answer = drafter.post(url(table, "write", "en"), typed(table, body=body, save=""))
    assert answer["Location"] == url(table, "write", "en")
    assert "Saved as version 2." in page(drafter, answer["Location"])
    assert "Wren" in page(drafter, url(table, "history", "en"))
    for view in ("", "?view=side"):
        compared = page(drafter, url(table, "compare", "en") + view)
        assert "<ins>" in compared
        assert "reasons" in compared
    answer = drafter.post(url(table, "restore", "en", 1), {"head": "2"})
    assert "Restored as version 3." in page(drafter, answer["Location"])


def test_a_conflict_shows_both_sides_and_is_put_together(
    table: Table, drafter: Client, organizer: Client
) -> None:
    mine = typed(table, title="Mine alone")
    organizer.post(url(table, "write", "en"), typed(table, title="Theirs instead"))
    answer = drafter.post(url(table, "write", "en"), mine)
    assert answer["Location"] == url(table, "merge", "en")
    shown = page(drafter, answer["Location"])
    assert "Mine alone" in shown
    assert "Theirs instead" in shown
    names = re.findall(r'name="(title-\d+)"', shown)
    answer = drafter.post(answer["Location"], {"head": "2", names[0]: "both"})
    desk = page(drafter, answer["Location"])
    assert "Theirs instead Mine alone</textarea>" in desk
    assert "You typed this and have not saved it" in desk


def test_what_is_kept_comes_back_and_is_thrown_away(table: Table, drafter: Client) -> None:
    answer = drafter.post(url(table, "keep", "en"), typed(table, title="Half a th"))
    assert (answer.status_code, answer.content) == (204, b"")
    assert "Half a th</textarea>" in page(drafter, url(table, "write", "en"))
    drafter.post(url(table, "forget", "en"))
    assert "Half a th" not in page(drafter, url(table, "write", "en"))


def test_showing_saves_nothing_and_lets_no_script_through(table: Table, drafter: Client) -> None:
    body = "**cold** <script>alert(1)</script> ![x](https://e.example/p)"
    answer = drafter.post(url(table, "write", "en"), typed(table, body=body, show=""))
    shown = answer.content.decode()
    assert "<strong>cold</strong>" in shown
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert table.head().number == 1


def test_a_post_is_looked_through_without_javascript(table: Table, drafter: Client) -> None:
    empty = Table(petitions.create_petition(campaign=table.campaign))
    start = url(empty, "start", "en")
    answer = drafter.post(start, {"post": POST, "starter": "", "do": "check"})
    shown = answer.content.decode()
    assert all(words in shown for words in TRACES)
    assert "Name the office or the decision" in shown
    assert empty.head().number == 0
    drafter.post(start, {"post": POST, "starter": "surveillance", "do": "anyway"})
    fields = empty.head().fields
    assert fields["body"].startswith(POST[:100])
    assert fields["title"] == "Stop [[the programme]]"


def test_a_translation_is_followed_by_no_tick_that_nobody_made(
    table: Table, organizer: Client
) -> None:
    write, review = url(table, "write", "es"), url(table, "review")
    organizer.post(url(table, "write", "en"), typed(table, demands="One\nTwo"))
    box = re.search(r'<input type="checkbox" id="follows"[^>]*>', page(organizer, write))
    assert box
    assert "checked" not in box[0]
    spanish = {**table.fields(demands="Uno"), "based_on": "0", "follows": table.head().digest}
    asked = organizer.post(write, spanish).content.decode()
    assert "Here: 1. In the source: 2." in asked
    assert table.head("es").number == 0
    organizer.post(write, {**spanish, "differ": "1"})
    assert table.head("es").number == 1
    home = page(organizer, url(table, "home"))
    assert "In the source: 2." in home
    shown = page(organizer, review)
    assert "Nobody has said that a person has read <bdi>español</bdi> beside the source." in shown
    assert f'href="{url(table, "read", "es")}">Nobody' in shown
    assert "In the source: 2." in shown
    assert 'value="approve"' not in shown
    assert "I say that a person has read it" in page(organizer, url(table, "read", "es"))
    digests = {"text": table.head("es").digest, "source": table.head().digest}
    vouch = url(table, "vouch", "es")
    refused = organizer.post(vouch, digests, follow=True).content.decode()
    assert "differs on purpose" in refused
    assert 'value="approve"' not in page(organizer, review)
    organizer.post(vouch, {**digests, "differ": "1"})
    assert 'value="approve"' in page(organizer, review)


def test_a_post_with_traces_becomes_a_version_only_after_a_question(
    table: Table, drafter: Client
) -> None:
    empty = Table(petitions.create_petition(campaign=table.campaign))
    start = url(empty, "start", "en")
    asked = drafter.post(start, {"post": POST, "starter": "", "do": "start"}).content.decode()
    assert "stays in the history" in asked
    assert "Mend the post first" in asked
    assert POST[:60] in asked
    assert empty.head().number == 0
    drafter.post(start, {"post": "We want to work without this.", "starter": "", "do": "start"})
    assert empty.head().fields["body"] == "We want to work without this."


def test_a_guest_needs_no_second_factor_and_only_does_their_part(
    table: Table, drafter: Client
) -> None:
    suggester = guest(table, drafter, Part.SUGGEST)
    assert "Saved as" not in page(suggester, url(table, "write", "en"))
    assert suggester.post(url(table, "write", "en"), typed(table, title="X")).status_code == 403
    suggester.post(
        url(table, "write", "en"), typed(table, title="Better title", suggest="", note="Shorter")
    )
    row = Suggestion.objects.get()
    desk = page(drafter, url(table, "write", "en"))
    assert "Shorter" in desk
    assert "Swift" in desk
    decide = url(table, "accept", row.id, 0)
    assert suggester.post(decide, {"do": "accept"}).status_code == 403
    drafter.post(decide, {"do": "accept"})
    assert table.head().fields["title"] == "Better title"


def test_a_guest_sees_nothing_of_the_campaign(table: Table, drafter: Client) -> None:
    client = guest(table, drafter, Part.EDIT)
    assert client.get(url(table, "people")).status_code == 403
    assert client.post(url(table, "invite"), {"part": "edit"}).status_code == 403
    workspace = reverse("workspace-petition", args=[table.petition.id])
    assert client.get(workspace)["Location"] == reverse("account_protect")
    inside = page(client, url(table, "home"))
    assert table.campaign.name not in inside
    assert "/workspace/" not in inside


def test_who_only_comments_reads_and_comments(table: Table, drafter: Client) -> None:
    reader = guest(table, drafter, Part.COMMENT)
    assert reader.get(url(table, "write", "en"))["Location"] == url(table, "read", "en")
    about = {"text": "Which?", "quote": "body", "based_on": "1", "from": "read"}
    reader.post(url(table, "comment", "en"), about)
    read = page(reader, url(table, "read", "en"))
    assert re.search(r'<mark id="m-1">body<sup>1</sup></mark>', read)
    assert reader.post(url(table, "keep", "en"), typed(table)).status_code == 403
    missing = {**about, "quote": "never written"}
    answer = reader.post(url(table, "comment", "en"), missing)
    assert "do not stand in the saved text" in page(reader, answer["Location"])


def test_removing_somebody_works_at_once(table: Table, drafter: Client) -> None:
    client = guest(table, drafter, Part.EDIT)
    assert client.get(url(table, "write", "en")).status_code == 200
    row = CoDrafter.objects.get()
    drafter.post(url(table, "change-part", row.id), {"do": "remove"})
    for name in ("home", "review"):
        assert client.get(url(table, name)).status_code == 404
    for name in ("write", "read", "history"):
        assert client.get(url(table, name, "en")).status_code == 404


def test_a_link_works_once_and_never_after_it_was_revoked(table: Table, drafter: Client) -> None:
    guest(table, drafter, Part.EDIT)
    answer = drafter.post(url(table, "invite"), {"part": "edit", "note": ""})
    found = re.search(r"/drafting/join/[\w-]+/", answer.content.decode())
    assert found
    drafter.post(url(table, "revoke", DraftInvitation.objects.get().id))
    late = enter(make_person("Late", factor=False))
    answer = late.post(found[0])
    assert answer.status_code == 410
    assert "does not work" in answer.content.decode()


def test_no_page_shows_an_hour(table: Table, drafter: Client, organizer: Client) -> None:
    drafter.post(url(table, "write", "en"), typed(table, title="Today"))
    about = {"text": "Which?", "quote": "", "based_on": "2"}
    drafter.post(url(table, "comment", "en"), about)
    guest(table, drafter, Part.EDIT)
    organizer.post(url(table, "decide"), {"do": "reject", "reason": "Too long", "digest": "x"})
    hour = re.compile(r"\b\d{1,2}:\d\d\b|\b[ap]\.m\.|online|last seen|ago\b")
    for name, *rest in (
        ("home",),
        ("people",),
        ("review",),
        ("write", "en"),
        ("read", "en"),
        ("history", "en"),
        ("compare", "en"),
    ):
        shown = re.sub(r"<script.*?</script>|<[^>]*>", " ", page(drafter, url(table, name, *rest)))
        assert not hour.search(shown), name


def test_two_organizers_approve_of_the_same_versions(table: Table, organizer: Client) -> None:
    other = enter(member(table.campaign, "Kite", Role.ORGANIZER))
    organizer.post(url(table, "rule"), {"two": "1"})
    digest = _digest(page(organizer, url(table, "review")))
    organizer.post(url(table, "decide"), {"do": "approve", "digest": digest})
    assert _state(table) == State.DRAFT
    assert "1 more organizer has to approve" in page(other, url(table, "review"))
    answer = other.post(url(table, "decide"), {"do": "approve", "digest": digest})
    assert answer["Location"] == reverse("workspace-petition", args=[table.petition.id])
    assert _state(table) == State.APPROVED
    assert organizer.get(url(table, "write", "en"))["Location"] == url(table, "read", "en")
    organizer.post(url(table, "decide"), {"do": "send-back", "reason": "One word is wrong"})
    assert _state(table) == State.DRAFT
    assert "One word is wrong" in page(other, url(table, "review"))


def _digest(text: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def _state(table: Table) -> str:
    return Petition.objects.get(id=table.petition.id).state


def test_a_file_goes_out_and_comes_back(table: Table, drafter: Client) -> None:
    before = table.head()
    answer = drafter.get(url(table, "export", "en"))
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="text-en.md"'
    drafter.post(url(table, "write", "en"), typed(table, addressee="Somebody else"))
    changed = text.replace("A **body**.", "A **longer body**.")
    drafter.post(url(table, "import", "en"), {"text": changed})
    fields = table.head().fields
    assert (fields["body"], fields["addressee"]) == ("A **longer body**.", "Somebody else")
    refused = drafter.post(url(table, "import", "en"), {"text": "# Not one of ours"})
    assert refused.status_code == 400
    assert before.digest != table.head().digest


def test_a_translation_stands_beside_its_source_until_somebody_has_read_it(
    table: Table, drafter: Client
) -> None:
    source = table.head()
    desk = page(drafter, url(table, "write", "es"))
    assert source.fields["title"] in desk
    spanish = {**source.fields, "title": "Basta", "based_on": "0", "follows": source.digest}
    drafter.post(url(table, "write", "es"), spanish)
    home = page(drafter, url(table, "home"))
    assert "not checked yet" in home
    text = selectors.head(table.petition.id, "es").digest
    drafter.post(url(table, "vouch", "es"), {"text": text, "source": source.digest})
    assert "<bdi>Wren</bdi> says that a person has read it" in page(drafter, url(table, "home"))
    drafter.post(url(table, "write", "en"), typed(table, title="Stop it now"))
    assert "does not follow the source" in page(drafter, url(table, "home"))
    assert "The source has changed." in page(drafter, url(table, "write", "es"))


def test_answers_and_resolving(table: Table, drafter: Client, organizer: Client) -> None:
    about = {"text": "Which?", "quote": "End it.", "based_on": "1"}
    drafter.post(url(table, "comment", "en"), about)
    found = re.search(r'id="c-([0-9a-f-]{36})"', page(organizer, url(table, "write", "en")))
    assert found
    organizer.post(url(table, "answer", found[1]), {"text": "All of it."})
    assert "All of it." in page(drafter, url(table, "write", "en"))
    drafter.post(url(table, "resolve", found[1]), {"do": "resolve"})
    assert "Resolved comments" in page(drafter, url(table, "write", "en"))
    assert str(timezone.now().year) in page(drafter, url(table, "read", "en"))


@pytest.mark.parametrize("typed_head", ["9" * 5_000, "²", "-1", ""])
def test_a_number_that_nobody_typed_is_no_error(
    table: Table, drafter: Client, typed_head: str
) -> None:
    for name, rest in (("restore", (1,)), ("merge", ())):
        answer = drafter.post(url(table, name, "en", *rest), {"head": typed_head})
        assert answer.status_code == 302
    assert table.head().number == 1


def test_what_was_typed_just_before_a_change_is_accepted_is_kept(
    table: Table, drafter: Client
) -> None:
    suggester = guest(table, drafter, Part.SUGGEST)
    suggester.post(url(table, "write", "en"), typed(table, title="Better", suggest=""))
    row = Suggestion.objects.get()
    accept = url(table, "accept", row.id, 0)
    assert f'form="text-form" formaction="{accept}"' in page(drafter, url(table, "write", "en"))
    sent = typed(table, body="Typed just now", do="accept", tab="a", opened="")
    shown = drafter.post(accept, sent, follow=True).content.decode()
    assert "You have typed something that is not saved. It is kept here" in shown
    assert "Typed just now" in shown
    assert table.head().number == 1
    drafter.post(url(table, "forget", "en"), {"copy": "a"})
    drafter.post(accept, typed(table, do="accept", tab="b", opened=""))
    assert table.head().fields["title"] == "Better"


def test_a_comment_that_finds_no_room_is_shown_again(
    table: Table, drafter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "MOST_COMMENTS", 1)
    monkeypatch.setattr(comments, "MOST_REMARKS", 1)
    sent = {"text": "First of all", "based_on": "1"}
    drafter.post(url(table, "comment", "en"), sent)
    for name, rest in (("comment", "en"), ("answer", Comment.objects.get().id)):
        answer = drafter.post(url(table, name, rest), {**sent, "text": "What I typed"})
        assert answer.status_code == 400
        assert "What I typed</textarea>" in answer.content.decode()
        assert "A draft has room for 1 comments" in answer.content.decode()


def test_characters_that_nobody_sees_are_not_saved_and_the_page_says_so(
    table: Table, drafter: Client
) -> None:
    marked = "We are wa\u200btched.\u2064"
    checked = drafter.post(url(table, "write", "en"), typed(table, body=marked, check=""))
    assert "U+200B" in checked.content.decode()
    saved = drafter.post(url(table, "write", "en"), typed(table, body=marked), follow=True)
    assert "do not pass that copy on" in saved.content.decode()
    assert table.head().fields["body"] == "We are watched."
    drafter.post(url(table, "keep", "en"), typed(table, body=marked, tab="a", opened=""))
    kept = boxes.read(WorkingCopy.objects.get())
    assert kept["fields"]["body"] == "We are watched."
