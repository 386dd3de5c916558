"""Every page of tracking support, in every state that looks different, as it is answered.

Figures are those that were really released; pages come from Django's test client, so that a browser can look at all of
them at no more than its own cost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizing.accounts.models import Campaign, Membership, Role
from organizing.crypto.encoding import b64u
from organizing.oversight import services as oversight
from organizing.oversight.models import AlertKind, ReadAlert
from organizing.petitions import services as petitions
from organizing.petitions.models import Petition
from organizing.petitions.weeks import WEEK, monday
from organizing.signing.models import UnitStep
from organizing.tracking import releases, releasing, services
from organizing.tracking.models import Act, Kind, PaperEntry
from organizing.tracking.presets import PRESETS
from organizing.units import importing, tables
from tests import factories
from tests.accounts.people import Person, enter, member
from tests.api.cast import token_of
from tests.factories import Wanted
from tests.outreach.cast import contact_at
from tests.oversight.cast import give
from tests.units.trees import HEAD, NONE, Yard

# Names in two alphabets, long ones, and one with markup.
SITES = (
    *("North", "مستودع الميناء الشمالي", "Donaudampfschifffahrtsgesellschaftskapitänskajüte"),
    *("Canal street warehouse and packing hall", "<b>Labs</b>", "القاهرة 6 أكتوبر", "Old mill"),
)
WEEKS = 18
MIXED = HEAD + "W,West,site,,1.200,01.10.2026,council\nX,X,planet,nowhere,,,\n"
MENDED = HEAD + "W,West,site,,1200,2026-10-01,council\nS0,North,site,,610,2026-11-01,new list\n"


@dataclass(frozen=True)
class Shown:
    """One page. `name`: of the address that was asked."""

    name: str
    case: str
    html: str


@dataclass
class Gallery:
    """Asks for pages in one language, and keeps them."""

    language: str
    pages: list[Shown] = field(default_factory=list)

    def enter(self, person: Person) -> Client:
        """A browser in this language."""
        client = enter(person)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = self.language
        return client

    def get(self, who: Client, name: str, *rest: Any, query: str = "") -> str:
        """Opens a page."""
        return self._keep(name, query, who.get(reverse(name, args=rest) + query, follow=True))

    def post(self, who: Client, name: str, /, *rest: Any, case: str, **sent: Any) -> str:
        """Sends a form, and keeps the page that comes back."""
        return self._keep(name, case, who.post(reverse(name, args=rest), sent, follow=True))

    def _keep(self, name: str, case: str, answer: Any) -> str:
        html = str(answer.content.decode())
        assert answer.status_code in (200, 400, 409, 429), (name, case, answer.status_code)
        assert f'lang="{self.language}"' in html, (name, case)
        self.pages.append(Shown(name, case, html))
        return html

    @property
    def asked(self) -> set[str]:
        """Names of all addresses of which there is a page."""
        return {page.name for page in self.pages}


@dataclass
class Works:
    """A workplace half a year on: a petition, cards on paper, and an act that begins today."""

    gallery: Gallery
    yard: Yard
    petition: Petition
    acts: dict[str, Act]
    heron: Client
    kestrel: Person
    empty: Campaign

    @property
    def id(self) -> UUID:
        return self.yard.campaign.id

    def get(self, name: str, *rest: Any, query: str = "") -> str:
        """A page of the campaign, as an organizer sees it."""
        return self.gallery.get(self.heron, name, self.id, *rest, query=query)

    def post(self, name: str, /, *rest: Any, case: str, **sent: Any) -> str:
        """A form of the campaign."""
        return self.gallery.post(self.heron, name, self.id, *rest, case=case, **sent)


def rows() -> str:
    """Sites; the first has shifts, of which one is small."""
    lines = [
        f'S{n},"{name}",site,,{600 if n < 4 else 90},2026-05-01,"works council, May"'
        for n, name in enumerate(SITES)
    ]
    lines += [f"S0-{n},الوردية {n},shift,S0,{p},2026-05-01,c" for n, p in enumerate((300, 280, 12))]
    return "".join(f"{line}\n" for line in lines)


def set_up(gallery: Gallery) -> Works:
    """Everything that a page could show."""
    yard = Yard(campaign=factories.campaign(Wanted(k=10)))
    assert yard.take(rows())
    for name in PRESETS:
        services.add_preset(campaign=yard.campaign, name=name)
    kestrel = member(yard.campaign, "Kestrel", Role.REPRESENTATIVE)
    give(kestrel.user, yard.campaign, yard.unit("S0"), yard.unit("S4"))
    empty = factories.campaign(Wanted(k=10))
    Membership.objects.create(campaign=empty, user=yard.user, role=Role.ORGANIZER)
    petition = offered(yard)
    today = timezone.now().date()
    acts = {
        "petition": services.act_of_petition(petition=petition, day=today - WEEK * WEEKS),
        "cards": services.add_act(
            campaign=yard.campaign, kind=Kind.CARD, day=today - WEEK * WEEKS, name="بطاقات العضوية"
        ),
        "young": services.add_act(
            campaign=yard.campaign, kind=Kind.PLEDGE, day=today, name="Public pledge"
        ),
    }
    sign_and_count(yard, petition, acts, kestrel)
    return Works(gallery, yard, petition, acts, gallery.enter(yard.person), kestrel, empty)


def offered(yard: Yard) -> Petition:
    """A draft that offers every unit."""
    units = [{"id": b64u(bytes(yard.unit(n.code).key)), "name": n.name} for n in yard.tree().nodes]
    proofs = petitions.Proofs(mailbox=False, mail_domains=[], units=units)
    petition = petitions.create_petition(campaign=yard.campaign, proofs=proofs)
    content = petitions.TextContent("No recording", "The board", ["End it."], "Why.", {})
    petitions.save_text(petition_id=petition.id, language="en", content=content)
    return petition


def sign_and_count(yard: Yard, petition: Petition, acts: dict[str, Act], kestrel: Person) -> None:
    """What batches would have written, paper that two have counted, and the release of all whole weeks."""
    this = monday(timezone.now(), yard.campaign.time_zone)
    for number, code in enumerate(("S0-0", "S0-1", "S1", "S2", "S3", "S4", "S5")):
        unit = yard.unit(code)
        for week in range(WEEKS if number % 3 else 5):
            day = this - WEEK * (WEEKS - week)
            UnitStep.objects.create(
                petition=petition, unit=unit.key, week=day, change=11 + number - week % 7
            )
            for act in (acts["cards"], acts["petition"]) if week % 4 == number % 4 else ():
                PaperEntry.objects.create(
                    act=act, unit=unit, count=8 + number, day=day, week=day,
                    typed_by=yard.user, confirmed_by=kestrel.user,
                )  # fmt: skip
    now = datetime.combine(this, time(8), UTC)
    with mock.patch.object(releasing, "sometimes", releases.never):
        for act in acts.values():
            releasing.release_weeks(act_id=act.id, now=now)


def show_units(works: Works) -> None:
    """The tree, one unit, files, and what is refused."""
    unit, node = works.yard.unit("S0-1").id, works.yard.unit("S0").id
    works.gallery.get(works.heron, "units", works.empty.id)
    for query in ("", "?q=north", "?q=nothing"):
        works.get("units", query=query)
    works.post("units-new", case="refused", name="", code="")
    works.post("units-total", case="refused", people="many")
    works.get("units-import")
    works.post("units-import", case="no file")
    for case, text in (("faults", MIXED), ("good", MENDED)):
        table = tables.read(text.encode())
        draft = importing.keep(
            campaign=works.yard.campaign, table=table, defaults=NONE, today=timezone.now().date()
        )
        works.get("units-dry-run", draft.id, query=f"?{case}")
    broken = SimpleUploadedFile("units.xlsx", b"no book", "application/octet-stream")
    works.post("units-import", case="broken file", file=broken)
    works.get("units-unit", node)
    for name in ("units-count", "units-rename", "units-move", "units-split"):
        works.post(
            name, node, case="refused", code="S1", name="", parent="S0-1", parts=";", people="x"
        )
    works.get("units-merge", unit)
    works.get("units-merge", unit, query="?into=S0-0")
    works.get("units-take-away", node)
    works.gallery.get(works.heron, "units-offer", works.petition.id)
    works.post("units-merge", unit, case="merged", into="S0-0", understood="on")
    works.get("units-history")


def show_tracking(works: Works) -> None:
    """Acts, paper typed and counted again, target lines."""
    act = works.acts["cards"]
    works.gallery.get(works.heron, "tracking-acts", works.empty.id)
    works.gallery.get(works.heron, "tracking-lines", works.empty.id)
    works.get("tracking-acts")
    works.get("tracking-act-new")
    works.post("tracking-act-new", case="refused", name="")
    works.get("tracking-act", act.id)
    unit, kestrel = works.yard.unit("S4"), works.gallery.enter(works.kestrel)
    entry = services.type_paper(
        act=act, unit=unit, count=14, day=timezone.now().date(), user=works.yard.user
    )
    for who in (works.heron, kestrel):
        works.gallery.get(who, "tracking-paper", works.id, act.id)
        works.gallery.get(who, "tracking-paper-confirm", works.id, act.id, entry.id)
    works.post("tracking-paper", act.id, case="refused", count="many")
    works.gallery.post(
        kestrel, "tracking-paper-confirm", works.id, act.id, entry.id, case="another", count="13"
    )
    works.get("tracking-lines")
    works.post("tracking-lines", case="refused", share="200", label="")
    works.get("tracking-line", services.add_preset(campaign=works.yard.campaign, name="half-50").id)


def show_reports(works: Works) -> None:
    """All figures, of three acts; a representative's; and what who reads too much is shown."""
    works.gallery.get(works.heron, "support", works.empty.id)
    works.get("support")
    unit, odd = works.yard.unit("S0").id, works.yard.unit("S2").id
    for act in works.acts.values():
        for name in ("act", "sites", "rings", "weeks", "stalls"):
            works.get(f"support-{name}", act.id)
        works.get("support-unit", act.id, unit)
    act = works.acts["petition"]
    works.get("support-unit", act.id, odd)
    works.get("support-weeks", act.id, query="?weeks=all")
    works.get("support-sites", act.id, query=f"?in={unit}")
    kestrel = works.gallery.enter(works.kestrel)
    works.gallery.get(kestrel, "support-sites", works.id, act.id)
    works.gallery.get(kestrel, "oversight-mine", works.id)
    with mock.patch.object(oversight, "READS_MOST", 0):
        works.gallery.get(kestrel, "support-act", works.id, act.id)


