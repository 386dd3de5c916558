"""Tracks support inside the site, by its own pages, with a mark in everything that anybody types but units' names.

Those lie in clear, and docs/threat-model.md says so: they get a mark of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Role, User
from organizing.outreach import boxes as outreach
from organizing.outreach.models import Contact, MailWish
from organizing.oversight.services import READS_ALERT, record_read
from organizing.tracking import boxes as tracking
from organizing.tracking.models import Act, TargetLine
from organizing.units import boxes as units
from organizing.units.models import ImportDraft, Source, Unit, UnitChange
from tests.accounts.people import enter, member
from tests.journeys import preparing
from tests.oversight.cast import give

_TOKEN = re.compile(r"\brr_[\w-]{43}\b")
_PLAN = re.compile(r'name="plan" value="([0-9a-f]{64})"')
_HEAD = "code,name,kind,parent,people,as_of,source\n"


@dataclass
class Desk:
    """A campaign, and what is typed in it: each text differs, and bears the mark."""

    campaign: Campaign
    mark: str
    named: str
    typed: int = 0

    def words(self, about: str) -> str:
        """Something that nobody typed before."""
        self.typed += 1
        return f"{self.mark} {about} {self.typed}"

    def at(self, name: str, **more: object) -> str:
        """An address of the campaign."""
        return reverse(name, kwargs={"campaign_id": self.campaign.id, **more})

    def post(self, client: Client, name: str, fields: dict[str, Any], **more: object) -> Any:
        """Posts a form, and reads the page that it leads to. What is refused must leave no mark either."""
        answer = client.post(self.at(name, **more), fields, follow=True, SERVER_NAME="127.0.0.1")
        assert answer.status_code in (200, 400), (name, answer.status_code)
        return answer

    def get(self, client: Client, name: str, query: dict[str, str], **more: object) -> None:
        """Asks with a mark in the address; there may be nothing."""
        answer = client.get(self.at(name, **more), query, SERVER_NAME="127.0.0.1")
        assert answer.status_code in (200, 302, 404), (name, answer.status_code)


def write_support(*, mark: str, named: str) -> dict[str, str]:
    """Units with sources and history, acts, lines, paper, contacts, wishes for mail, a token, reads and an alert.

    The token, and the address to which the alert is mailed.
    """
    desk = Desk(preparing.make_campaign(k=3), mark, named)
    number = Campaign.objects.count()
    heron, kestrel = (
        member(desk.campaign, f"{name}{number}", role)
        for name, role in (("Siskin", Role.ORGANIZER), ("Kestrel", Role.REPRESENTATIVE))
    )
    organizer, representative = enter(heron), enter(kestrel)
    unit = _units(desk, organizer)
    give(kestrel.user, desk.campaign, unit)
    act = _acts(desk, organizer)
    _paper(desk, representative, act, unit)
    _contacts(desk, representative, unit)
    address = f"{mark}.{number}@example.org"
    wish = {"address": address, "digest": "on", "alerts": "on"}
    desk.post(organizer, "outreach-mail", wish)
    desk.post(
        representative, "outreach-mail", {"address": desk.words("no address"), "digest": "on"}
    )
    _read(desk, organizer, act)
    token = _token(desk, organizer, act)
    _read_much(desk.campaign, kestrel.user)
    return {"token": token, "address": address}


def _units(desk: Desk, client: Client) -> Unit:
    """Read from a file, counted, called otherwise, moved; a second file is looked at and left."""
    rows = f"N,{desk.named} north,site,,240,2026-10-01,{desk.words('source')}\n"
    rows += f"N-1,{desk.named} early,shift,N,90,2026-10-01,{desk.words('source')}\n"
    shown = _upload(desk, client, rows)
    plan = _PLAN.search(shown.content.decode())
    assert plan
    client.post(shown.redirect_chain[-1][0], {"plan": plan[1]}, SERVER_NAME="127.0.0.1")
    unit = Unit.objects.get(campaign=desk.campaign, code="N-1")
    count = {"people": "91", "as_of": "2026-11-02", "source": desk.words("payroll")}
    desk.post(client, "units-count", count, unit_id=unit.id)
    desk.post(client, "units-count", {**count, "people": desk.words("many")}, unit_id=unit.id)
    desk.post(client, "units-move", {"parent": desk.words("nowhere")}, unit_id=unit.id)
    _upload(desk, client, f"W,{desk.named} west,site,,70,2026-10-01,{desk.words('left')}\n")
    return unit


def _upload(desk: Desk, client: Client, rows: str) -> Any:
    file = SimpleUploadedFile(f"{desk.mark}.csv", (_HEAD + rows).encode(), "text/csv")
    return desk.post(client, "units-import", {"file": file, "source": desk.words("for all")})


def _acts(desk: Desk, client: Client) -> Act:
    day = timezone.now().date().isoformat()
    desk.post(client, "tracking-act-new", {"name": desk.words("act"), "kind": "card", "day": day})
    line = {"share": "40", "label": desk.words("line"), "source": desk.words("law")}
    desk.post(client, "tracking-lines", line)
    return Act.objects.get(campaign=desk.campaign)


def _paper(desk: Desk, client: Client, act: Act, unit: Unit) -> None:
    day = timezone.now().date().isoformat()
    for fields in (
        {"unit": str(unit.id), "count": "7", "day": day},
        {"unit": desk.words("a name from a sheet"), "count": desk.words("seven"), "day": day},
    ):
        desk.post(client, "tracking-paper", fields, act_id=act.id)


def _contacts(desk: Desk, client: Client, unit: Unit) -> None:
    """One that is kept; and one that is refused, since it speaks of a person."""
    for text in (desk.words("talk to the night shift"), f"talk to Maria {desk.words('at gate 2')}"):
        desk.post(client, "outreach-note", {"unit": str(unit.id), "text": text, "assigned": ""})


def _read(desk: Desk, client: Client, act: Act) -> None:
    """Reports and files, by addresses that bear the mark."""
    for query in ({"q": desk.mark}, {"as": "xlsx"}, {"as": "csv", "table": desk.mark}):
        desk.get(client, "support-act", query, act_id=act.id)
        desk.get(client, "support-sites", {**query, "in": desk.mark}, act_id=act.id)
    desk.get(client, "units", {"q": desk.mark})
    desk.get(client, "units-file", {"q": desk.mark}, file_format="xlsx")
    desk.get(client, "oversight-reads", {"week": desk.mark})
    desk.get(client, "outreach-contacts", {"q": desk.mark, "unit": desk.mark})


def _token(desk: Desk, client: Client, act: Act) -> str:
    """One that is used, beside one that never was."""
    made = desk.post(client, "api-make", {"total": "on", "days": "30"})
    found = _TOKEN.search(made.content.decode())
    assert found
    for token, status in ((found[0], 200), (desk.mark, 401)):
        url = f"{reverse('api-total', args=[act.id])}?q={desk.mark}"
        headers = {"Authorization": f"Bearer {token}"}
        answer = Client().get(url, headers=headers, SERVER_NAME="127.0.0.1")
        assert answer.status_code == status
    return found[0]


def _read_much(campaign: Campaign, user: User) -> None:
    """Until the committee is told, by mail too."""
    for _time in range(READS_ALERT + 1):
        record_read(
            user=user, campaign=campaign, report="heat", units=1, now=timezone.now(), shown=()
        )


def support_with(*, mark: str) -> dict[str, int]:
    """How many sealed rows of each kind hold the mark, read with the application's key."""
    kinds: tuple[tuple[Callable[[Any], Any], type[Any]], ...] = (
        *((units.read, kind) for kind in (Source, UnitChange, ImportDraft)),
        *((tracking.read, kind) for kind in (Act, TargetLine)),
        *((outreach.read, kind) for kind in (Contact, MailWish)),
    )
    return {kind.__name__: _count(read, kind.objects.all(), mark) for read, kind in kinds}


def _count(read: Callable[[Any], Any], rows: Iterable[Any], mark: str) -> int:
    return sum(mark in json.dumps(read(row), default=str) for row in rows)
