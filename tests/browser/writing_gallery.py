"""Every page of writing, publishing and ending a petition, in every state that looks different, as it is answered.

Pages are taken from Django's test client, so that a browser can look at all of them at no more than its own cost.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Campaign, Role
from organizing.drafting import comments, selectors
from organizing.drafting.models import CoDrafter, Comment, DraftInvitation, Part, Suggestion
from organizing.petitions import services
from organizing.petitions.models import Petition
from tests.accounts.people import Person, enter, make_person, member
from tests.browser.writing_words import ARABIC, ENGLISH, SPANISH, Words
from tests.oversight.cast import unit as add_unit

_PART = re.compile(r'<(\w+(?: (?:class|type|role)="[^"]*")?)')
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_MODULE = re.compile(r'<script type="module"[^>]*></script>')


@dataclass(frozen=True)
class Shown:
    """One page as it was answered. `name`: of the address that was asked."""

    name: str
    case: str
    status: int
    html: str
    policy: str

    @property
    def parts(self) -> list[str]:
        """What it is put together from: elements with their classes or types."""
        return _PART.findall(_ID.sub("", self.html.split('id="main"')[-1]))

    @property
    def key(self) -> str:
        return f"{self.name}, {self.case}" if self.case else self.name


@dataclass
class Gallery:
    """Asks for pages and keeps them. `asked` are the names of all addresses that something was sent to."""

    language: str
    pages: list[Shown] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def distinct(self) -> list[Shown]:
        """The first page of each address, every answer that says no or asks first, and whatever has parts that no page
        before it had.
        """
        seen: set[str] = set()
        names: set[str] = set()
        found = []
        for page in self.pages:
            parts, is_first = set(page.parts), page.name not in names
            if is_first or page.status >= 400 or "asked" in page.case or parts - seen:
                found.append(page)
            seen |= parts
            names.add(page.name)
        return found

    @property
    def words(self) -> Words:
        return ARABIC if self.language == "ar" else ENGLISH

    def enter(self, person: Person | None = None, **options: Any) -> Client:
        """A browser in this language, signed in or not."""
        client = enter(person) if person else Client(**options)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = self.language
        return client

    def get(self, who: Client, name: str, *rest: object, case: str = "", query: str = "") -> str:
        """Opens a page, and keeps what it shows."""
        self.asked.add(name)
        return self._keep(name, case, who.get(reverse(name, args=rest) + query, follow=True))

    def post(self, who: Client, name: str, *rest: object, case: str = "", **sent: str) -> str:
        """Sends a form, and keeps the page that it leads to where that has a case of its own."""
        self.asked.add(name)
        answer = who.post(reverse(name, args=rest), sent, follow=True)
        if case:
            return self._keep(name, case, answer)
        assert answer.status_code in (200, 204), (name, answer.status_code)
        return str(answer.content.decode())

    def _keep(self, name: str, case: str, answer: Any) -> str:
        html = str(answer.content.decode())
        assert answer.status_code < 500, (name, case)
        if not html.lstrip().startswith("<!doctype html>"):
            return html
        # Of the petition's own page what stands before its modules run; they are looked at where people sign.
        html = _MODULE.sub("", html) if name == "petition" else html
        policy = answer.get("Content-Security-Policy", "")
        self.pages.append(Shown(name, case, answer.status_code, html, policy))
        return html


@dataclass
class Room:
    """Those who write at one petition, and the petition."""

    gallery: Gallery
    campaign: Campaign
    petition: Petition
    heron: Client
    kite: Client
    swift: Client
    rook: Client
    robin: Client
    nobody: Client

    @property
    def code(self) -> str:
        """The language of the source."""
        return self.gallery.language

    def text(self, code: str = "", **changed: str) -> dict[str, str]:
        """The newest text as a form holds it, with some of it changed."""
        head = selectors.head(self.petition.id, code or self.code)
        return {**head.fields, "based_on": str(head.number), **changed}

    def get(self, who: Client, page: str, *rest: object, case: str = "", query: str = "") -> str:
        return self.gallery.get(who, page, self.petition.id, *rest, case=case, query=query)

    def post(self, who: Client, page: str, *rest: object, case: str = "", **sent: str) -> str:
        return self.gallery.post(who, page, self.petition.id, *rest, case=case, **sent)


def set_up(gallery: Gallery) -> Room:
    """Two organizers, and three who come by links: one edits, one suggests, one comments."""
    words = gallery.words
    campaign = Campaign.objects.create(
        name=words.campaign, employer_domains=["example.com"], k=3, epoch_seconds=86_400
    )
    petition = services.create_petition(campaign=campaign)
    heron, kite = (
        gallery.enter(member(campaign, name, Role.ORGANIZER)) for name in ("heron-41", "kite-night")
    )
    guests = []
    for name, part in (("swift", Part.EDIT), ("rook.7", Part.SUGGEST), ("روبين", Part.COMMENT)):
        person = make_person(name, factor=False)
        CoDrafter.objects.create(petition=petition, user=person.user, part=part)
        guests.append(gallery.enter(person))
    swift, rook, robin = guests
    nobody = gallery.enter()
    return Room(gallery, campaign, petition, heron, kite, swift, rook, robin, nobody)


def show_beginning(room: Room) -> None:
    """From an empty draft to a first version, with the question on the way."""
    words, code, heron = room.gallery.words, room.code, room.heron
    room.gallery.get(heron, "drafting", case="none of one's own")
    room.gallery.get(room.swift, "drafting")
    room.get(heron, "drafting-home", case="nothing written")
    room.get(heron, "drafting-history", code, case="nothing written")
    room.get(heron, "drafting-review", case="nothing written")
    room.get(room.robin, "drafting-read", code, case="nothing written")
    room.get(heron, "drafting-write", code, case="nothing written")
    room.get(heron, "drafting-start", code)
    room.post(heron, "drafting-start", code, case="sent empty", post="", starter="")
    post = {"post": words.post, "starter": "surveillance"}
    room.post(heron, "drafting-start", code, case="looked through", do="check", **post)
    room.post(heron, "drafting-start", code, case="asked", do="start", **post)
    room.post(heron, "drafting-start", code, case="begun", do="anyway", **post)


def show_desk(room: Room) -> None:
    """The writer's page: typed, shown, kept, asked, refused and saved."""
    words, code, heron = room.gallery.words, room.code, room.heron
    text = room.text(
        title=words.title,
        addressee=words.addressee,
        demands="\n".join(words.demands),
        body=words.body,
        consent=words.answer,
    )
    room.post(heron, "drafting-write", code, case="shown as signers see it", show="", **text)
    room.post(heron, "drafting-write", code, case="looked through", check="", **room.text())
    many = {**text, "demands": "\n".join(["Demand"] * 13)}
    room.post(heron, "drafting-write", code, case="too many demands", **many)
    unseen = {**text, "title": f"{words.title}\u200b"}
    room.post(heron, "drafting-write", code, case="saved without what nobody sees", **unseen)
    named = room.text(body=f"{words.body}\n\n{words.small_unit}.")
    add_unit(room.campaign, "NB", words.small_unit)
    room.post(heron, "drafting-write", code, case="a small unit named", **named)
    room.post(heron, "drafting-keep", code, **room.text(body=f"{words.body} (A)"), tab="a")
    room.post(heron, "drafting-keep", code, **room.text(body=f"{words.body} (B)"), tab="b")
    room.get(heron, "drafting-write", code, case="not saved, and another tab")
    for tab in ("a", "b"):
        room.post(heron, "drafting-forget", code, copy=tab)
    room.post(room.rook, "drafting-write", code, case="may not save", **text)
    room.post(room.nobody, "drafting-write", code, case="session lost", **text)
    stranger = room.gallery.enter(enforce_csrf_checks=True)
    room.post(stranger, "drafting-write", code, case="form out of date", **text)


