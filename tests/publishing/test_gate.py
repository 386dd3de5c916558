"""The first signers: what opens a petition, and how little of it anybody sees."""

from __future__ import annotations

import random
import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from organizing.accounts.models import Campaign, Role
from organizing.drafting.models import CoDrafter, Part
from organizing.errors import WrongState
from organizing.petitions import ending, selectors
from organizing.petitions.models import Petition, State
from organizing.publishing import gate, tasks
from tests import factories
from tests.accounts.people import enter, make_person, member
from tests.architecture import source
from tests.factories import Wanted
from tests.privacy.clocks import LIMIT, mann_whitney
from tests.stage import Stage

pytestmark = pytest.mark.django_db
K, NEEDED = 3, 8
TODAY = timezone.now().date()
# Django masks this with new random bytes in each answer.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def campaign(db: None) -> Campaign:
    found = factories.campaign(Wanted(k=K))
    found.first_signers, found.epoch_seconds = NEEDED, 86_400
    found.save()
    return found


def frozen(campaign: Campaign, **changed: object) -> Petition:
    petition = factories.frozen(Wanted(k=K), of=campaign)
    Petition.objects.filter(id=petition.id).update(**changed)
    petition.refresh_from_db()
    return petition


def state(petition: Petition) -> str:
    petition.refresh_from_db()
    return petition.state


def co_drafter(petition: Petition, part: Part = Part.EDIT) -> Client:
    person = make_person("Swift", factor=False)
    CoDrafter.objects.create(petition=petition, user=person.user, part=part)
    return enter(person)


DRAFTERS_PAGES: tuple[str, ...] = (
    *("workspace-petition", "drafting-home", "drafting-first-signers", "drafting-review"),
    *(
        "workspace-open",
        "workspace-counts",
        "workspace-codes",
        "workspace-first-signers",
        "workspace-news",
    ),
)
GUESTS_PAGES: tuple[str, ...] = (
    "drafting",
    "drafting-home",
    "drafting-first-signers",
    "drafting-review",
)


def seen(client: Client, petition: Petition, names: tuple[str, ...]) -> list[object]:
    """Status, headers and bytes of each page."""
    found: list[object] = []
    for name in names:
        answer = client.get(reverse(name, args=[] if name == "drafting" else [petition.id]))
        content = TOKEN.sub(b"", answer.content)
        headers = {key: value for key, value in answer.items() if key != "Content-Length"}
        sizes = len(answer.content), answer.get("Content-Length")
        cookies = sorted(answer.cookies)
        found.append((name, answer.status_code, headers, sizes, cookies, content))
    return found


def test_a_frozen_petition_says_when_it_is_looked_at_next(campaign: Campaign) -> None:
    petition = frozen(campaign)
    client = enter(member(campaign, "Heron", Role.ORGANIZER))
    shown = client.get(reverse("workspace-petition", args=[petition.id])).content.decode()
    due = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert f"{date_format(due)}, midnight UTC" in shown
    assert "The site looks once a day whether there are enough" in shown
    factories.count(petition, NEEDED)
    shown = client.get(reverse("workspace-petition", args=[petition.id])).content.decode()
    assert "Next look" not in shown


@pytest.mark.parametrize("who", ["drafter", "co-drafter"])
def test_whoever_writes_sees_the_same_bytes_until_the_gate_is_reached(
    campaign: Campaign, who: str
) -> None:
    petition = frozen(campaign)
    is_member = who == "drafter"
    names = DRAFTERS_PAGES if is_member else GUESTS_PAGES
    client = enter(member(campaign, "Wren", Role.DRAFTER)) if is_member else co_drafter(petition)
    nobody = seen(client, petition, names)
    for number in (K - 1, K, K + 1, NEEDED - 1):
        factories.count(petition, number)
        assert seen(client, petition, names) == nobody, number
    assert b"not yet" in str(nobody).encode()
    factories.count(petition, NEEDED)
    reached = seen(client, petition, names)
    assert reached != nobody
    for number in (NEEDED + 1, NEEDED + 500):
        factories.count(petition, number)
        assert seen(client, petition, names) == reached, number


def test_whoever_writes_finds_no_number_by_taking_their_own_signatures_back(
    campaign: Campaign,
) -> None:
    petition = frozen(campaign)
    client = enter(member(campaign, "Wren", Role.DRAFTER))
    factories.count(petition, NEEDED)
    gate.open_due(today=TODAY)
    reached = seen(client, petition, DRAFTERS_PAGES)
    for number in (NEEDED - 1, K, K - 1, 0, NEEDED):
        factories.count(petition, number)
        gate.open_due(today=TODAY)
        assert seen(client, petition, DRAFTERS_PAGES) == reached, number


@pytest.mark.parametrize(("part", "is_shown"), [(Part.EDIT, True), (Part.COMMENT, False)])
def test_the_private_link_is_for_those_who_edit(
    campaign: Campaign, part: Part, *, is_shown: bool
) -> None:
    petition = frozen(campaign)
    client = co_drafter(petition, part)
    shown = client.get(reverse("drafting-first-signers", args=[petition.id])).content.decode()
    assert (petition.private_id in shown) is is_shown


def test_the_drafters_page_takes_as_long_for_nobody_as_for_one_too_few(campaign: Campaign) -> None:
    client = enter(member(campaign, "Wren", Role.DRAFTER))
    nobody, nearly = frozen(campaign), frozen(campaign)
    factories.count(nearly, NEEDED - 1)
    pages = [reverse("drafting-first-signers", args=[p.id]) for p in (nobody, nearly)]
    times: dict[str, list[float]] = {url: [] for url in pages}
    for _turn in range(170):
        for url in random.sample(pages, 2):
            begun = time.perf_counter()
            client.get(url)
            times[url].append(time.perf_counter() - begun)
    few, many = (taken[20:] for taken in times.values())
    assert abs(mann_whitney(few, many)) < LIMIT