def show_oversight(works: Works) -> None:
    """Who read what, who sees what, contacts, mail and tokens."""
    today, campaign = timezone.now().date(), works.yard.campaign
    for kind in AlertKind:
        ReadAlert.objects.get_or_create(
            campaign=campaign, user=works.kestrel.user, day=today, kind=kind
        )
    works.get("oversight-reads")
    works.get("oversight-reads", query=f"?week={today - timedelta(weeks=3)}")
    works.get("oversight-mine")
    seat = Membership.objects.get(campaign=campaign, user=works.kestrel.user)
    works.get("oversight-scope", seat.pk)
    works.get("oversight-scope", seat.pk, query="?q=nothing")
    works.gallery.get(works.heron, "outreach-contacts", works.empty.id)
    unit = works.yard.unit("S4")
    contact_at(campaign, unit, "bring cards to the canteen", seat)
    contact = contact_at(campaign, works.yard.unit("S1"), "ملصقات عند البوابة 2")
    works.get("outreach-contacts")
    works.get("outreach-contacts", query=f"?show=mine&unit={unit.id}")
    works.post("outreach-note", case="a person", text="ask Maria Lopez", unit=unit.id)
    works.post("outreach-change", contact, case="ticked", do="tick")
    works.get("outreach-contacts", query="?show=done")
    works.get("outreach-mail")
    works.post("outreach-mail", case="refused", address="no address", digest="on")
    works.get("api-tokens")
    token_of(works.kestrel.user, campaign)
    works.post("api-make", case="made", scopes="total", total="on", days="30")
    works.get("api-tokens", query="?two")


def hang(language: str) -> Gallery:
    """All of them in one language."""
    gallery = Gallery(language)
    works = set_up(gallery)
    for show in (show_reports, show_tracking, show_oversight, show_units):
        show(works)
    return gallery
