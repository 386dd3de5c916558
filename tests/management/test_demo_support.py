"""The demo's representative finds weeks of support that came about by the services, and by nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from organizing.accounts.models import Campaign
from organizing.campaigns.selectors import petition_lines
from organizing.counting import selectors as counting
from organizing.management import demo, demo_earlier, demo_paper, demo_support
from organizing.outreach import refusing
from organizing.petitions import freezing
from organizing.petitions.models import Petition, State
from organizing.signing.models import Signature, Tally
from organizing.tracking import releases, releasing, selectors
from organizing.tracking.figures import ActFigures
from organizing.tracking.models import Act, PaperEntry
from organizing.units.selectors import tree
from tests import factories

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SIGNERS = "unit,1,2,3\nMPK,0,0,0\nSEA,12,10,0\nDUB,8,1,0\nLON,4,11,14\n,2,0,1\n"
LISTS = "unit,1,2,3\nSEA,0,12,0\nDUB,0,11,0\n"
CARDS = "unit,1,2\nMPK-20,12,9\nDUB,10,13\nLON,11,3\n"


@pytest.fixture
def starts(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Three weeks, small ones, without the coin that puts figures off."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(demo, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(releasing, "sometimes", releases.never)
    for module, name, rows in (
        (demo_earlier, "SIGNERS", SIGNERS),
        (demo_earlier, "LISTS", LISTS),
        (demo_support, "CARDS", CARDS),
    ):
        (tmp_path / name).write_text(rows, encoding="utf-8")
        monkeypatch.setattr(module, name, tmp_path / name)
    monkeypatch.setattr(freezing, "_make_issuers", _issuers)
    facts = demo.build(lambda _line: None)
    petition = Petition.objects.get(public_id=facts["petition_id"])
    return list(demo_earlier.mondays(petition.campaign, NOW))


def _issuers(petition: Petition) -> dict[int, object]:
    classes = (1, 2) if petition.mailbox else (1,)
    return {number: factories.issuer_key(number - 1) for number in classes}


def look_back(starts: list[datetime]) -> Petition:
    """What the seeding does; the earlier petition."""
    latest = Petition.objects.order_by("-opens_at")[0]
    staff = demo_paper.staff_of(latest.campaign)
    demo_earlier.gather(latest, starts, staff)
    demo_support.collect(latest.campaign, starts, staff)
    return Petition.objects.exclude(id=latest.id).get()


def figures(petition: Petition | None) -> ActFigures:
    return selectors.figures(Act.objects.get(petition=petition), now=NOW)


def test_every_number_is_that_of_signatures_which_were_proven_sent_and_counted(
    starts: list[datetime],
) -> None:
    petition = look_back(starts)
    assert (petition.state, petition.demo) == (State.OPEN, True)
    assert petition.opened_on == date(2026, 11, 4)
    signed = Signature.objects.filter(petition=petition, counted=True).count()
    found = figures(petition)
    assert signed == found.total.signers == counting.counts(petition, NOW).together == 63
    assert found.weeks == tuple(start.date() for start in starts)
    assert [block.added for block in found.total.blocks] == [26, 22, 15]
    assert found.total.paper == 23


def test_cards_are_counted_by_two_and_one_sheet_waits_for_whoever_tries_it(
    starts: list[datetime],
) -> None:
    look_back(starts)
    entries = PaperEntry.objects.filter(act__petition=None)
    by_whom = entries.exclude(week=None).values_list(
        "unit__code", "typed_by__username", "confirmed_by__username"
    )
    assert set(by_whom) == {
        ("MPK-20", "robin", "morgan"),
        ("DUB", "robin", "sasha"),
        ("LON", "robin", "sasha"),
    }
    assert entries.get(week=None).count == demo_support.WAITING[1]
    found = figures(None)
    assert (found.total.signers, found.total.paper) == (None, 58)
    assert [line.share for line in found.total.lines] == [10, 30, 50, 65]


def test_looking_back_twice_changes_nothing(starts: list[datetime]) -> None:
    look_back(starts)
    before = (Signature.objects.count(), PaperEntry.objects.count(), Act.objects.count())
    look_back(starts)
    assert before == (Signature.objects.count(), PaperEntry.objects.count(), Act.objects.count())
    assert Petition.objects.count() == 2


def test_nothing_is_left_of_weeks_that_were_interrupted(
    starts: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(demo_earlier, "type_week", lambda *_: pytest.fail("interrupted"))
        with pytest.raises(pytest.fail.Exception):
            look_back(starts)
    assert Petition.objects.count() == 1
    assert set(Tally.objects.values_list("petition_id", flat=True)) == {Petition.objects.get().id}
    assert look_back(starts).state == State.OPEN


def test_more_co_workers_sign_the_newer_petition(starts: list[datetime]) -> None:
    earlier = look_back(starts)
    newer = Petition.objects.exclude(id=earlier.id).get()
    Petition.objects.filter(id=newer.id).update(state=State.OPEN)
    assert demo.find() == newer
    assert [line.petition for line in petition_lines(newer.campaign)] == [newer, earlier]


def test_no_note_of_the_demo_would_be_refused(starts: list[datetime]) -> None:
    names = [node.name for node in tree(Campaign.objects.get().id, NOW.date()).nodes]
    for _code, text, _noted, _done in demo_support.CONTACTS:
        assert refusing.people_in(text, "en", names) == []


def test_the_tables_of_the_demo_name_units_that_there_are(starts: list[datetime]) -> None:
    codes = {node.code for node in tree(Campaign.objects.get().id, NOW.date()).nodes}
    folder = Path(demo.__file__).parent
    for name in ("demo_weeks.csv", "demo_cards.csv", "demo_lists.csv"):
        weeks = demo_paper.weeks_of(folder / name)
        assert set().union(*weeks) - {""} <= codes
        assert len(weeks) == {"demo_cards.csv": 9}.get(name, 8)