def show_talk(room: Room) -> None:
    """Suggestions and comments, beside the text that is written and the text that is read."""
    words, code, heron = room.gallery.words, room.code, room.heron
    changed = room.text(
        title=words.update, body=words.body.replace(words.body.split()[0], words.note)
    )
    room.post(room.rook, "drafting-write", code, suggest="", note=words.note, **changed)
    about = {"text": words.comment, "quote": words.body.split("**")[1], "based_on": "2"}
    room.post(room.robin, "drafting-comment", code, **about, **{"from": "read"})
    room.post(heron, "drafting-comment", code, text=words.note, based_on="2")
    missing = {**about, "quote": "never written"}
    room.post(heron, "drafting-comment", code, case="words that are not there", **missing)
    first, second = Comment.objects.filter(petition=room.petition).order_by("id")
    room.post(heron, "drafting-answer", first.id, text=words.answer)
    room.post(heron, "drafting-resolve", second.id, do="resolve")
    room.get(heron, "drafting-write", code, case="with suggestions and comments")
    room.get(room.robin, "drafting-read", code)
    room.get(room.rook, "drafting-write", code, case="who suggests")
    most, comments.MOST_COMMENTS = comments.MOST_COMMENTS, 1
    room.post(room.robin, "drafting-comment", code, case="no room", **about, **{"from": "read"})
    comments.MOST_COMMENTS = most
    row = Suggestion.objects.get(petition=room.petition)
    decide = ("drafting-accept", row.id)
    room.post(heron, *decide, 0, case="one accepted", do="accept", **room.text(), tab="c")
    room.post(heron, *decide, 1, case="one declined", do="decline", **{"from": "read"})
    room.post(room.rook, "drafting-write", code, suggest="", **room.text(title=words.note))
    row = Suggestion.objects.filter(petition=room.petition).exclude(id=row.id).get()
    room.post(room.rook, "drafting-withdraw", row.id, case="taken back", **{"from": "read"})


