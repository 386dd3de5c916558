"""The figures as JSON, to be read by a union's own sheet. The same figures, scope, log and limits as the pages."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from organizing.api import access, services, shapes
from organizing.api.access import Holder
from organizing.api.models import Scope
from organizing.api.problems import STATUSES, answer_error
from organizing.errors import Refused
from organizing.oversight.access import scope_for
from organizing.oversight.services import record_read
from organizing.safety.networks import client_network
from organizing.safety.throttles import Throttle
from organizing.tracking import selectors as tracking
from organizing.tracking.figures import ActFigures
from organizing.tracking.models import Act

# Wrong tokens from one network; right ones are not counted here.
WRONG = Throttle("api-door", 300)
# A sheet that is opened, and opened again, by several people.
PER_TOKEN = Throttle("api", 120)
DOOR = dict.fromkeys((401, 429, 503), shapes.Problem)
_INSIDE = dict.fromkeys((401, 403, 404, 429, 503), shapes.Problem)


class AccessToken(HttpBearer):
    """Lets in whoever holds a token."""

    def __call__(self, request: HttpRequest) -> Holder:
        """The holder. Raises Refused or Busy; logs nothing of what was sent, whatever DEBUG says."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != self.openapi_scheme:
            raise Refused
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Holder:
        """The holder of a token. Raises Refused or Busy."""
        today = timezone.now().date()
        try:
            holder = access.holder_of(token, today)
        except Refused:
            WRONG.hit(client_network(request))
            raise
        PER_TOKEN.hit(str(holder.token_id))
        services.note_use(holder=holder, today=today)
        return holder


api = NinjaAPI(
    title="Roundrobin: figures",
    version="1",
    description=(
        "Support by unit and week, read-only. No number under k is shown, and no subtraction of numbers gives one "
        "back; null is not nought. Every read is noted for the campaign’s committee."
    ),
    docs_url=None,
    openapi_url=None,
    auth=AccessToken(),
    urls_namespace="api-1",
)
for _error in STATUSES:
    api.add_exception_handler(_error, answer_error)
api.add_exception_handler(AuthenticationError, lambda request, _e: answer_error(request, Refused()))


def _holder(request: HttpRequest) -> Holder:
    holder = request.auth  # type: ignore[attr-defined]  # set by the library
    assert isinstance(holder, Holder)  # noqa: S101  # tells the type alone
    return holder


@api.get(
    "",
    response={200: shapes.Start, **DOOR},
    url_name="api-start",
    operation_id="start",
)
def start(request: HttpRequest) -> dict[str, Any]:
    """The campaign, and what the token opens."""
    holder = _holder(request)
    return {
        "campaign": holder.campaign.name,
        "time_zone": holder.campaign.time_zone,
        "k": holder.campaign.k,
        "scopes": sorted(scope.value for scope in holder.scopes),
        "expires_on": holder.expires_on,
    }


@api.get(
    "acts",
    response={200: shapes.Acts, **DOOR},
    url_name="api-acts",
    operation_id="acts",
)
def acts(request: HttpRequest) -> dict[str, Any]:
    """The acts of the campaign: each has figures of its own."""
    found = tracking.acts(_holder(request).campaign)
    return {"acts": [_act_line(act) for act in found]}


def _act_line(act: Act) -> dict[str, UUID | str | date]:
    return {"id": act.id, "kind": act.kind, "name": tracking.name_of(act), "day": act.day}


@api.get(
    "acts/{uuid:act_id}/total",
    response={200: shapes.TotalFigures, **_INSIDE},
    url_name="api-total",
    operation_id="total",
)
def total(request: HttpRequest, act_id: UUID) -> dict[str, Any]:
    """One act in the whole campaign. Needs the scope figures:total."""
    holder = _holder(request)
    act = access.act_of(holder, act_id, Scope.TOTAL)
    # The whole campaign alone: no unit is looked at.
    found = tracking.figures(act, now=timezone.now(), only=frozenset())
    _note(holder, "api-total", 1, ())
    return {**_head(found), "total": asdict(found.total)}


@api.get(
    "acts/{uuid:act_id}/units",
    response={200: shapes.UnitsFigures, **_INSIDE},
    url_name="api-units",
    operation_id="units",
)
def units(request: HttpRequest, act_id: UUID) -> dict[str, Any]:
    """One act in each unit that the holder sees. Needs the scope figures:units."""
    holder = _holder(request)
    act = access.act_of(holder, act_id, Scope.UNITS)
    only = scope_for(holder.user, holder.campaign)
    found = tracking.figures(act, now=timezone.now(), only=only)
    _note(holder, "api-units", len(found.units), [u.unit_id for u in found.units if u.unit_id])
    listed = [asdict(figure) for figure in found.units]
    return {**_head(found), "units": listed, "stalls": list(found.stalls)}


def _note(holder: Holder, report: str, units: int, shown: Collection[UUID]) -> None:
    record_read(
        user=holder.user,
        campaign=holder.campaign,
        report=report,
        units=units,
        now=timezone.now(),
        shown=shown,
    )


def _head(found: ActFigures) -> dict[str, Any]:
    names = ("act_id", "kind", "name", "day", "k", "weeks", "today", "first_on")
    return {name: getattr(found, name) for name in names}
