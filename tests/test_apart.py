"""What beat does for many: where one fails, the others are done all the same, and its error is raised at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from celery import current_app
from django.utils import timezone

from organizing.accounts.models import Role
from organizing.outreach import posting
from organizing.outreach import tasks as outreach
from organizing.outreach.models import Mailing
from organizing.outreach.selectors import Wish
from organizing.oversight.models import ReadAlert
from organizing.petitions import ending, freezing
from organizing.petitions import services as lifecycle
from organizing.petitions import tasks as petitions
from organizing.petitions.models import Petition, State
from organizing.publishing import gate
from organizing.publishing import tasks as publishing
from organizing.tracking import releasing, selectors, services
from organizing.tracking import tasks as tracking
from organizing.tracking.models import Act, Kind, Released
from tests import factories
from tests.outreach.cast import wishes
from tests.oversight.cast import Workplace
from tests.tracking import support
from tests.tracking.support import NOBODYS

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Spoiled(Exception):
    """What happens to one of them."""


def but(one: object, work: Callable[..., Any], found: Callable[..., object]) -> Callable[..., Any]:
    """Does the work, but for one: `found` tells which one a call is about."""

    def done(*args: Any, **kwargs: Any) -> Any:
        if found(*args, **kwargs) == one:
            raise Spoiled
        return work(*args, **kwargs)

    return done


def three(made: Callable[..., Any], **changed: Any) -> list[Petition]:
    """Three petitions, in the order of their ids: the one in the middle is spoiled."""
    ids = [made().id for _ in range(3)]
    Petition.objects.filter(id__in=ids).update(**changed)
    return list(Petition.objects.filter(id__in=ids).order_by("id"))


def states(rows: list[Petition]) -> list[str]:
    return [Petition.objects.get(id=row.id).state for row in rows]


def test_a_petition_that_cannot_open_keeps_no_other_one_closed() -> None:
    rows = three(factories.frozen, opens_itself=True)
    for row in rows:
        factories.count(row, row.first_signers)
    spoiled = but(rows[1].id, gate.open_if_reached, lambda petition_id, **_: petition_id)
    with mock.patch.object(gate, "open_if_reached", spoiled), pytest.raises(Spoiled):
        publishing.open_due()
    assert states(rows) == [State.OPEN, State.FROZEN, State.OPEN]


def test_a_petition_that_cannot_be_closed_keeps_no_other_one_open() -> None:
    rows = three(factories.opened, issuing_ends_at=timezone.now() - timedelta(days=1))
    spoiled = but(rows[1].id, lifecycle.locked, lambda petition_id, *_: petition_id)
    with mock.patch.object(ending, "locked", spoiled), pytest.raises(Spoiled):
        petitions.close_due()
    assert states(rows) == [State.CLOSED, State.OPEN, State.CLOSED]


def test_a_petition_that_cannot_be_frozen_keeps_no_other_one_waiting() -> None:
    rows = three(factories.draft, state=State.FREEZING)
    spoiled = but(rows[1].id, freezing._finish, lambda petition_id, *_: petition_id)
    with mock.patch.object(freezing, "_finish", spoiled), pytest.raises(Spoiled):
        petitions.resume_freezing()
    assert states(rows) == [State.FROZEN, State.FREEZING, State.FROZEN]


def act() -> Act:
    """A petition with a week that is over."""
    work = support.workplace()
    made = work.petition([work.unit("North", 300), work.unit("South", 300)])
    support.count_week(made, 0, {NOBODYS: 12, bytes(work.sites[0].key): 30})
    return made


def test_an_act_whose_weeks_cannot_be_released_keeps_no_other_one_waiting() -> None:
    acts = sorted((act() for _ in range(3)), key=lambda each: each.id)
    spoiled = but(acts[1].id, releasing.release_weeks, lambda act_id, **_: act_id)
    with mock.patch.object(releasing, "release_weeks", spoiled), pytest.raises(Spoiled):
        tracking.release_due()
    released = Released.objects.exclude(through=None).values_list("act_id", flat=True)
    assert set(released) == {acts[0].id, acts[2].id}


def test_a_petition_without_an_act_keeps_no_figures_waiting() -> None:
    rows, counted = three(factories.frozen), act()
    spoiled = but(rows[1], services.act_of_petition, lambda petition, **_: petition)
    with mock.patch.object(services, "act_of_petition", spoiled), pytest.raises(Spoiled):
        tracking.release_due()
    made = Act.objects.filter(petition__in=rows).values_list("petition_id", flat=True)
    assert set(made) == {rows[0].id, rows[2].id}
    assert Released.objects.get(act=counted).through is not None


def reader(name: str) -> Workplace:
    """A campaign with figures, and somebody on its committee who wants every mail."""
    place = Workplace.built()
    Act.objects.create(campaign=place.campaign, kind=Kind.CARD, day=MONDAY.date())
    user = place.person(Role.ORGANIZER, name).user
    wishes(user, place.campaign, Wish(f"{name}@private.test", "en", digest=True, alerts=True))
    return place


def sent_by(beat: Callable[[], None], monkeypatch: pytest.MonkeyPatch, run: Any) -> list[str]:
    """The mails that beat hands to workers before it raises what went wrong."""
    handed: list[str] = []
    monkeypatch.setattr(
        current_app, "send_task", lambda _n, kwargs: handed.append(kwargs["mailing_id"])
    )
    monkeypatch.setattr("organizing.outreach.tasks.timezone.now", lambda: MONDAY)
    with run(execute=True), pytest.raises(Spoiled):
        beat()
    return handed


def campaigns_mailed(handed: list[str]) -> set[object]:
    rows = Mailing.objects.filter(id__in=handed)
    return set(rows.values_list("membership__campaign_id", flat=True))


def test_a_campaign_without_its_mail_keeps_no_other_one_waiting(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    places = [reader(name) for name in ("heron", "lapwing", "kestrel")]
    spoiled = but(places[1].campaign, selectors.acts, lambda campaign: campaign)
    monkeypatch.setattr(posting, "acts", spoiled)
    handed = sent_by(outreach.mail_due, monkeypatch, django_capture_on_commit_callbacks)
    assert campaigns_mailed(handed) == {places[0].campaign.id, places[2].campaign.id}


def test_an_alert_that_cannot_be_mailed_keeps_no_other_mail_waiting(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    place = reader("heron")
    seen = [place.person(Role.REPRESENTATIVE, name).user for name in ("Swift", "Crane", "Tern")]
    made = [
        ReadAlert.objects.create(campaign=place.campaign, user=user, day=MONDAY.date(), kind="bulk")
        for user in seen
    ]
    work = posting._prepare_alert
    monkeypatch.setattr(posting, "_prepare_alert", but(made[1], work, lambda alert, *_: alert))
    handed = sent_by(outreach.mail_due, monkeypatch, django_capture_on_commit_callbacks)
    about = set(Mailing.objects.filter(id__in=handed).values_list("about", flat=True))
    assert about == {"2026-11-23", str(made[0].id), str(made[2].id)}