def show_history(room: Room) -> None:
    """Two at one sentence, then every version: compared, restored, erased, taken out and read back."""
    words, code, heron = room.gallery.words, room.code, room.heron
    mine = room.text(title=words.note, body=words.body.replace("**", "_"))
    room.post(room.swift, "drafting-write", code, **room.text(title=words.comment, body=""))
    room.post(heron, "drafting-write", code, case="two changed one place", **mine)
    room.get(heron, "drafting-merge", code)
    head = str(selectors.head(room.petition.id, code).number)
    settled = {"title-0": "mine", "head": head}
    room.post(heron, "drafting-merge", code, case="put together", **settled)
    room.post(heron, "drafting-forget", code)
    room.get(heron, "drafting-compare", code, query="?from=2&to=4")
    room.get(heron, "drafting-compare", code, case="side by side", query="?from=2&to=4&view=side")
    room.post(heron, "drafting-restore", code, 3, case="moved meanwhile", head="1")
    room.post(heron, "drafting-restore", code, 3, case="restored", head=head)
    room.get(heron, "drafting-erase", code, 1)
    room.post(heron, "drafting-erase", code, 1, case="erased")
    room.get(heron, "drafting-history", code)
    room.get(heron, "drafting-compare", code, case="with an erased one", query="?from=1&to=2")
    file = _file(room)
    room.get(heron, "drafting-import", code)
    room.post(heron, "drafting-import", code, case="no file of ours", text="# Something else")
    traced = file.replace(words.body[-30:], words.post)
    room.post(heron, "drafting-import", code, case="asked", text=traced)
    clean = file.replace(words.body[-30:], "")
    room.post(heron, "drafting-import", code, case="read", text=clean)


def _file(room: Room) -> str:
    room.gallery.asked.add("drafting-export")
    address = reverse("drafting-export", args=[room.petition.id, room.code])
    return room.heron.get(address).content.decode()


