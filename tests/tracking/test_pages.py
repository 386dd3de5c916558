"""The pages on which acts are noted, paper is counted by two people, and target lines are drawn."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Role, User
from organizing.tracking import selectors, services
from organizing.tracking.models import Act, Kind, PaperEntry, TargetLine
from organizing.units.models import Unit
from tests import factories
from tests.accounts.people import enter, member
from tests.oversight.cast import give, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return factories.campaign()


@pytest.fixture
def north(campaign: Campaign) -> Unit:
    return unit(campaign, "N", "North")


@pytest.fixture
def act(campaign: Campaign) -> Act:
    today = timezone.now().date()
    return services.add_act(campaign=campaign, kind=Kind.CARD, day=today, name="Cards, autumn")


def organizer(campaign: Campaign, name: str = "Wren") -> Client:
    return enter(member(campaign, name, Role.ORGANIZER))


def representative(campaign: Campaign, *units: Unit) -> Client:
    person = member(campaign, "Kite", Role.REPRESENTATIVE)
    give(person.user, campaign, *units)
    return enter(person)


def paper(act: Act) -> str:
    return reverse("tracking-paper", args=[act.campaign_id, act.id])


def sheet(unit_id: object, count: int) -> dict[str, object]:
    return {"unit": str(unit_id), "count": count, "day": timezone.now().date().isoformat()}


def text(client: Client, url: str) -> str:
    return re.sub(r"\s+", " ", client.get(url).content.decode())


def test_an_act_is_noted_and_stands_in_the_list(campaign: Campaign) -> None:
    client = organizer(campaign)
    fields = {"name": "Red shirts", "kind": "pledge", "day": timezone.now().date().isoformat()}
    answer = client.post(reverse("tracking-act-new", args=[campaign.id]), fields)
    listed = reverse("tracking-acts", args=[campaign.id])
    assert answer["Location"] == listed
    assert "Red shirts" in text(client, listed)
    assert b"Red shirts" not in bytes(Act.objects.get().sealed)


def test_a_day_far_away_is_refused_and_what_was_typed_is_kept(campaign: Campaign) -> None:
    fields = {"name": "Red shirts", "kind": "pledge", "day": "1999-01-01"}
    answer = organizer(campaign).post(reverse("tracking-act-new", args=[campaign.id]), fields)
    page = answer.content.decode()
    assert "Choose a day within" in page
    assert "Red shirts" in page


def test_two_people_count_the_same_sheets(campaign: Campaign, act: Act, north: Unit) -> None:
    first, second = organizer(campaign), organizer(campaign, "Rook")
    first.post(paper(act), sheet(north.id, 4217))
    entry = PaperEntry.objects.get()
    confirm = reverse("tracking-paper-confirm", args=[campaign.id, act.id, entry.id])
    for client, url in ((second, paper(act)), (second, confirm), (first, paper(act))):
        page = text(client, url)
        assert "North" in page
        assert "4217" not in page.replace("4,217", "4217")
    assert "Count again" in second.post(confirm, {"count": 4216}).content.decode()
    assert second.post(confirm, {"count": 4217})["Location"] == paper(act)
    entry.refresh_from_db()
    assert entry.week is not None
    assert entry.confirmed_by != entry.typed_by


def test_paper_of_no_unit_is_a_choice_of_its_own(campaign: Campaign, act: Act, north: Unit) -> None:
    client = organizer(campaign)
    assert client.post(paper(act), sheet("", 12)).status_code == 200
    client.post(paper(act), sheet("none", 12))
    assert PaperEntry.objects.get().unit is None
    assert "No unit known" not in text(representative(campaign, north), paper(act))


def test_whoever_typed_is_told_to_hand_the_sheets_on(
    campaign: Campaign, act: Act, north: Unit
) -> None:
    client = organizer(campaign)
    client.post(paper(act), sheet(north.id, 40))
    entry = PaperEntry.objects.get()
    url = reverse("tracking-paper-confirm", args=[campaign.id, act.id, entry.id])
    assert "somebody else has to count" in text(client, url)
    assert "somebody else has to count" in client.post(url, {"count": 40}).content.decode()
    assert PaperEntry.objects.get().week is None


def test_after_three_other_numbers_both_count_anew(
    campaign: Campaign, act: Act, north: Unit
) -> None:
    first, second = organizer(campaign), organizer(campaign, "Rook")
    first.post(paper(act), sheet(north.id, 40))
    url = reverse("tracking-paper-confirm", args=[campaign.id, act.id, PaperEntry.objects.get().id])
    answers = [second.post(url, {"count": count}) for count in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "Count the sheets together" in text(second, paper(act))
    assert not PaperEntry.objects.exists()


def test_a_representative_enters_paper_of_their_units_alone(
    campaign: Campaign, act: Act, north: Unit
) -> None:
    south = unit(campaign, "S", "South")
    organizer(campaign).post(paper(act), sheet(south.id, 40))
    client = representative(campaign, north)
    page = text(client, paper(act))
    assert "North" in page
    assert "South" not in page
    refused = client.post(paper(act), sheet(south.id, 12))
    assert refused.status_code == 200
    client.post(paper(act), sheet(north.id, 12))
    assert PaperEntry.objects.filter(unit=north).exists()
    entry = PaperEntry.objects.get(unit=south)
    url = reverse("tracking-paper-confirm", args=[campaign.id, act.id, entry.id])
    assert client.get(url).status_code == 404


def test_a_representative_without_units_is_told_so(campaign: Campaign, act: Act) -> None:
    assert "You have been given no units" in text(representative(campaign), paper(act))


def test_among_many_units_the_code_is_typed(
    campaign: Campaign, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organizing.tracking.forms.MOST_TO_CHOOSE", 1)
    for number in range(3):
        unit(campaign, f"U{number}", f"Unit {number}")
    client = organizer(campaign)
    assert "Its code" in text(client, paper(act))
    assert b"No unit has this code" in client.post(paper(act), sheet("U9", 5)).content
    client.post(paper(act), sheet("U2", 5))
    found = PaperEntry.objects.get().unit
    assert found
    assert found.code == "U2"


def test_a_line_that_comes_with_the_site_says_who_says_so_and_as_of_when(
    campaign: Campaign,
) -> None:
    client, url = organizer(campaign), reverse("tracking-lines", args=[campaign.id])
    client.post(reverse("tracking-line-preset", args=[campaign.id]), {"preset": "nlrb-30"})
    client.post(reverse("tracking-line-preset", args=[campaign.id]), {"preset": "nlrb-30"})
    page = text(client, url)
    assert page.count("National Labor Relations Board") == 1
    assert "https://www.nlrb.gov/" in page
    assert TargetLine.objects.count() == 1


def test_a_line_of_ones_own_is_sealed_and_can_be_changed_and_removed(campaign: Campaign) -> None:
    client, url = organizer(campaign), reverse("tracking-lines", args=[campaign.id])
    fields = {"share": 40, "label": "Strike vote", "source": "Our statutes", "source_day": ""}
    client.post(url, fields)
    line = TargetLine.objects.get()
    assert b"Strike" not in bytes(line.sealed)
    change = reverse("tracking-line", args=[campaign.id, line.id])
    client.post(change, {**fields, "share": 45})
    assert [(view.share, view.label) for view in selectors.target_lines(campaign)] == [
        (45, "Strike vote")
    ]
    client.post(reverse("tracking-line-remove", args=[campaign.id, line.id]))
    assert not TargetLine.objects.exists()


def test_a_preset_becomes_the_campaigns_own_when_it_is_changed(campaign: Campaign) -> None:
    client = organizer(campaign)
    line = services.add_preset(campaign=campaign, name="cac-10")
    url = reverse("tracking-line", args=[campaign.id, line.id])
    fields = {"share": 2, "label": "Members needed", "source": "CAC", "source_day": "2026-12-01"}
    client.post(url, fields)
    assert [view.label for view in selectors.target_lines(campaign)] == ["Members needed"]


def test_there_is_room_for_eight_lines(campaign: Campaign) -> None:
    client, url = organizer(campaign), reverse("tracking-lines", args=[campaign.id])
    for share in range(1, 10):
        answer = client.post(url, {"share": share, "label": f"Line {share}"})
    page = answer.content.decode()
    assert "Remove one first" in page
    assert "Line 9" in page
    assert TargetLine.objects.count() == services.MOST_LINES


def test_whoever_typed_a_count_learns_who_can_count_the_same_sheets(
    campaign: Campaign, act: Act, north: Unit
) -> None:
    wren = organizer(campaign)
    wren.post(paper(act), sheet(north.id, 14))
    alone = text(wren, paper(act))
    assert "Nobody else sees this unit" in alone
    assert reverse("workspace-members", args=[campaign.id]) in alone
    representative(campaign, unit(campaign, "S", "South"))
    assert "Nobody else sees this unit" in text(wren, paper(act))
    give(User.objects.get(username="Kite"), campaign, north)
    shown = text(wren, paper(act))
    assert "Who can count them: <bdi>Kite</bdi></p>" in shown
    organizer(campaign, "Finch")
    wren.post(paper(act), sheet("none", 3))
    assert "Who can count them: <bdi>Finch</bdi></p>" in text(wren, paper(act))


def test_a_representative_alone_with_a_unit_is_told_whom_to_ask(
    campaign: Campaign, act: Act, north: Unit
) -> None:
    kite = representative(campaign, north)
    kite.post(paper(act), sheet(north.id, 14))
    assert "Ask an organizer to invite somebody" in text(kite, paper(act))
