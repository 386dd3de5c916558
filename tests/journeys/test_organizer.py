"""An organizer, from making an account to a list of names; and the workers who sign in between."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path
from urllib.parse import unquote_to_bytes

from playwright.sync_api import expect

from organizing.crypto.encoding import b64u, unb64u
from organizing.crypto.keyfiles import AudienceKey, read_key_file
from tests.journeys.conftest import Visit
from tests.journeys.mailbox import code_in
from tests.journeys.opening import Opener, open_by_command, rows, save_opener
from tests.journeys.organizer import PASSPHRASE, SCRYPT, Organizer
from tests.journeys.signer import Petition, Signer
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor
from tests.reference_client import messages
from tests.reference_client.client import Person, start
from tests.reference_client.site import Site, UrlTransport

CAMPAIGN = "Quick campaign"
# What a spreadsheet would calculate.
FORMULA = '=HYPERLINK("http://x")'


def sent_by(visitor: Visitor) -> bytes:
    """Every address and every body that left this browser, as sent and with the percent signs undone."""
    bodies = [request.post_data_buffer or b"" for request in visitor.requests]
    sent = b"\n".join([*bodies, *(request.url.encode() for request in visitor.requests)])
    return sent + b"\n" + unquote_to_bytes(sent.replace(b"+", b" "))


def disguises(secret: bytes) -> list[bytes]:
    """The forms in which a secret could travel."""
    plain = [secret, secret.hex().encode(), secret.hex().upper().encode()]
    coded = [base64.b64encode(secret), base64.urlsafe_b64encode(secret)]
    return [*plain, *(one.rstrip(b"=") for one in coded)]


def expect_private_half_at_home(visitor: Visitor, key: AudienceKey) -> None:
    """The public half went over the wire, so the search can find something; the rest did not."""
    sent = sent_by(visitor)
    assert b64u(key.public_key).encode() in sent
    assert not [form for form in disguises(key.seed) if form in sent]
    assert not [form for form in disguises(PASSPHRASE.encode()) if form in sent]


def sign_by_mailbox(stack: Stack, about: dict[str, str], address: str, name: str) -> None:
    """A co-worker with a client of their own, written from docs/protocol.md."""
    site = Site(UrlTransport(), stack.origin, about["public_id"])
    client = start(site, secrets.token_bytes(16), unb64u(about["manifest_hash"], 32))
    client.ask_for_code(address)
    code = code_in(stack.mailbox.wait_for(address)).replace("-", "")
    credential = client.issue(2, address.encode() + b"\0" + code.encode())
    people = {"organizers": Person(name)} if name else {}
    client.send(client.send_bytes(credential, people=people))


def found_petition(
    organizer: Organizer, stack: Stack, folder: Path
) -> tuple[AudienceKey, list[str]]:
    """Everything up to the frozen petition; the organizers' key, and six paper codes."""
    organizer.sign_up()
    organizer.sign_in_again()
    organizer.begin_campaign(CAMPAIGN)
    stack.ask("quicken", campaign=CAMPAIGN, k=3)
    organizer.write_petition()
    organizer.approve()
    key = read_key_file(organizer.make_key(folder), PASSPHRASE)
    organizer.freeze()
    codes = organizer.print_codes(6)
    assert len(set(codes)) == 6
    return key, codes


def first_sign(stack: Stack, about: dict[str, str], codes: list[str]) -> None:
    """Those who founded it, by the private link, and the batch that counts them."""
    site = Site(UrlTransport(), stack.origin, about["private_id"])
    for code in codes:
        client = start(site, secrets.token_bytes(16), unb64u(about["manifest_hash"], 32))
        credential = client.issue(1, messages.paper_proof(code))
        client.send(client.send_bytes(credential))
    assert stack.count(about["id"]) == {"A": len(codes), "B": 0}


def sign_by_slip(visit: Visit, petition: Petition, link: str, name: str) -> None:
    """A worker who follows what the slip says."""
    worker = Signer(visit(petition.stack), petition)
    worker.visitor.page.goto(link)
    worker.visitor.page.locator('#languages a[hreflang="en"]').tap()
    worker.read()
    worker.on_device()
    worker.prove_by_paper()
    if name:
        worker.give_name(name)
    else:
        worker.stay_anonymous()
    worker.sign()
    worker.decline_words()


def test_organizer_goes_from_sign_up_to_a_list_of_names(
    stack: Stack, visit: Visit, tmp_path: Path
) -> None:
    organizer = Organizer(visit(stack, accept_downloads=True), "night owl")
    key, codes = found_petition(organizer, stack, tmp_path)
    about = stack.ask("describe", campaign=CAMPAIGN) | {"seed": b64u(key.seed)}
    petition = Petition(stack, about)
    organizer.go(organizer.petition_url)
    expect(organizer.page.get_by_role("link", name="Open the petition")).to_have_count(0)
    expect(organizer.page.locator("main")).to_contain_text("not yet")
    first_sign(stack, about, codes[3:])
    public_link = organizer.open()
    assert public_link.endswith(f"/p/{about['public_id']}/#m={about['manifest_hash']}")
    stack.settle()
    links = [f"{public_link}&c={code}" for code in codes]
    sign_by_slip(visit, petition, links[0], "Ana Ruiz")
    sign_by_slip(visit, petition, links[1], FORMULA)
    organizer.follow("Counts")
    assert stack.count(about["id"]) == {"A": 3, "B": 0}
    expect(organizer.page.locator(".count__number").first).to_have_text("3")
    sign_by_slip(visit, petition, links[2], "")
    for number, name in enumerate(["Bea Kurt", "", ""]):
        sign_by_mailbox(stack, about, f"colleague.{number}@example.com", name)
    assert stack.count(about["id"]) == {"A": 6, "B": 3}
    organizer.go(organizer.page.url)
    assert organizer.page.locator(".count__number").all_inner_texts() == ["6", "3"]

    export = organizer.export(tmp_path)
    organizer.go(organizer.page.url)
    expect(organizer.page.locator(".ledger td").first).to_have_text("night owl")
    expect_private_half_at_home(organizer.visitor, key)
    open_everywhere(stack, visit, organizer, export)


def open_everywhere(stack: Stack, visit: Visit, organizer: Organizer, export: Path) -> None:
    """The saved page and the command say the same."""
    folder = export.parent
    key_file = folder / "roundrobin-organizers.key.json"
    saved = save_opener(organizer.visitor, folder)
    opener = Opener(visit(stack, accept_downloads=True), saved)
    opener.visitor.check_accessibility("opener")
    opener.open(export, key_file, "not the passphrase")
    expect(opener.page.locator("#status")).to_contain_text("passphrase", timeout=SCRYPT)
    opener.open(export, key_file, PASSPHRASE)
    opener.wait()
    opener.visitor.check_accessibility("opened")
    assert [row[1:] for row in opener.totals()] == [["4", "2", "6"], ["2", "1", "3"]]
    by_page = opener.save_list(folder)
    said, by_command = open_by_command(stack, export, key_file, PASSPHRASE)
    assert by_page == by_command
    found = {row["Name"]: row for row in rows(by_page)}
    assert set(found) == {"Ana Ruiz", f"'{FORMULA}", "Bea Kurt"}
    assert "colleague.0@example.com" in found["Bea Kurt"].values()
    assert "self-typed" in " ".join(found["Ana Ruiz"].values())
    assert "Ana" not in said
