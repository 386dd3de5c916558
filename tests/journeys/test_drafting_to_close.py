"""An evening and what follows: a post becomes a petition that is signed, opened, told about and closed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from organizing.crypto.encoding import unb64u
from tests.journeys import drafters
from tests.journeys.authenticator import digits
from tests.journeys.conftest import Visit
from tests.journeys.drafters import PASSWORD, Draft, fill, go, press
from tests.journeys.organizer import FREEZING
from tests.journeys.signer import Petition, Signer
from tests.journeys.stack import Stack
from tests.journeys.visitor import Visitor
from tests.reference_client import messages
from tests.reference_client.client import start
from tests.reference_client.site import Site, UrlTransport

DESK = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
K = 3
# The smallest number that can be released is 25.
CROWD = 26
UPDATE = "A meeting on Friday"


@pytest.fixture
def come(embedded: Stack, visit: Visit) -> Callable[..., Visitor]:
    """Somebody with a browser; an organizer signs in with both factors."""

    def arrive(pseudonym: str = "", secret: str = "", **options: Any) -> Visitor:
        visitor = visit(embedded, **options)
        if pseudonym:
            visitor.page.goto("/workspace/")
            fill(visitor, login=pseudonym)
            visitor.type('[name="password"]', PASSWORD)
            press(visitor, "Sign in")
            fill(visitor, code=digits(secret))
            press(visitor, "Sign in")
        return visitor

    return arrive


def test_from_a_post_to_a_closed_petition(embedded: Stack, come: Callable[..., Visitor]) -> None:
    mark = secrets.token_hex(3)
    names = {who: f"{who}-{mark}" for who in ("Heron", "Kite")}
    about = embedded.ask("found", pseudonyms=list(names.values()), password=PASSWORD, k=K)
    heron, kite = (
        come(name, about["secrets"][name], **options)
        for name, options in zip(names.values(), (DESK, {}), strict=True)
    )
    draft = begin(heron, about["campaign"])
    swift, wren, rook = invited(heron, draft, come, mark)
    drafters.disagree_and_merge(heron, swift, draft)
    drafters.suggest_and_comment(heron, wren, rook, draft)
    drafters.translate(swift, heron, draft)
    drafters.approve_by_two(heron, kite, draft)
    petition = freeze(heron, embedded, draft)
    gather(heron, swift, come, petition, draft)
    tell(heron, kite, petition, draft)
    release(heron, petition, draft)
    close(heron, come(), petition, draft)


def begin(heron: Visitor, campaign: str) -> Draft:
    """From the campaign's page to a first version without a trace."""
    go(heron, f"/workspace/c/{campaign}/")
    heron.page.select_option('[name="language"]', "en")
    press(heron, "Begin")
    draft = Draft(heron.page.url.split("/drafting/")[1].split("/")[0])
    drafters.begin(heron, draft)
    return draft


def invited(heron: Visitor, draft: Draft, come: Callable[..., Visitor], mark: str) -> list[Visitor]:
    """One who edits, one who suggests and one who comments: by links, without a second factor."""
    found = []
    for name, part in (("Swift", "edit"), ("Wren", "suggest"), ("Rook", "comment")):
        visitor = come()
        drafters.sign_up(visitor, drafters.invite(heron, draft, part), f"{name}-{mark}")
        found.append(visitor)
    return found


def freeze(heron: Visitor, stack: Stack, draft: Draft) -> Petition:
    """Three first signers are to open it; then not a letter changes any more."""
    go(heron, draft.in_workspace("first-signers"))
    fill(heron, number=str(K))
    press(heron, "Save")
    seed = stack.ask("give_key", petition=draft.id)
    go(heron, draft.in_workspace("freeze"))
    last_day = datetime.now(UTC) + timedelta(days=30)
    fill(heron, closes_on=last_day.strftime("%Y-%m-%d"))
    heron.page.check('[name="understood"]')
    heron.page.get_by_role("button", name="Freeze it").click()
    page = draft.in_workspace("petition")
    expect(heron.page).to_have_url(f"{stack.origin}{page}", timeout=FREEZING)
    expect(heron.page.get_by_role("link", name="Open the petition")).to_have_count(0)
    return Petition(stack, stack.ask("describe_one", petition=draft.id) | {"seed": seed})


