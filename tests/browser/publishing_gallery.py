"""The second half of the gallery: first signers, opening, what readers are told, and each way to end."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest import mock

from django.urls import reverse
from django.utils import timezone

from organizing.crypto import sealing, tokens
from organizing.drafting import selectors as drafting
from organizing.drafting.content import content_of
from organizing.petitions import freezing, selectors, services
from organizing.petitions.models import Petition, State
from organizing.publishing import told
from organizing.publishing.models import Milestone, Post
from organizing.signing.models import Tally
from tests import factories
from tests.browser.writing_gallery import Room

FIRST, CROWD = 3, 140
_AT_HAND = re.compile(r'<input type="hidden" name="(base|post_id|version)" value="([^"]*)"')


def freeze(petition: Petition) -> None:
    """From approved to frozen, with keys that all tests share."""
    key = sealing.public_key_bytes(factories.ORGANIZERS_SEED)
    services.set_audience_key(petition_id=petition.id, slug=services.ORGANIZERS, public_key=key)
    keys, now = [factories.issuer_key(0), factories.issuer_key(1)], timezone.now()
    with (
        mock.patch.object(tokens, "generate_issuer_key", side_effect=keys),
        mock.patch("organizing.jobs.enqueue"),
    ):
        services.start_freezing(petition_id=petition.id, now=now, closes=now + timedelta(days=30))
        freezing.freeze(petition_id=petition.id)
    petition.refresh_from_db()


def counted(petition: Petition, number: int) -> None:
    """As if a batch had counted so many."""
    defaults = {"total": number, "batches": 1, "due_at": timezone.now()}
    Tally.objects.update_or_create(petition=petition, proof_class=1, defaults=defaults)


def public(room: Room, name: str, *rest: object, case: str = "", code: str = "") -> None:
    """A page as a reader sees it."""
    selectors.forget_published()
    told.forget()
    room.petition.refresh_from_db()
    place = room.petition.public_id if room.petition.opened_on else room.petition.private_id
    room.gallery.get(room.nobody, name, place, code or room.code, *rest, case=case)


def show_gate(room: Room) -> None:
    """First signers: chosen, not there yet, reached, open."""
    heron = room.heron
    room.get(heron, "drafting-first-signers", case="before freezing")
    room.get(heron, "workspace-first-signers")
    room.post(heron, "workspace-first-signers", case="too few", number="1")
    room.post(heron, "workspace-first-signers", number=str(FIRST))
    room.get(heron, "workspace-open", case="not frozen")
    freeze(room.petition)
    room.get(heron, "workspace-first-signers", case="frozen")
    room.get(room.swift, "drafting-first-signers", case="not yet")
    room.get(room.robin, "drafting-first-signers", case="who only comments")
    room.get(heron, "workspace-open", case="not yet")
    room.get(heron, "workspace-close", case="not open")
    room.get(heron, "workspace-archive", case="not closed")
    room.get(heron, "workspace-new-version", case="not over")
    room.get(heron, "workspace-withdraw")
    room.get(heron, "workspace-news", case="before opening")
    room.get(heron, "workspace-news-release", case="before opening")
    public(room, "petition", case="frozen")
    room.get(room.swift, "drafting-read", room.code, case="frozen")
    room.get(heron, "drafting-review", case="frozen")
    counted(room.petition, FIRST)
    room.get(room.swift, "drafting-first-signers", case="reached")
    room.get(heron, "workspace-open")
    room.post(heron, "workspace-open", case="done")
    room.get(heron, "workspace-withdraw", case="too late")
    room.get(room.swift, "drafting-first-signers", case="open")
    public(room, "petition-updates", case="just opened")


def _save(room: Room, name: str, *rest: object, case: str = "", **typed: str) -> str:
    """Opens the form of a post, types and saves; the page that comes."""
    form = dict(_AT_HAND.findall(room.heron.get(_at(room, name, *rest)).content.decode()))
    return room.post(room.heron, name, *rest, case=case, **{**form, **typed})


def _at(room: Room, name: str, *rest: object) -> str:
    return reverse(name, args=[room.petition.id, *rest])


def show_news(room: Room) -> None:
    """An update, approved by two and corrected; a delivery; an answer; numbers."""
    heron, kite, words, code = room.heron, room.kite, room.gallery.words, room.code
    room.get(heron, "workspace-news", case="open, nothing written")
    new = ("workspace-news-new", "update", code)
    room.get(heron, *new)
    _save(room, *new, case="too long", title="x" * 201, body="")
    _save(room, *new, case="shown", title=words.update, body=words.post, show="")
    _save(room, *new, case="saved, half", title=words.update, body="")
    post = Post.objects.get(petition=room.petition)
    write = ("workspace-news-write", post.id, code)
    room.get(heron, *write)
    _save(room, *write, case="somebody was faster", title=words.note, body="x", base="0")
    _save(room, *write, title=words.update, body=words.post)
    room.get(kite, "workspace-news-post", post.id, case="to be approved, with traces")
    _save(room, *write, title=words.update, body=words.body)
    publish = ("workspace-news-publish", post.id)
    room.post(heron, *publish, case="moved meanwhile", version="1")
    room.post(heron, *publish, case="one of two", version="3")
    room.get(kite, "workspace-news-post", post.id, case="the second one")
    room.post(kite, *publish, case="done", version="3")
    _save(room, *write, title=words.update, body=words.note)
    room.get(heron, "workspace-news-post", post.id, case="a correction")
    room.post(heron, "workspace-news-discard", post.id, case="thrown away")
    show_numbers(room)
    today = timezone.now().date().isoformat()
    delivery = ("workspace-news-new", "delivery", code)
    room.get(heron, *delivery, case="delivery")
    _save(room, *delivery, case="delivery saved", day=today, how="by hand", band="all/50")
    answer = ("workspace-news-new", "answer", code)
    room.get(heron, *answer, case="answer")
    given = {"day": today, "source": "https://example.com/all-staff/2026-06", "body": words.answer}
    for place, standing in enumerate(("refused", "partly", "silent")):
        given |= {f"standing_{place}": standing, f"words_{place}": words.comment}
    _save(room, *answer, case="answer saved", **given)
    for row in Post.objects.filter(petition=room.petition, number=None):
        for who in (heron, kite):
            room.post(who, "workspace-news-publish", row.id, version="1")
    room.get(heron, "workspace-news")
    public(room, "petition", case="open, answered")
    public(room, "petition-updates")
    public(room, "petition-update", 1)
    public(room, "petition-update", 1, case="not in this language", code="es")
    public(room, "petition-update", _number_of(room, "answer"), case="answer")
    public(room, "petition-feed")


def _number_of(room: Room, kind: str) -> int:
    return Post.objects.get(petition=room.petition, kind=kind).number or 0


def show_numbers(room: Room) -> None:
    """None is reached, one can be, chosen without a word, released, and too soon for another."""
    heron, page = room.heron, "workspace-news-release"
    room.get(heron, page, case="nothing reached")
    counted(room.petition, CROWD)
    room.get(heron, page)
    room.post(heron, page, case="nothing chosen", offer="")
    room.post(heron, page, case="released", offer="all/50", understood="on")
    room.get(heron, page, case="too soon")
    assert Milestone.objects.filter(petition=room.petition).exists()


def show_ends(room: Room) -> None:
    """Closed, archived, followed; and another that is withdrawn, whose first signers are asked again."""
    heron, petition = room.heron, room.petition
    room.get(heron, "workspace-close")
    room.post(heron, "workspace-close", case="done")
    public(room, "petition", case="closed")
    room.get(heron, "workspace-archive", case="signers can still change")
    Petition.objects.filter(id=petition.id).update(
        sending_ends_at=timezone.now() - timedelta(days=1)
    )
    room.get(heron, "workspace-archive")
    room.post(heron, "workspace-archive", case="done")
    public(room, "petition", case="archived")
    room.get(heron, "workspace-new-version")
    room.post(heron, "workspace-new-version", case="begun")
    room.get(heron, "workspace-new-version", case="begun already")
    room.petition = withdrawable(room, petition)
    room.post(heron, "workspace-withdraw", case="done")
    public(room, "petition", case="withdrawn")
    room.post(heron, "workspace-new-version")
    room.petition = Petition.objects.get(follows=room.petition)
    room.get(heron, "drafting-first-signers", case="asked again")
    room.get(heron, "drafting-home", case="a new version")


def withdrawable(room: Room, like: Petition) -> Petition:
    """Another frozen petition of the campaign, with the same text."""
    made = services.create_petition(campaign=room.campaign)
    content = content_of(drafting.head(like.id, room.code).fields, {})
    services.save_text(petition_id=made.id, language=room.code, content=content)
    services.approve(petition_id=made.id)
    freeze(made)
    assert made.state == State.FROZEN
    return made
