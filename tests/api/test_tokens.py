"""Access tokens: made once, hashed, bounded, revoked at once."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Membership, Role
from organizing.accounts.services import remove_member
from organizing.api import access, endpoints, retention, services
from organizing.api.models import ApiToken, Scope
from organizing.crypto.encoding import unb64u
from organizing.oversight.models import ReadLog
from organizing.safety import throttles
from organizing.safety.redaction import redact
from organizing.tracking.models import Act, Kind
from tests import factories
from tests.accounts.people import PASSWORD, Person, enter
from tests.api.cast import get, today, token_of
from tests.oversight.cast import Workplace, give

pytestmark = pytest.mark.django_db
TOTAL, UNITS = frozenset({Scope.TOTAL}), frozenset({Scope.UNITS})


@pytest.fixture
def place() -> Workplace:
    cache.clear()
    throttles._counts.clear()
    throttles._keys.clear()
    return Workplace.built()


@pytest.fixture
def kestrel(place: Workplace) -> Person:
    """A representative of the north."""
    person = place.person(Role.REPRESENTATIVE, "Kestrel")
    give(person.user, place.campaign, place.north)
    return person


@pytest.fixture
def act(place: Workplace) -> Act:
    return Act.objects.create(campaign=place.campaign, kind=Kind.CARD, day=today())


def url(name: str, act: Act) -> str:
    return reverse(name, args=[act.id])


def make(client: Client, place: Workplace, **typed: Any) -> Any:
    return client.post(reverse("api-make", args=[place.campaign.id]), typed)


def test_a_token_is_shown_once_and_only_its_hash_is_kept(
    place: Workplace, kestrel: Person, act: Act
) -> None:
    client = enter(kestrel)
    page = make(client, place, total="on", days="30").content.decode()
    token = re.findall(r"rr_[\w-]{43}", page)[0]
    row = ApiToken.objects.get()
    assert bytes(row.token_hash) == hashlib.sha256(unb64u(token[3:], 32)).digest()
    listed = client.get(reverse("api-tokens", args=[place.campaign.id])).content.decode()
    assert row.id.hex[:4] in listed
    assert token[3:] not in listed
    assert get(url("api-total", act), token).status_code == 200


def test_an_empty_wish_is_refused_and_a_sixth_token_too(place: Workplace, kestrel: Person) -> None:
    client = enter(kestrel)
    assert make(client, place, days="30").status_code == 400
    assert make(client, place, total="on", days="100000").status_code == 400
    for _number in range(services.MOST_TOKENS):
        token_of(kestrel.user, place.campaign)
    page = make(client, place, total="on", days="30")
    assert page.status_code == 409
    assert b"Revoke one of them first" in page.content


def test_a_session_that_is_not_fresh_proves_itself_first_and_loses_nothing(
    place: Workplace, kestrel: Person
) -> None:
    client = enter(kestrel)
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 24 * 3600
    session.save()
    asked = make(client, place, total="on", days="30")
    assert asked.status_code == 302
    assert not ApiToken.objects.exists()
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert re.search(r"rr_[\w-]{43}", page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert ApiToken.objects.get().scopes == ["figures:total"]
    again = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert b"Access tokens" in again.content
    assert ApiToken.objects.count() == 1


def test_a_token_opens_its_scopes_alone(place: Workplace, kestrel: Person, act: Act) -> None:
    total, units = (token_of(kestrel.user, place.campaign, s) for s in (TOTAL, UNITS))
    assert get(url("api-total", act), total).status_code == 200
    for name, token, lacking in (
        ("api-units", total, "figures:units"),
        ("api-total", units, "figures:total"),
    ):
        refused = get(url(name, act), token)
        assert refused.status_code == 403
        detail = "This token does not open this: make one with the scope %s."
        assert refused.json()["detail"] == detail % lacking
    assert get(url("api-units", act), units).status_code == 200


def test_a_token_shows_the_units_of_its_holder_alone(
    place: Workplace, kestrel: Person, act: Act
) -> None:
    token = token_of(kestrel.user, place.campaign)
    names = [unit["name"] for unit in get(url("api-units", act), token).json()["units"]]
    assert names == ["North", "Day shift", "Night shift"]
    give(kestrel.user, place.campaign, place.south)
    assert [u["name"] for u in get(url("api-units", act), token).json()["units"]] == ["South"]


def test_each_read_is_in_the_log(place: Workplace, kestrel: Person, act: Act) -> None:
    token = token_of(kestrel.user, place.campaign)
    for name in ("api-units", "api-units", "api-total"):
        get(url(name, act), token)
    found = {row.report: (row.reads, row.units) for row in ReadLog.objects.all()}
    assert found == {"api-units": (2, 3), "api-total": (1, 1)}


def test_a_token_is_for_one_campaign(place: Workplace, kestrel: Person, act: Act) -> None:
    other = Workplace.built()
    Membership.objects.create(campaign=other.campaign, user=kestrel.user, role=Role.LEAD)
    token = token_of(kestrel.user, other.campaign)
    assert get(url("api-total", act), token).status_code == 404


def test_a_token_ends_on_its_day(place: Workplace, kestrel: Person, act: Act) -> None:
    token = token_of(kestrel.user, place.campaign)
    ApiToken.objects.update(expires_on=today() - timedelta(days=1))
    assert get(url("api-total", act), token).status_code == 401
    retention._erase_tokens(timezone.now())
    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing_from_the_next_request_on(
    place: Workplace, kestrel: Person, act: Act
) -> None:
    token = token_of(kestrel.user, place.campaign)
    organizer = enter(place.person(Role.ORGANIZER, "Heron"))
    listed = organizer.get(reverse("api-tokens", args=[place.campaign.id])).content.decode()
    assert "Kestrel" in listed
    row = ApiToken.objects.get()
    assert (
        organizer.post(reverse("api-revoke", args=[place.campaign.id, row.id])).status_code == 302
    )
    assert get(url("api-total", act), token).status_code == 401


def test_a_representative_revokes_no_token_but_their_own(place: Workplace, kestrel: Person) -> None:
    token_of(kestrel.user, place.campaign)
    row = ApiToken.objects.get()
    revoke = reverse("api-revoke", args=[place.campaign.id, row.id])
    assert enter(place.person(Role.REPRESENTATIVE, "Wren")).post(revoke).status_code == 403
    assert enter(kestrel).post(revoke).status_code == 302


def test_whoever_is_removed_has_no_token(place: Workplace, kestrel: Person, act: Act) -> None:
    token = token_of(kestrel.user, place.campaign)
    remove_member(membership=Membership.objects.get(user=kestrel.user))
    assert get(url("api-total", act), token).status_code == 401
    assert not ApiToken.objects.exists()


def test_the_last_use_is_known_by_its_week_alone(place: Workplace, kestrel: Person) -> None:
    token = token_of(kestrel.user, place.campaign)
    get(reverse("api-start"), token)
    last = ApiToken.objects.get().last_week
    assert last is not None
    assert last.weekday() == 0
    assert last <= today()
    kinds = {field.get_internal_type() for field in ApiToken._meta.fields}
    assert not kinds & {"DateTimeField", "TimeField"}


def test_too_many_requests_of_one_token_wait(
    place: Workplace, kestrel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "PER_TOKEN", throttles.Throttle("api-test", 3))
    token = token_of(kestrel.user, place.campaign)
    answers = [get(reverse("api-start"), token) for _number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[3]["Retry-After"]) > 0
    assert answers[3]["Content-Type"] == "application/problem+json"


def test_guessing_is_stopped_without_stopping_who_has_a_token(
    place: Workplace, kestrel: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "WRONG", throttles.Throttle("api-door-test", 3))
    wrong = [get(reverse("api-start"), access.spelled(bytes(32))).status_code for _n in range(5)]
    assert wrong == [401, 401, 401, 429, 429]
    assert get(reverse("api-start"), token_of(kestrel.user, place.campaign)).status_code == 200


@pytest.mark.parametrize(
    "sent",
    ["", "Bearer", "Bearer ", "Basic cm9iaW46eA==", "Bearer rr_x", "bearer ünïcode", "Bearer a b"],
)
def test_whatever_else_is_sent_is_answered_alike(place: Workplace, sent: str) -> None:
    found = Client().get(reverse("api-start"), headers={"Authorization": sent})
    assert found.status_code == 401
    assert found["WWW-Authenticate"] == "Bearer"
    assert "access token" in found.json()["detail"]


def test_bulk_reading_by_a_token_is_stopped_like_any_other(
    place: Workplace, kestrel: Person, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organizing.oversight.services.READS_MOST", 2)
    token = token_of(kestrel.user, place.campaign)
    answers = [get(url("api-units", act), token).status_code for _number in range(3)]
    assert answers == [200, 200, 429]


def test_no_answer_sets_a_cookie_or_may_be_kept(
    place: Workplace, kestrel: Person, act: Act
) -> None:
    token = token_of(kestrel.user, place.campaign)
    for asked, method in (
        (url("api-total", act), "GET"),
        (url("api-total", act), "POST"),
        (reverse("api-start") + "nothing", "GET"),
        ("/api/2/", "GET"),
        ("/api/", "DELETE"),
    ):
        for sent in (token, ""):
            found = get(asked, sent, method)
            assert not found.cookies
            assert found["Cache-Control"] == "no-store"
            assert "Cookie" not in found.get("Vary", "")
            if found.status_code != 200:
                assert found["Content-Type"] == "application/problem+json"
                assert found.json()["status"] == found.status_code


def test_a_session_opens_nothing_here(place: Workplace, kestrel: Person) -> None:
    assert enter(kestrel).get(reverse("api-start")).status_code == 401


def test_a_token_in_a_log_is_blanked() -> None:
    token = access.spelled(bytes(range(32)))
    assert token not in redact(f"wrong header: Bearer {token}")


def test_an_act_that_no_scope_opens_is_not_there(
    place: Workplace, kestrel: Person, act: Act
) -> None:
    elsewhere = factories.campaign()
    Membership.objects.create(user=kestrel.user, campaign=elsewhere, role=Role.DRAFTER)
    theirs = Act.objects.create(campaign=elsewhere, kind=Kind.CARD, day=today())
    refused = get(url("api-units", theirs), token_of(kestrel.user, place.campaign))
    assert (refused.status_code, refused.json()["detail"]) == (
        404,
        "There is nothing here for this token.",
    )
