"""Writes a petition together inside the site, by its own pages, with a mark in everything that anybody types.

Every page is posted to as a browser would: what forms, messages, sessions and logs keep of it is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from organizing.accounts.models import Role
from organizing.drafting import boxes, reviewing, selectors
from organizing.drafting.models import SealedRow
from organizing.petitions import selectors as petitions
from organizing.petitions import services
from organizing.petitions.models import Petition, PetitionText
from tests.accounts.people import enter, make_person, member
from tests.journeys import preparing

_JOIN = re.compile(r"/drafting/join/[\w-]+/")
_COMMENT = re.compile(r'id="c-([0-9a-f-]{36})"')


@dataclass
class Desk:
    """A draft, and what is typed at it: each text differs, and bears the mark."""

    petition: Petition
    mark: str
    typed: int = 0

    def words(self, about: str) -> str:
        """Something that nobody typed before."""
        self.typed += 1
        return f"{self.mark} {about} {self.typed}"

    def post(self, client: Client, name: str, *rest: object, **fields: str) -> str:
        """Posts a form, and reads the page that it leads to, with its message."""
        address = reverse(f"drafting-{name}", args=[self.petition.id, *rest])
        answer = client.post(address, fields, follow=True, SERVER_NAME="127.0.0.1")
        assert answer.status_code in (200, 204), (name, answer.status_code)
        return str(answer.content.decode())

    def text(self, **changed: str) -> dict[str, str]:
        """The newest text as a form holds it, with some of it changed."""
        head = selectors.head(self.petition.id, "en")
        return {**head.fields, "based_on": str(head.number), **changed}


def write_together(*, mark: str) -> str:
    """A draft with history, comments, suggestions, links, verdicts and what is not saved yet; its id."""
    campaign = preparing.make_campaign(k=3)
    desk = Desk(services.create_petition(campaign=campaign), mark)
    number = Petition.objects.count()
    heron = enter(member(campaign, f"Heron{number}", Role.ORGANIZER))
    _begin(desk, heron)
    guest = _guest(desk, heron, f"Swift{number}")
    _write(desk, heron, guest)
    _talk(desk, heron, guest)
    desk.post(heron, "decide", do="reject", reason=desk.words("reason"), digest=_digest(desk))
    # Last, since a suggestion or a version would take its place.
    desk.post(guest, "keep", "en", **desk.text(title=desk.words("half a thought")))
    return str(desk.petition.id)


def _begin(desk: Desk, heron: Client) -> None:
    desk.post(heron, "start", "en", post=desk.words("post"), starter="surveillance", do="check")
    desk.post(heron, "start", "en", post=desk.words("post"), starter="surveillance")
    for part in ("title", "addressee", "demands", "body", "consent"):
        desk.post(heron, "write", "en", **desk.text(**{part: desk.words(part)}))


def _guest(desk: Desk, heron: Client, name: str) -> Client:
    shown = desk.post(heron, "invite", part="edit", note=desk.words("note"))
    link = _JOIN.search(shown)
    assert link
    guest = enter(make_person(name, factor=False))
    guest.post(link[0], SERVER_NAME="127.0.0.1")
    desk.post(heron, "invite", part="comment", note=desk.words("another note"))
    return guest


def _write(desk: Desk, heron: Client, guest: Client) -> None:
    """Two at one sentence, a version restored, a file taken in, and one that is none."""
    stale = desk.text(title=desk.words("mine"))
    desk.post(heron, "write", "en", **desk.text(title=desk.words("theirs")))
    assert "conflict" in desk.post(guest, "write", "en", **stale)
    desk.post(guest, "forget", "en")
    desk.post(heron, "write", "en", show="", **desk.text(body=desk.words("only shown")))
    desk.post(heron, "write", "en", check="", **desk.text(body=desk.words("only checked")))
    desk.post(heron, "restore", "en", 2, head=desk.text()["based_on"])


def _talk(desk: Desk, heron: Client, guest: Client) -> None:
    suggested = desk.text(title=desk.words("suggested"))
    desk.post(guest, "write", "en", suggest="", note=desk.words("why"), **suggested)
    about = {"based_on": desk.text()["based_on"], "from": "read"}
    desk.post(guest, "comment", "en", text=desk.words("comment"), quote="", **about)
    desk.post(guest, "comment", "en", text=desk.words("lost"), quote=desk.words("nowhere"), **about)
    found = _COMMENT.search(desk.post(heron, "comment", "en", text=desk.words("second"), **about))
    assert found
    desk.post(heron, "answer", found[1], text=desk.words("answer"), **{"from": "read"})


def _digest(desk: Desk) -> str:
    desk.petition.refresh_from_db()
    return reviewing.review(desk.petition).digest


def boxes_with(*, mark: str) -> dict[str, int]:
    """How many sealed rows of each kind hold the mark, read with the application's key."""
    texts = [json.dumps(petitions.open_text(row).content) for row in PetitionText.objects.all()]
    found = {"PetitionText": _count(texts, mark)}
    for kind in SealedRow.__subclasses__():
        read = [json.dumps(boxes.read(row)) for row in kind._default_manager.all()]
        found[kind.__name__] = _count(read, mark)
    return found


def _count(contents: list[str], mark: str) -> int:
    return sum(mark in content for content in contents)


def sessions() -> str:
    """What all sessions hold, unpacked: stored, they are compressed, and a search would miss a word."""
    return json.dumps([row.get_decoded() for row in Session.objects.all()])