def show_languages(room: Room) -> None:
    """A translation beside its source: written, asked about, stale, checked and left out."""
    heron, source = room.heron, selectors.head(room.petition.id, room.code)
    room.get(heron, "drafting-write", "es", case="beside the source")
    spanish = {**SPANISH, "based_on": "0", "follows": source.digest}
    fewer = {**spanish, "demands": "Dejad de grabar."}
    room.post(heron, "drafting-write", "es", case="another number of demands", **fewer)
    room.post(heron, "drafting-write", "es", **fewer, differ="1")
    room.get(heron, "drafting-home", case="a translation not checked")
    room.get(room.swift, "drafting-read", "es", case="not checked yet")
    text = selectors.head(room.petition.id, "es").digest
    sent = {"text": text, "source": source.digest}
    room.post(heron, "drafting-vouch", "es", case="said that it differs", **sent)
    room.post(heron, "drafting-vouch", "es", case="checked", differ="1", **sent)
    other = "ar" if room.code == "en" else "en"
    room.post(heron, "drafting-write", other, **{**spanish, "title": "X", "follows": ""})
    room.get(heron, "drafting-write", other, case="the source has changed")
    room.get(heron, "drafting-review", case="much in the way")
    room.post(heron, "drafting-vouch", other, case="left out", do="leave-out")


def show_people(room: Room) -> None:
    """Who writes: links made, used, worthless; and who may not look."""
    heron, words = room.heron, room.gallery.words
    shown = room.post(heron, "drafting-invite", case="made", part="edit", note=words.small_unit)
    room.post(heron, "drafting-invite", case="without a part", part="", note="")
    room.get(heron, "drafting-people")
    token = re.search(r"/drafting/join/([\w-]+)/", shown)
    assert token
    guest = room.gallery.enter(make_person("late-one", factor=False))
    room.gallery.get(guest, "drafting-join", token[1])
    room.gallery.post(guest, "drafting-join", token[1], case="come in")
    room.gallery.post(guest, "drafting-join", token[1], case="used already")
    room.get(guest, "drafting-people", case="not for a guest")
    row = CoDrafter.objects.get(petition=room.petition, user__username="late-one")
    room.post(heron, "drafting-change-part", row.id, case="out", do="remove")
    room.post(heron, "drafting-invite", part="comment", note="")
    link = DraftInvitation.objects.get(petition=room.petition)
    room.post(heron, "drafting-revoke", link.id, case="worthless")
    room.gallery.get(heron, "drafting-home", uuid.UUID(int=0), case="no such draft")


def show_review(room: Room) -> None:
    """Two organizers: what is in the way, rejected, one of two, approved, sent back, approved again."""
    heron, kite, words = room.heron, room.kite, room.gallery.words
    room.post(heron, "drafting-rule", case="two must approve", two="1")
    room.post(heron, "drafting-decide", case="rejected without a reason", do="reject", digest="x")
    room.post(kite, "drafting-decide", do="reject", reason=words.comment, digest=_digest(room))
    room.get(heron, "drafting-review", case="rejected")
    approve = {"do": "approve", "digest": _digest(room)}
    room.post(kite, "drafting-decide", case="one of two", **approve)
    room.get(room.swift, "drafting-review", case="who does not decide")
    room.post(heron, "drafting-decide", **approve)
    room.get(heron, "drafting-review", case="approved")
    room.get(heron, "drafting-home", case="approved")
    room.post(room.swift, "drafting-write", room.code, case="approved meanwhile", **room.text())
    room.post(heron, "drafting-decide", do="send-back", reason=words.answer)
    room.post(heron, "drafting-decide", **approve)
    room.post(kite, "drafting-decide", **approve)


def _digest(room: Room) -> str:
    found = re.search(
        r'name="digest" value="([0-9a-f]{64})"', room.get(room.heron, "drafting-review")
    )
    assert found
    return found[1]
