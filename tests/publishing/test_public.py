"""What readers see after opening: the same bytes for everybody, nothing that was not published, in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organizing.accounts.models import Role
from organizing.petitions import selectors
from organizing.petitions.models import State
from organizing.publishing import posts, told
from organizing.publishing.contents import Facts, How, Standing, Words
from organizing.publishing.models import Counted, Kind, Milestone
from tests import factories
from tests.accounts.people import enter, member
from tests.publishing.telling import ANSWERED, TODAY, UPDATE, Desk

pytestmark = pytest.mark.django_db
ENDS = ("", "updates/", "updates/1/", "updates.atom")
SECRET = "quetzalcoatlus"
VISITORS: tuple[dict[str, str], ...] = (
    {},
    {"Accept-Language": "ar", "User-Agent": "curl/8"},
    {"Cookie": "sessionid=abcdef; django_language=es; csrftoken=x"},
    {"If-None-Match": '"x"', "If-Modified-Since": "Mon, 23 Nov 2026 00:00:00 GMT"},
)


@pytest.fixture
def desk() -> Desk:
    return Desk.opened()


def test_an_update_is_on_the_petition_the_list_and_its_own_page(desk: Desk) -> None:
    desk.update()
    for end in ("", "updates/", "updates/1/"):
        assert "A meeting on Friday" in desk.read(end), end
    assert "<strong>canteen</strong>" in desk.read("updates/1/")
    assert f'href="/p/{desk.public.pid}/en/updates/1/"' in desk.read()


def test_a_draft_and_an_unpublished_correction_are_nowhere(desk: Desk) -> None:
    post = desk.update()
    before = {end: desk.read(end) for end in ENDS}
    desk.write(Words(SECRET, SECRET), post=post)
    desk.write(Words(SECRET, SECRET))
    assert {end: desk.read(end) for end in ENDS} == before


def test_a_number_that_is_a_draft_answers_like_one_that_never_was(desk: Desk) -> None:
    desk.write()
    base = f"/p/{desk.public.pid}/en/updates"
    answers = [Client().get(f"{base}/{number}/") for number in (1, 2, 999)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("end", ENDS)
def test_every_visitor_gets_the_same_bytes_and_headers(desk: Desk, end: str) -> None:
    desk.update()
    url = f"/p/{desk.public.pid}/en/{end}"
    clients = [Client(headers=headers) for headers in VISITORS]
    clients.append(enter(member(desk.petition.campaign, "Wren", Role.ORGANIZER)))
    answers = [client.get(url) for client in clients]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    for answer in answers:
        assert not answer.cookies
        assert not {"Vary", "ETag", "Last-Modified"} & set(answer.headers)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("state", [State.FROZEN, State.WITHDRAWN])
def test_before_it_is_open_to_everybody_there_is_nothing_and_no_address(state: State) -> None:
    petition = factories.frozen()
    petition.state = state
    petition.save()
    desk = Desk(selectors.published(petition.private_id))
    desk.write()
    shown = desk.read()
    assert "What has happened" not in shown
    assert "updates" not in shown
    for end in ENDS[1:]:
        assert Client().get(f"/p/{petition.private_id}/en/{end}").status_code == 404


@pytest.mark.parametrize("state", [State.CLOSED, State.ARCHIVED])
def test_what_is_over_keeps_what_was_told(desk: Desk, state: State) -> None:
    desk.update()
    petition = desk.petition
    petition.state = state
    petition.save()
    for end in ("", "updates/", "updates/1/", "updates.atom"):
        assert "A meeting on Friday" in desk.read(end)
    assert "Signing ended." in desk.read("updates/")


def test_signing_ends_on_its_last_day_not_on_the_midnight_after_it(desk: Desk) -> None:
    petition = desk.petition
    petition.state = State.CLOSED
    petition.issuing_ends_at = datetime(2026, 12, 25, tzinfo=UTC)
    petition.save()
    line = re.search(r'<li id="closed">(.*?)</li>', desk.read("updates/"), re.S)
    assert line
    assert "2026-12-24" in line[1]


def test_what_happened_on_one_day_is_told_in_the_order_in_which_it_follows(desk: Desk) -> None:
    petition = desk.petition
    petition.opened_on, petition.state = TODAY, State.CLOSED
    petition.issuing_ends_at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    petition.save()
    desk.answer()
    desk.publish(desk.write(facts=Facts(day=TODAY, how=How.LETTER), kind=Kind.DELIVERY).post)
    desk.update()
    Milestone.objects.create(petition=petition, counted=Counted.ALL, bound=50, day=TODAY)
    desk.update(replace(UPDATE, title="A second meeting"))
    told_in = re.findall(r'<li id="([a-z]+)[-"]', desk.read("updates/"))
    assert told_in == [
        *("answer", "delivery", "closed", "milestone", "update", "update", "opened"),
    ]
    shown = desk.read("updates/")
    assert shown.index("A second meeting") < shown.index("A meeting on Friday")


def test_what_is_closed_says_until_when_a_signature_can_change_and_no_more_after_that(
    desk: Desk,
) -> None:
    petition = desk.petition
    petition.state = State.CLOSED
    petition.issuing_ends_at = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    petition.sending_ends_at = petition.issuing_ends_at + timedelta(days=7)
    petition.save()
    selectors.forget_published()
    last = date_format(petition.sending_ends_at - timedelta(days=1))
    assert f"until the end of {last} (UTC)" in desk.read()
    petition.sending_ends_at = petition.issuing_ends_at
    petition.save()
    selectors.forget_published()
    shown = desk.read()
    assert "no signature can be added, changed or withdrawn" in shown
    assert "No one can begin to sign it any more" not in shown


def test_a_page_in_another_language_says_so_and_leads_there(desk: Desk) -> None:
    desk.update()
    spanish = desk.read("updates/1/", "es")
    assert "A meeting on Friday" not in spanish
    assert f'href="/p/{desk.public.pid}/en/updates/1/" lang="en"' in spanish
    listed = desk.read("updates/", "es")
    assert 'lang="en"' in listed
    assert "A meeting on Friday" in listed


def test_who_cannot_read_it_is_led_to_the_language_it_was_written_in_first(desk: Desk) -> None:
    post = desk.update()
    desk.write(Words("اجتماع", "يوم الجمعة."), "ar", post)
    desk.publish(post)
    assert "A meeting on Friday" in desk.read("updates/", "es")


def test_a_translation_takes_the_place_of_the_pointer(desk: Desk) -> None:
    post = desk.update()
    desk.write(Words("Reunión el viernes", "En la **cantina**."), "es", post)
    desk.publish(post)
    assert "Reunión el viernes" in desk.read("updates/1/", "es")
    assert "A meeting on Friday" in desk.read("updates/1/")
    assert "Reunión" not in desk.read("updates/")


def test_a_correction_shows_its_day_and_no_longer_what_it_said(desk: Desk) -> None:
    post = desk.update(Words("Names", f"We thank {SECRET}."))
    desk.write(Words("Names", "We thank many."), post=post)
    desk.publish(post, TODAY + timedelta(days=3))
    for end in ENDS:
        assert SECRET not in desk.read(end), end
    assert "Corrected on Nov. 27, 2026." in desk.read("updates/1/")
    assert "Corrected on Nov. 27, 2026." in desk.read()


def test_the_answer_stands_beside_each_demand_and_outside_of_what_is_signed(desk: Desk) -> None:
    desk.answer()
    shown = desk.read()
    demands = re.findall(r'<li><span class="demands__words">(.*?)</span>(.*?)</li>', shown, re.S)
    assert [words for words, _rest in demands] == ["End it.", "Ask first."]
    assert "Refused" in demands[0][1]
    assert "Not now." in demands[0][1]
    assert "Met in part" in demands[1][1]
    assert "no part of the text that is signed" in shown
    whole = desk.read("updates/1/")
    assert "<em>think about it</em>" in whole
    assert "Mail to all staff" in whole


def test_an_answer_that_is_not_translated_still_shows_what_it_says_to_each_demand(
    desk: Desk,
) -> None:
    desk.answer()
    assert len(re.findall('class="answered"', desk.read(language="es"))) == 2
    assert "Not now." not in desk.read(language="es")
    assert f"/p/{desk.public.pid}/en/updates/1/" in desk.read("updates/1/", "es")


def test_the_source_is_text_and_no_link(desk: Desk) -> None:
    desk.answer(facts=replace(ANSWERED, source="https://intranet.example/answer"))
    whole = desk.read("updates/1/")
    assert "https://intranet.example/answer" in whole
    assert 'href="https://intranet' not in whole


def test_a_delivery_is_a_line_with_the_day_on_which_it_happened(desk: Desk) -> None:
    desk.counted(40, mailbox=20)
    desk.release(50)
    facts = Facts(TODAY - timedelta(days=1), How.BY_HAND, band="all/50")
    desk.publish(desk.write(Words(), facts=facts, kind=Kind.DELIVERY).post)
    shown = desk.read("updates/")
    assert "The petition was handed over in person. More than 50 had signed." in shown
    assert 'datetime="2026-11-23"' in shown
    assert Client().get(f"/p/{desk.public.pid}/en/updates/1/").status_code == 404


def test_a_released_number_is_read_in_each_language(desk: Desk) -> None:
    desk.counted(1_600, mailbox=900)
    desk.release(1_000, Counted.INDEPENDENT)
    assert (
        "More than 1,000 had signed with a proof that the employer can neither see nor fake."
        in desk.read()
    )
    assert "No running count is shown here" in desk.read()
    assert re.search(r"1[.\s]000", desk.read(language="es"))


def test_no_count_appears_where_none_was_released(desk: Desk) -> None:
    desk.counted(1_637, mailbox=943)
    desk.update()
    for end in ENDS:
        text = re.sub(r"<[^>]*>", " ", desk.read(end))
        assert not re.search(r"1,?637|943|2,?580|1,?000", text), end


def test_nothing_that_is_typed_runs_or_loads(desk: Desk) -> None:
    bad = "<script>alert(1)</script> <img src=x> ![p](https://e.example/p) [j](javascript:alert(1))"
    desk.update(Words(bad, bad))
    for end in ENDS:
        shown = desk.read(end)
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert 'href="javascript' not in shown


def test_the_petition_by_its_private_link_shows_the_same_once_it_is_open(desk: Desk) -> None:
    desk.update()
    private = desk.petition.private_id
    assert "A meeting on Friday" in desk.read(pid=private)
    assert desk.read("updates.atom", pid=private).count(f":{desk.public.pid}/en/update-1<") == 1


def test_another_process_agrees_within_a_second(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("organizing.safety.remembering.time.monotonic", lambda: clock[0])
    url = reverse("petition-updates", kwargs={"pid": desk.public.pid, "language": "en"})
    selectors.forget_published()
    told.forget()
    assert b"A meeting" not in Client().get(url).content
    post = desk.write().post
    # Published by another process: here nothing is forgotten.
    posts.publish(post=post, number=1, by=desk.user, today=TODAY)
    assert b"A meeting" not in Client().get(url).content
    clock[0] += selectors.REMEMBERED_SECONDS + 0.1
    assert b"A meeting" in Client().get(url).content


def test_reading_again_asks_the_database_nothing(
    desk: Desk, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is: all of it within the second for which a petition is remembered.
    monkeypatch.setattr("organizing.safety.remembering.time.monotonic", lambda: 1000.0)
    desk.update()
    desk.answer()
    urls = [f"/p/{desk.public.pid}/en/{end}" for end in ENDS]
    for url in urls:
        Client().get(url)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a public type
        for url in urls:
            assert Client().get(url).status_code == 200


def test_every_standing_has_a_word(desk: Desk) -> None:
    for standing in Standing:
        facts = Facts(TODAY, standings=(standing, standing))
        desk.answer(facts=facts)
        assert len(re.findall('class="answered"', desk.read())) == 2


def test_the_receipt_is_read_in_every_language_of_the_petition(desk: Desk) -> None:
    shown = desk.read("receipt/")
    for code in ("es", "ar"):
        assert f'href="/p/{desk.public.pid}/{code}/receipt/" lang="{code}"' in shown
