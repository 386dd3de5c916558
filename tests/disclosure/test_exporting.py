"""The export of a petition: for organizers, written down before its first byte, and enough to recount."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organizing.accounts.models import Campaign, Role
from organizing.crypto.keyfiles import AudienceKey, write_key_file
from organizing.disclosure.models import ExportLog
from organizing.petitions.models import Petition
from organizing.signing.models import Signature
from tests import factories, stage
from tests.accounts.people import enter, make_person, member
from tests.disclosure.opened import open_file
from tests.factories import ORGANIZERS_SEED, Wanted
from tests.reference_client import envelope
from tests.reference_client.client import Client as Signer
from tests.reference_client.client import Person
from tests.reference_client.export import read_export
from tests.reference_client.manifest import read_manifest
from tests.stage import Stage
from tests.vectors.worked_files import public_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Stage:
    return stage.opened()


@pytest.fixture
def campaign(here: Stage) -> Campaign:
    return Petition.objects.get(id=here.petition.id).campaign


@pytest.fixture
def organizer(campaign: Campaign) -> Client:
    return enter(member(campaign, "Heron", Role.ORGANIZER))


def address(here: Stage) -> str:
    return reverse("workspace-export", args=[here.petition.id])


def download(client: Client, here: Stage) -> bytes:
    response = client.post(address(here))
    assert response.status_code == 200
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue()


def signed(here: Stage) -> tuple[Signer, ...]:
    """Three counted: one named, one anonymous, one withdrawn since."""
    named, credential = here.with_paper()
    named.send(named.send_bytes(credential, people={"organizers": Person("Ada", site="London")}))
    anonymous, gone = here.signed()[0], here.signed()[0]
    here.flush()
    gone.withdraw(2)
    return named, anonymous, gone


def test_the_page_says_what_the_opener_calls_the_petition(here: Stage, organizer: Client) -> None:
    page = organizer.get(address(here)).content.decode()
    assert f'<code dir="ltr">{here.petition.manifest.petition}</code>' in page


def test_the_file_is_what_the_page_says(here: Stage, organizer: Client) -> None:
    named, anonymous, gone = signed(here)
    found = read_export(io.BytesIO(download(organizer, here)))
    assert (found.complete, found.problems) == (True, [])
    assert found.manifest.data == here.petition.manifest.data
    assert list(found.records) == sorted(s.signer.nullifier for s in (named, anonymous, gone))
    record = found.records[named.signer.nullifier]
    args = (found.manifest, record.pk_w, record.envelope, "organizers", ORGANIZERS_SEED)
    opened = envelope.open_slot(*args)
    assert opened is not None
    assert opened["name"] == "Ada"
    assert found.records[gone.signer.nullifier].envelope == b""


def test_the_opener_makes_the_list_of_it(here: Stage, organizer: Client, tmp_path: Path) -> None:
    named, _anonymous, _gone = signed(here)
    key = AudienceKey("organizers", ORGANIZERS_SEED, public_key(ORGANIZERS_SEED))
    file = tmp_path / "organizers.json"
    file.write_text(write_key_file(key, "correct horse battery staple"))
    found = open_file(tmp_path, download(organizer, here), key=file)
    assert found.code == 0
    (row,) = found.rows.values()
    assert (row["Name"], row["Workplace"]) == ("Ada", "London")
    assert row["Record"] == named.signer.nullifier.hex()[:32]
    assert row["How verified"] == "employment verified, name self-typed"
    assert "Without a name: 1" in found.said
    assert "Withdrawn, and not counted: 1" in found.said


def test_what_waits_is_not_in_it(here: Stage, organizer: Client) -> None:
    here.signed()
    assert read_export(io.BytesIO(download(organizer, here))).records == {}


def test_the_answer_is_a_neutral_attachment_that_nobody_stores(
    here: Stage, organizer: Client
) -> None:
    response = organizer.post(address(here))
    assert response["Content-Disposition"] == 'attachment; filename="export.bin"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_export_is_written_down_before_its_first_byte(here: Stage, organizer: Client) -> None:
    response = organizer.post(address(here))
    # Nothing has been read of it yet.
    assert isinstance(response, StreamingHttpResponse)
    (line,) = ExportLog.objects.all()
    assert (line.pseudonym, line.petition_id) == ("Heron", here.petition.id)


def test_every_organizer_of_the_campaign_sees_the_log(
    here: Stage, organizer: Client, campaign: Campaign
) -> None:
    for _ in range(2):
        download(organizer, here)
    other = enter(member(campaign, "Ibis", Role.ORGANIZER))
    page = other.get(address(here)).content.decode()
    assert "Heron" in page
    assert '<td class="number">2</td>' in page
    assert reverse("opener", args=["en"]) in page


def test_reading_the_page_exports_nothing(here: Stage, organizer: Client) -> None:
    assert organizer.get(address(here)).status_code == 200
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.REPRESENTATIVE])
def test_other_roles_are_turned_away(here: Stage, campaign: Campaign, role: Role) -> None:
    client = enter(member(campaign, "Wren", role))
    assert client.get(address(here)).status_code == 403
    assert client.post(address(here)).status_code == 403
    assert not ExportLog.objects.exists()


def test_strangers_and_people_without_their_second_factor_are_turned_away(
    here: Stage, campaign: Campaign
) -> None:
    stranger = enter(make_person("Stranger"))
    half = enter(member(campaign, "Half", Role.ORGANIZER), used=False)
    elsewhere = enter(member(factories.campaign(), "Else", Role.ORGANIZER))
    for client, status in ((stranger, 404), (elsewhere, 404), (half, 302), (Client(), 302)):
        assert client.get(address(here)).status_code == status
        assert client.post(address(here)).status_code == status
    assert not ExportLog.objects.exists()


def test_a_form_from_elsewhere_exports_nothing(here: Stage, campaign: Campaign) -> None:
    organizer = enter(member(campaign, "Heron", Role.ORGANIZER))
    organizer.handler.enforce_csrf_checks = True
    assert organizer.post(address(here)).status_code == 403
    assert not ExportLog.objects.exists()


def test_a_draft_has_nothing_to_export() -> None:
    petition = factories.draft()
    organizer = enter(member(petition.campaign, "Heron", Role.ORGANIZER))
    for method in (organizer.get, organizer.post):
        response = method(reverse("workspace-export", args=[petition.id]))
        assert response.status_code == 409
    missing = organizer.get(reverse("workspace-export", args=[uuid4()]))
    assert missing.status_code == 404


def test_it_is_read_in_pages_by_key(here: Stage, organizer: Client) -> None:
    """Constant memory: a page at a time, and no query that grows with what was read."""
    rows = [
        Signature(
            nullifier=number.to_bytes(32, "big"),
            petition_id=here.petition.id,
            proof_class=1,
            version=1,
            counted=False,
        )
        for number in range(1, 1202)
    ]
    Signature.objects.bulk_create(rows)
    response = organizer.post(address(here))
    assert isinstance(response, StreamingHttpResponse)
    with CaptureQueriesContext(connection) as queries:
        data = response.getvalue()
    pages = [q["sql"] for q in queries if "organizing_signature" in q["sql"]]
    assert len(pages) == 4
    assert all("LIMIT 500" in sql and "OFFSET" not in sql for sql in pages)
    found = read_export(io.BytesIO(data))
    assert (found.complete, len(found.records)) == (True, 1201)


def test_an_export_of_one_petition_holds_no_other(here: Stage, organizer: Client) -> None:
    other = stage.opened(Wanted(k=2))
    for _ in range(3):
        other.signed()
    other.flush()
    data = download(organizer, here)
    assert read_export(io.BytesIO(data)).records == {}
    assert (
        read_manifest(here.petition.manifest.data).mh == read_export(io.BytesIO(data)).manifest.mh
    )