def test_an_organizer_cannot_open_before(campaign: Campaign) -> None:
    petition = frozen(campaign)
    organizer = enter(member(campaign, "Heron", Role.ORGANIZER))
    factories.count(petition, NEEDED - 1)
    page, button = (reverse(f"workspace-{n}", args=[petition.id]) for n in ("petition", "open"))
    assert button not in organizer.get(page).content.decode()
    assert "Open it now" not in organizer.get(button).content.decode()
    assert organizer.post(button).status_code == 409
    assert state(petition) == State.FROZEN
    factories.count(petition, NEEDED)
    assert button in organizer.get(page).content.decode()
    assert "Open it now" in organizer.get(button).content.decode()
    organizer.post(button)
    assert state(petition) == State.OPEN
    assert petition.opened_on == TODAY


def test_the_gate_looks_at_batches_alone(campaign: Campaign) -> None:
    petition = frozen(campaign, first_signers=2 * K)
    here = Stage(selectors.published(petition.private_id))
    for _ in range(K):
        here.signed()
    now = here.flush()
    for _ in range(K - 1):
        here.signed()
    now = here.flush(now)
    assert not gate.is_reached(petition)
    # The last of them waits, and nothing can be seen of it.
    here.signed()
    assert not gate.is_reached(petition)
    now = here.flush(now)
    assert gate.is_reached(petition)


def test_a_batch_that_brings_the_count_down_is_in_the_way_of_opening_alone(
    campaign: Campaign,
) -> None:
    petition = frozen(campaign)
    factories.count(petition, NEEDED)
    gate.open_due(today=TODAY)
    factories.count(petition, NEEDED - 1)
    petition.refresh_from_db()
    assert (gate.gate(petition).reached, gate.gate(petition).enough) == (True, False)
    with pytest.raises(WrongState):
        gate.open_if_reached(petition_id=petition.id, today=TODAY)


@pytest.mark.parametrize(
    ("independent", "mailbox", "alone", "reached"),
    [
        (NEEDED, 0, True, True),
        (NEEDED - 1, 500, True, False),
        (0, 500, True, False),
        (NEEDED - K, K, False, True),
        # Fewer than k of a class are shown nowhere, so they open nothing either.
        (NEEDED - K + 1, K - 1, False, False),
        (0, NEEDED, False, True),
    ],
)
def test_which_class_opens_it_is_the_campaigns_choice(
    campaign: Campaign, independent: int, mailbox: int, *, alone: bool, reached: bool
) -> None:
    petition = frozen(campaign, first_independent=alone)
    factories.count(petition, independent, mailbox)
    assert gate.is_reached(petition) is reached


def test_a_petition_opens_by_itself_where_that_was_chosen(campaign: Campaign) -> None:
    alone, asked = frozen(campaign, opens_itself=True), frozen(campaign)
    tasks.open_due()
    assert state(alone) == State.FROZEN
    for petition in (alone, asked):
        factories.count(petition, NEEDED)
    tasks.open_due()
    tasks.open_due()
    assert (state(alone), state(asked)) == (State.OPEN, State.FROZEN)


def test_the_first_signers_of_one_campaign_are_set_until_it_is_frozen(campaign: Campaign) -> None:
    organizer = enter(member(campaign, "Heron", Role.ORGANIZER))
    petition = factories.draft(Wanted(k=K), of=campaign)
    page = reverse("workspace-first-signers", args=[petition.id])
    assert petition.first_signers == NEEDED
    refused = organizer.post(page, {"number": K - 1})
    assert f"greater than or equal to {K}" in refused.content.decode()
    wanted = {"number": 12, "independent_only": "", "opens_itself": "yes", "for_later": "on"}
    organizer.post(page, wanted)
    petition.refresh_from_db()
    chosen = (petition.first_signers, petition.first_independent, petition.opens_itself)
    assert chosen == (12, False, True)
    later = factories.draft(Wanted(k=K), of=Campaign.objects.get())
    assert (later.first_signers, later.first_independent, later.opens_itself) == chosen
    done = frozen(campaign)
    done_page = reverse("workspace-first-signers", args=[done.id])
    assert "<form method" not in organizer.get(done_page).content.decode().split("<main")[1]
    assert organizer.post(done_page, wanted).status_code == 409


def test_no_threshold_is_below_the_smallest_batch() -> None:
    large = factories.campaign(Wanted(k=40))
    assert factories.draft(Wanted(), of=large).first_signers == 40
    with pytest.raises(WrongState):
        gate.set_gate(
            petition=factories.draft(Wanted(), of=large),
            number=39,
            independent_only=True,
            opens_itself=False,
        )


def test_a_petition_that_never_opened_in_time_is_withdrawn(campaign: Campaign) -> None:
    petition = frozen(campaign)
    assert petition.issuing_ends_at is not None
    ending.close_due(now=petition.issuing_ends_at + timedelta(seconds=1))
    assert state(petition) == State.WITHDRAWN


def test_nothing_opens_a_petition_but_the_gate() -> None:
    users = [
        source.name_of(path)
        for path in source.app_modules()
        if re.search(r"(?<!def )\bopen_petition\(", path.read_text(encoding="utf-8"))
    ]
    assert users == ["organizing.publishing.gate"]
