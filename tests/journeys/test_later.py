"""A worker who proves the job today and signs on another day, from another network or device."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.organizer import keep
from tests.journeys.signer import Petition, Signer


def test_credential_waits_on_the_phone_and_is_sent_later(petition: Petition, visit: Visit) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack), petition)
    worker.go_to_sign(petition.new_code(), name="Lou Weber")
    worker.get_credential()
    assert petition.held() == before
    worker.visitor.reopen(petition.link())
    worker.at("resume").locator('[data-do="resume"]').tap()
    worker.at("waiting").locator('[data-do="send-waiting"]').tap()
    # A credential waits for days, a name for nobody: it is typed on the day on which it is sealed.
    worker.give_name("Lou Weber")
    worker.sign()
    worker.decline_words()
    (new,) = petition.new_since(before)
    assert (new["version"], new["named"]["name"]) == (1, "Lou Weber")


def test_credential_travels_in_a_file_to_another_device(
    petition: Petition, visit: Visit, tmp_path: Path
) -> None:
    before = petition.held()
    worker = Signer(visit(petition.stack, accept_downloads=True), petition)
    worker.go_to_sign(petition.new_code())
    worker.get_credential()
    with worker.visitor.page.expect_download() as saved:
        worker.at("waiting").locator('[data-do="save-file"]').tap()
    keep(saved.value, tmp_path)
    worker.at("waiting").locator('[data-do="erase-waiting"]').tap()
    worker.at("waiting").locator('[data-do="erase-really"]').tap()
    assert worker.visitor.page.evaluate("() => localStorage.length") == 0
    other = Signer(visit(petition.stack), petition)
    other.open(petition.link())
    other.read()
    other.on_device()
    other.at("proof").locator("details summary").tap()
    other.visitor.page.set_input_files("#saved-file", tmp_path / saved.value.suggested_filename)
    other.at("waiting").locator('[data-do="send-waiting"]').tap()
    other.decline_words()
    (new,) = petition.new_since(before)
    assert (new["version"], new["named"]) == (1, None)


def test_other_file_is_no_credential(
    embedded_petition: Petition, visit: Visit, tmp_path: Path
) -> None:
    petition = embedded_petition
    foreign = tmp_path / "foreign.json"
    foreign.write_text('{"stage":"issued"}')
    worker = Signer(visit(petition.stack), petition)
    worker.open(petition.link())
    worker.read()
    worker.on_device()
    worker.at("proof").locator("details summary").tap()
    worker.visitor.page.set_input_files("#saved-file", foreign)
    expect(worker.at("proof").locator('[data-error="saved-file"]')).to_be_visible()
