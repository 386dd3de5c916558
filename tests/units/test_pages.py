"""The pages of the tree, as somebody in the workspace meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.units import tables
from organizing.units.models import ImportDraft, Unit
from tests import factories
from tests.accounts.people import enter, member
from tests.oversight.cast import give
from tests.units.trees import HEAD, Yard, small

pytestmark = pytest.mark.django_db


def at(yard: Yard, name: str, **more: Any) -> str:
    return reverse(name, kwargs={"campaign_id": yard.campaign.id, **more})


def unit_at(yard: Yard, name: str, code: str) -> str:
    return at(yard, name, unit_id=yard.node(code).id)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def yard() -> Yard:
    return small()


@pytest.fixture
def client(yard: Yard) -> Client:
    return enter(yard.person)


def upload(client: Client, yard: Yard, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("units.csv", content, "text/csv")
    return client.post(at(yard, "units-import"), {"file": file, **more}, follow=True)


def test_a_file_is_shown_first_and_written_on_request(yard: Yard, client: Client) -> None:
    shown = upload(client, yard, (HEAD + "W,West,site,,70,2026-10-01,council\n").encode())
    assert "Nothing is written yet" in text(shown)
    assert "W" not in yard.tree().by_code
    plan = re.search(r'name="plan" value="([0-9a-f]{64})"', shown.content.decode())
    assert plan
    done = client.post(shown.redirect_chain[-1][0], {"plan": plan[1]}, follow=True)
    assert "The file has been taken over." in text(done)
    assert yard.node("W").people == 70
    again = client.post(shown.redirect_chain[-1][0], {"plan": plan[1]}, follow=True)
    assert "taken over already" in text(again)


def test_bad_rows_are_listed_and_the_button_is_not_there(yard: Yard, client: Client) -> None:
    shown = upload(client, yard, (HEAD + "W,West,planet,,,,\nX,,site,,,,\n").encode())
    assert "2 rows cannot be taken over." in text(shown)
    assert "“planet” is no kind." in text(shown)
    assert b'name="plan"' not in shown.content


def test_a_mended_file_is_chosen_where_its_faults_are_said(yard: Yard, client: Client) -> None:
    rows = HEAD + "W,West,planet,,,,\nX,X,planet,nowhere,,,\n"
    shown = upload(client, yard, rows.encode(), source="payroll")
    assert "2 rows cannot be taken over." in text(shown)
    form = (
        shown.content.decode().split(f'action="{at(yard, "units-import")}"')[1].split("</form>")[0]
    )
    assert 'type="file"' in form
    assert 'value="payroll"' in form


def test_how_days_and_numbers_were_read_is_said_before_they_are_taken(
    yard: Yard, client: Client
) -> None:
    rows = "W,West,site,,1.200,01.10.2026,council\nX,X,site,,70,2026-10-01,council\n"
    shown = text(upload(client, yard, (HEAD + rows).encode()))
    assert "“01.10.2026” was read as Oct. 1, 2026" in shown
    assert "“1.200” was read as 1,200 people" in shown
    assert "was read as 70" not in shown
    assert shown.count("was read as") == 2


def test_what_changed_meanwhile_is_shown_again(yard: Yard, client: Client) -> None:
    shown = upload(client, yard, (HEAD + "W,West,site,,,,\n").encode())
    answer = client.post(shown.redirect_chain[-1][0], {"plan": "0" * 64})
    assert answer.status_code == 409
    assert "Nothing was written" in text(answer)
    assert "W" not in yard.tree().by_code


def test_a_file_is_thrown_away(yard: Yard, client: Client) -> None:
    upload(client, yard, (HEAD + "W,West,site,,,,\n").encode())
    draft = ImportDraft.objects.latest("made_on")
    client.post(at(yard, "units-throw-away", import_id=draft.id))
    assert not ImportDraft.objects.filter(id=draft.id).exists()


def test_a_file_that_is_no_table_is_refused_with_a_sentence(yard: Yard, client: Client) -> None:
    answer = upload(client, yard, b"just words\n", source="payroll")
    assert answer.status_code == 400
    assert "No row with headings was found." in text(answer)
    assert b'value="payroll"' in answer.content


def test_a_file_that_is_too_large_never_reaches_a_disk(yard: Yard, client: Client) -> None:
    answer = upload(client, yard, b"x" * 3_000_000)
    assert answer.status_code == 400
    assert "Choose a file of at most 2 MB." in text(answer)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_tree_goes_out_and_comes_back_unchanged(yard: Yard, client: Client, kind: str) -> None:
    answer = client.get(at(yard, "units-file", file_format=kind))
    assert len(tables.read(answer.content).rows) == 6
    shown = upload(client, yard, answer.content)
    assert "Nothing would change" in text(shown)
    assert client.get(at(yard, "units-file", file_format="pdf")).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_can_be_taken_over_as_it_is(yard: Yard, client: Client, kind: str) -> None:
    example = client.get(at(yard, "units-example", file_format=kind)).content
    assert "Nothing is written yet" in text(upload(client, yard, example))


def test_everything_that_can_be_done_with_a_unit(yard: Yard, client: Client) -> None:
    for name, form in (
        ("units-count", {"people": 75, "as_of": "2026-11-02", "source": "payroll"}),
        ("units-rename", {"name": "South Gate", "code": "S", "kind": "site"}),
        ("units-split", {"parts": "S-1; Early; 40\nS-2; Late", "kind": "shift", "stays": "yes"}),
    ):
        if name == "units-split":
            form |= {"source": "payroll", "as_of": "2026-11-02"}
        assert client.post(unit_at(yard, name, "S"), form).status_code == 302, name
    client.post(unit_at(yard, "units-move", "S-2"), {"parent": "N"})
    assert (yard.node("S").name, yard.node("S").people) == ("South Gate", 75)
    assert (yard.node("S-1").people, yard.node("S-2").path) == (40, "North / Late")
    gone = unit_at(yard, "units-unit", "S-1")
    client.post(unit_at(yard, "units-merge", "S-1"), {"into": "S", "understood": "on"})
    assert "no longer a unit" in text(client.get(gone))
    story = text(client.get(at(yard, "units-history")))
    for sentence in (
        "“South” is called “South Gate” now.",
        "“Early” was merged into “South Gate”.",
    ):
        assert sentence in story


def test_a_refused_change_keeps_what_was_typed(yard: Yard, client: Client) -> None:
    answer = client.post(unit_at(yard, "units-move", "S"), {"parent": "nowhere"})
    assert answer.status_code == 400
    assert "No unit has the code “nowhere”." in text(answer)
    assert b'value="nowhere"' in answer.content
    answer = client.post(unit_at(yard, "units-merge", "S"), {"into": "N"})
    assert "Tick this box first." in text(answer)
    assert "Merge “South” into “North”?" in text(answer)
    assert yard.node("S").path == "South"


def numbers(answer: Any) -> list[str]:
    return re.findall(r'class="number">([^<]+)</td>', answer.content.decode())


def test_before_units_are_merged_a_page_names_both_and_their_head_counts(
    yard: Yard, client: Client
) -> None:
    merge = unit_at(yard, "units-merge", "N-W")
    answer = client.get(merge, {"into": "S"})
    shown = text(answer)
    assert "Merge “Warehouse” into “South”?" in shown
    assert numbers(answer) == ["130", "gone", "60", "190"]
    assert "2 units under it come under “South”." in shown
    above = client.get(merge, {"into": "N"})
    assert numbers(above) == ["130", "gone", "240", "240"]
    assert yard.node("N-W").path == "North / Warehouse"


@pytest.mark.parametrize("into", ["", "nowhere", "N-W"])
def test_no_unit_is_merged_into_none_nor_taken_away_by_the_same_button(
    yard: Yard, client: Client, into: str
) -> None:
    merge = unit_at(yard, "units-merge", "N-W")
    assert client.get(merge, {"into": into}).status_code == 400
    assert client.post(merge, {"into": into, "understood": "on"}).status_code == 400
    assert yard.node("N-W").path == "North / Warehouse"


def test_a_unit_is_taken_away_on_a_page_of_its_own(yard: Yard, client: Client) -> None:
    away = unit_at(yard, "units-take-away", "S")
    answer = client.get(away)
    assert "Take “South” away?" in text(answer)
    assert numbers(answer) == ["60", "gone", "300", "240"]
    assert client.post(away, {}).status_code == 400
    assert client.post(away, {"understood": "on"}).status_code == 302
    assert "S" not in yard.tree().by_code
    assert yard.tree().people == 240


def test_a_unit_is_added_by_hand(yard: Yard, client: Client) -> None:
    form = {"name": "Night / Gate", "code": "S-N", "kind": "shift", "parent": "S"}
    assert client.post(at(yard, "units-new"), form).status_code == 302
    assert yard.node("S-N").path == "South / Night/Gate"
    assert client.post(at(yard, "units-new"), form).status_code == 400


def test_a_representative_reads_and_a_drafter_does_not(yard: Yard) -> None:
    morgan = member(yard.campaign, "Morgan", Role.REPRESENTATIVE)
    give(morgan.user, yard.campaign, yard.unit("S"))
    reader = enter(morgan)
    page = reader.get(unit_at(yard, "units-unit", "S"))
    assert (page.status_code, b"<form" in page.content.split(b"<main")[1]) == (200, False)
    assert reader.post(unit_at(yard, "units-count", "S"), {}).status_code == 403
    drafter = enter(member(yard.campaign, "Wren", Role.DRAFTER))
    assert drafter.get(at(yard, "units")).status_code == 403


def test_five_thousand_units_open_a_page_at_a_time(yard: Yard, client: Client) -> None:
    sites = "".join(f"s{n},Site {n},site,,400,2026-10-01,c\n" for n in range(14))
    parts = "".join(f"u{n},Unit {n},,s{n % 14},35,2026-10-01,c\n" for n in range(4_900))
    assert yard.take(sites + parts)
    page = client.get(at(yard, "units"))
    assert len(page.content) < 40_000
    assert "350 parts" in text(page)
    site = client.get(unit_at(yard, "units-unit", "s3"))
    assert len(site.content) < 100_000
    assert "Next page" in text(site)
    assert "Unit 1403" in text(client.get(unit_at(yard, "units-unit", "s3") + "?page=2"))
    found = client.get(at(yard, "units") + "?q=site+3+4819")
    assert "Site 3 / Unit 4819" in text(found)


def test_reading_the_tree_asks_as_many_questions_at_any_size(
    yard: Yard, django_assert_num_queries: Any
) -> None:
    for _round in range(2):
        with django_assert_num_queries(3):
            yard.tree()
        rows = "".join(f"u{n},Unit {n},,S,35,2026-10-01,c\n" for n in range(500))
        yard.take(rows)


def test_units_of_another_campaign_are_not_there(yard: Yard, client: Client) -> None:
    other = Unit.objects.create(campaign=factories.campaign(), code="X", name="Elsewhere")
    assert client.get(at(yard, "units-unit", unit_id=other.id)).status_code == 404
    assert client.get(at(yard, "units-history") + f"?unit={other.id}").status_code == 404
    assert client.get(at(yard, "units-history") + "?unit=nonsense").status_code == 404
