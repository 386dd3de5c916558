"""The demo is seeded once, and an interrupted start is taken up again."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from organizing.accounts.models import User
from organizing.crypto import sealing
from organizing.crypto.encoding import b64u
from organizing.eligibility.models import RequestTally
from organizing.management import coworkers, demo, demo_earlier, demo_support, simulation
from organizing.management.commands import seed_demo
from organizing.petitions import freezing
from organizing.petitions.models import Petition, State
from organizing.publishing.models import Milestone
from organizing.signing.models import Signature, Tally
from tests.reference_client.export import read_key_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, no worker to wait for, and a small cast."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(demo, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(seed_demo, "PAPER", 12)
    monkeypatch.setattr(seed_demo, "MAILBOX", 11)
    monkeypatch.setattr(seed_demo, "NAMED", 3)
    for module, name, rows in (
        (demo_earlier, "SIGNERS", "unit,1,2\nMPK-20,10,0\n,1,0\n"),
        (demo_earlier, "LISTS", "unit,1,2\nDUB,0,0\n"),
        (demo_support, "CARDS", "unit,1\nMPK-20,12\n"),
    ):
        (tmp_path / name).write_text(rows, encoding="utf-8")
        monkeypatch.setattr(module, name, tmp_path / name)
    return tmp_path


def seed(server: LiveServer) -> str:
    told = io.StringIO()
    call_command("seed_demo", origin=server.url, stdout=told)
    return told.getvalue()


def facts(data: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((data / "demo.json").read_text(encoding="utf-8"))
    return content


def petition_of(data: Path) -> Petition:
    return Petition.objects.get(public_id=facts(data)["petition_id"])


def test_everybody_counts_at_once_in_both_classes(data: Path, live_server: LiveServer) -> None:
    told = seed(live_server)
    assert facts(data)["petition_url"] in told
    tallies = Tally.objects.filter(petition=petition_of(data))
    assert sorted(tallies.values_list("proof_class", "total")) == [(1, 12), (2, 11)]


def test_there_is_one_update_in_every_language_and_no_number(
    data: Path, live_server: LiveServer
) -> None:
    seed(live_server)
    page = facts(data)["petition_url"].partition("#")[0].removesuffix("en/")
    path = page.removeprefix(facts(data)["site"])
    for language, title in (("en", "How you hear from us"), ("ar", "كيف تصلك أخبارنا")):
        shown = Client().get(f"{path}{language}/updates/").content.decode()
        assert title in shown
        assert shown.count("<li id=") == 2
    assert not Milestone.objects.exists()


def test_a_second_start_seeds_nothing(data: Path, live_server: LiveServer) -> None:
    seed(live_server)
    first = facts(data)
    seed(live_server)
    assert facts(data) == first
    assert Petition.objects.count() == 2


def test_a_used_slip_is_replaced_at_the_next_start(data: Path, live_server: LiveServer) -> None:
    seed(live_server)
    used, *left = facts(data)["paper_codes"]
    site = simulation.Site(live_server.url, facts(data)["petition_id"])
    proof = simulation.Proof(1, used.replace("-", "").encode())
    simulation.sign(site, simulation.Coworker(proof, "en"))
    told = seed(live_server)
    after = facts(data)["paper_codes"]
    assert used not in told
    assert after[: len(left)] == left
    assert len(after) == demo.PAPER_CODES
    assert all(code in told for code in after)


def test_once_it_is_closed_no_slip_is_printed_and_a_new_beginning_is_explained(
    data: Path, live_server: LiveServer
) -> None:
    seed(live_server)
    Petition.objects.update(state=State.CLOSED)
    told = seed(live_server)
    assert "A slip of paper" not in told
    assert "make simulate" not in told
    assert f"move the folder {data} away" in told
    with pytest.raises(CommandError, match="To begin afresh"):
        call_command("simulate", 2, origin=live_server.url)


def test_nobody_is_given_more_codes_by_mail_than_were_asked_for(
    data: Path, live_server: LiveServer
) -> None:
    seed(live_server)
    given_out = Tally.objects.get(petition=petition_of(data), proof_class=2).total
    assert RequestTally.objects.get().requested >= given_out == 11


def test_another_port_and_folder_are_told_at_the_next_start(
    data: Path, live_server: LiveServer, settings: Settings
) -> None:
    seed(live_server)
    settings.SITE_ORIGIN = "http://127.0.0.1:8999"
    told = seed(live_server)
    assert facts(data)["petition_url"].startswith("http://127.0.0.1:8999/p/")
    assert facts(data)["petition_url"] in told


def test_a_start_that_was_interrupted_while_they_signed_is_taken_up(
    data: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(simulation, "sign_all", lambda *_: pytest.fail("interrupted"))
        with pytest.raises(pytest.fail.Exception):
            seed(live_server)
    assert not (data / "demo.json").exists()
    seed(live_server)
    assert Petition.objects.count() == 2
    assert Signature.objects.filter(petition=petition_of(data)).count() == 23


def test_a_start_that_was_interrupted_before_the_petition_opened_begins_anew(
    data: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(freezing, "freeze", lambda **_: pytest.fail("interrupted"))
        with pytest.raises(pytest.fail.Exception):
            seed(live_server)
    seed(live_server)
    assert facts(data)["petition_url"]
    assert sorted(User.objects.values_list("username", flat=True)) == ["morgan", "robin", "sasha"]


def test_more_co_workers_sign_an_open_demo_only(data: Path, live_server: LiveServer) -> None:
    with pytest.raises(CommandError, match="make run"):
        call_command("simulate", 2, origin=live_server.url)
    seed(live_server)
    told = io.StringIO()
    call_command("simulate", 2, named=1, origin=live_server.url, stdout=told)
    assert "2 signed, 1 of them with a name" in told.getvalue()


def test_the_key_of_the_demo_opens_what_its_manifest_seals(
    data: Path, live_server: LiveServer
) -> None:
    seed(live_server)
    kept = facts(data)
    audience, key = read_key_file(Path(kept["key_file"]).read_bytes(), kept["key_passphrase"])
    for petition in Petition.objects.all():
        sealed_to = json.loads(bytes(petition.manifest or b""))["audiences"]
        assert sealed_to == [{"id": audience, "key": b64u(sealing.public_key_bytes(key))}]


def test_nobody_of_the_cast_signs_twice_under_one_name() -> None:
    proofs = [simulation.Proof(1, bytes([n])) for n in range(40)]
    people = coworkers.cast(proofs, 30)
    names = [person.name for person in people if person.name]
    assert len(names) == len(set(names)) == 30
    assert {person.proof.data for person in people} == {proof.data for proof in proofs}