def gather(
    heron: Visitor,
    swift: Visitor,
    come: Callable[..., Visitor],
    petition: Petition,
    draft: Draft,
) -> None:
    """By the private link and the ordinary way of signing. Whoever wrote reads “not yet”, then “reached”."""
    go(swift, draft.at("first-signers"))
    gate = swift.page.locator("#gate-title + p")
    expect(gate).to_have_text("not yet")
    founder = Signer(come(), petition)
    founder.open(petition.link(code=petition.new_code(), private=True))
    founder.read()
    founder.on_device()
    founder.prove_by_paper()
    founder.stay_anonymous()
    founder.sign()
    founder.decline_words()
    sign(petition, K - 1, private=True)
    swift.page.reload()
    expect(gate).to_have_text("not yet")
    assert petition.stack.count(draft.id) == {"A": K}
    swift.page.reload()
    expect(gate).to_have_text("reached")
    go(heron, draft.in_workspace("petition"))
    heron.page.get_by_role("link", name="Open the petition").click()
    press(heron, "Open it now")
    expect(heron.page.get_by_text("The petition is open.")).to_be_visible()
    petition.stack.settle()


def sign(petition: Petition, number: int, *, private: bool = False) -> None:
    """Co-workers with a client of their own."""
    about, origin = petition.about, petition.stack.origin
    site = Site(UrlTransport(), origin, about["private_id" if private else "public_id"])
    for code in petition.stack.ask("make_codes", petition=about["id"], size=number):
        client = start(site, secrets.token_bytes(16), unb64u(about["manifest_hash"], 32))
        credential = client.issue(1, messages.paper_proof(code))
        client.send(client.send_bytes(credential))


def tell(heron: Visitor, kite: Visitor, petition: Petition, draft: Draft) -> None:
    """An update, which readers find on the petition once both organizers approve of it."""
    go(heron, draft.in_workspace("news-new", "update", "en"))
    fill(heron, title=UPDATE, body="Come to the **canteen**.")
    press(heron, "Save")
    post = heron.page.url
    press(heron, "Approve of it")
    expect(heron.page.get_by_role("button", name="Publish")).to_have_count(0)
    go(kite, post)
    press(kite, "Publish")
    expect(kite.page.get_by_text("Published.")).to_be_visible()
    petition.stack.settle()


def release(heron: Visitor, petition: Petition, draft: Draft) -> None:
    """Nothing is public by itself: a band, once enough are counted, by hand."""
    page = draft.in_workspace("news-release")
    go(heron, page)
    expect(heron.page.get_by_text("no further number is reached")).to_be_visible()
    sign(petition, CROWD - K)
    assert petition.stack.count(draft.id) == {"A": CROWD}
    go(heron, page)
    heron.page.locator('[name="offer"]').first.check()
    heron.page.check('[name="understood"]')
    press(heron, "Release it for good")
    petition.stack.settle()


def close(heron: Visitor, reader: Visitor, petition: Petition, draft: Draft) -> None:
    """A reader with no account sees all of it, and that it is over."""
    go(reader, petition.link())
    expect(reader.page.locator(".happened")).to_contain_text("More than 25")
    expect(reader.page.locator(".happened")).to_contain_text(UPDATE)
    assert reader.page.request.get(f"{petition.path()}updates.atom").status == 200
    go(heron, draft.in_workspace("close"))
    press(heron, "Close it for good")
    petition.stack.settle()
    for language in ("es", "en"):
        go(reader, petition.link(language))
        expect(reader.page.locator('[data-go="learn"]')).to_have_count(0)
    expect(reader.page.locator(".notice__title").first).to_have_text("This petition is closed.")
    go(heron, draft.in_workspace("petition"))
    expect(heron.page.get_by_role("link", name="Begin a new version")).to_be_visible()
