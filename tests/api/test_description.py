"""The interface does what its description says: Schemathesis asks, bounded and always the same questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from organizing.accounts.models import Role
from organizing.api import endpoints
from organizing.api.describing import description
from organizing.api.models import Scope
from organizing.oversight import services
from organizing.safety import throttles
from organizing.tracking.models import Act, Kind
from tests.api.cast import get, token_of
from tests.architecture import source
from tests.oversight.cast import Workplace

pytestmark = pytest.mark.django_db
KEPT = source.ROOT / "docs" / "api.json"
WIDE = throttles.Throttle("wide", 1_000_000)
_BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    """A token for one act, which nothing throttles."""
    cache.clear()
    for module, name in ((endpoints, "WRONG"), (endpoints, "PER_TOKEN"), (services, "HOURLY")):
        monkeypatch.setattr(module, name, WIDE)
    monkeypatch.setattr(services, "READS_MOST", 1_000_000)
    place = Workplace.built()
    Act.objects.create(campaign=place.campaign, kind=Kind.CARD, day="2026-11-02")
    return token_of(place.person(Role.LEAD, "Kestrel").user, place.campaign)


@contextmanager
def one_connection() -> Iterator[None]:
    """A request would end with the connection closed, and with it the transaction of this test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def served() -> Iterator[None]:
    """The WSGI application answers this test."""
    with override_settings(ALLOWED_HOSTS=["localhost", "testserver"]), one_connection():
        yield


schema = schemathesis.openapi.from_dict(json.loads(KEPT.read_text(encoding="utf-8")))
schema.app = get_wsgi_application()


@schema.parametrize()
@_BOUNDED
def test_it_does_what_its_description_says(case: Any, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})


@schema.parametrize()
@_BOUNDED
def test_it_says_so_for_an_act_that_there_is(case: Any, token: str) -> None:
    if "act_id" in (case.path_parameters or {}):
        case.path_parameters["act_id"] = str(Act.objects.get().id)
    # What was wrong with the address has just been put right.
    checks: list[Any] = [negative_data_rejection]
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, excluded_checks=checks)


def test_the_description_is_kept_in_the_docs() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(description())), "manage.py describe_api > docs/api.json"


def test_holders_get_the_same_description(token: str) -> None:
    assert get(reverse("api-description"), token).json() == json.loads(json.dumps(description()))
    assert get(reverse("api-description")).status_code == 401


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def test_no_page_of_the_library_is_served(token: str) -> None:
    for name in ("docs", "redoc", "openapi.json/", ""):
        assert get(f"{reverse('api-start')}docs/{name}", token).status_code == 404
    assert get(f"{reverse('api-start')}docs", token).status_code == 404


def test_nothing_in_the_description_is_loaded_from_elsewhere() -> None:
    assert [text for text in _strings(description()) if "://" in text] == []


def test_the_page_about_it_names_every_address_and_scope() -> None:
    page = (source.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path in description()["paths"]:
        assert path.replace("{act_id}", "{id}") in page
    for scope in Scope:
        assert scope.value in page
    limits = (f"{endpoints.PER_TOKEN.limit} requests", f"{services.READS_MOST} reads")
    assert [limit for limit in limits if limit not in page] == []
