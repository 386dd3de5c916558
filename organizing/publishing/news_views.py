"""What readers are told: written by drafters and organizers, published by organizers alone."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import Role, role_in
from organizing.accounts.views import signed_in
from organizing.drafting.text_views import say_unseen
from organizing.errors import NotFound, WrongState
from organizing.petitions.access import petition_for
from organizing.petitions.models import Petition
from organizing.petitions.selectors import PUBLIC
from organizing.publishing import desk, posts
from organizing.publishing.access import PUBLISHERS, WRITERS, post_for
from organizing.publishing.contents import Content, Saved
from organizing.publishing.context import around
from organizing.publishing.models import Kind, Post
from organizing.publishing.post_forms import PostForm, form_for, initial
from organizing.publishing.posts import Missing, Step, Writing
from organizing.safety.numbers import typed_number

HEADINGS: dict[str, Promise] = {
    Kind.UPDATE: gettext_lazy("Update to readers"),
    Kind.DELIVERY: gettext_lazy("Delivery"),
    Kind.ANSWER: gettext_lazy("The employer’s answer"),
}
MISSING: dict[Missing, Promise] = {
    Missing.WORDS: gettext_lazy("It is written in no language yet."),
    Missing.HALF: gettext_lazy("In one language the title or the text is missing."),
    Missing.DAY: gettext_lazy("The day is missing."),
    Missing.FUTURE: gettext_lazy("The day is still to come."),
    Missing.HOW: gettext_lazy("How it was delivered is missing."),
    Missing.STANDINGS: gettext_lazy("What the employer says to a demand is missing."),
    Missing.BAND: gettext_lazy("The number is not released."),
}


def _around(request: HttpRequest, petition: Petition) -> dict[str, Any]:
    role = role_in(signed_in(request), petition.campaign)
    return {
        **around(petition),
        "may_publish": role == Role.ORGANIZER,
        "is_public": petition.state in PUBLIC,
        "headings": HEADINGS,
    }


def _readable(petition: Petition) -> Petition:
    """What is told is told of a frozen text. Raises WrongState before that."""
    if petition.manifest_hash is None:
        raise WrongState
    return petition


@require_safe
def news(request: HttpRequest, petition_id: UUID) -> HttpResponse:
    """Everything that readers are told, and what waits to be."""
    petition = _readable(petition_for(signed_in(request), petition_id, WRITERS))
    context = {
        **_around(request, petition),
        "entries": [(entry, HEADINGS[entry.post.kind]) for entry in desk.entries(petition)],
        "bands": desk.bands_with_days(petition),
        "first_language": petition.languages[0],
    }
    return render(request, "publishing/news.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, petition_id: UUID, kind: str, language: str) -> HttpResponse:
    """A post that is not saved yet. Its id is drawn here, so that a form sent twice makes one post."""
    petition = _readable(petition_for(signed_in(request), petition_id, WRITERS))
    if kind not in Kind.values:
        raise NotFound
    post = Post(id=_drawn(request), petition=petition, kind=kind)
    return _desk(request, post, language, None)


def _drawn(request: HttpRequest) -> UUID:
    """The id that the form came with, or a new one."""
    try:
        return UUID(request.POST.get("post_id", ""))
    except ValueError:
        return uuid4()


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, petition_id: UUID, post_id: UUID, language: str) -> HttpResponse:
    """A post in one language."""
    post = post_for(signed_in(request), petition_id, post_id)
    return _desk(request, post, language, posts.head(post))


def _desk(request: HttpRequest, post: Post, language: str, head: Saved | None) -> HttpResponse:
    demands = desk.demands(post.petition, language)
    before, base = (head.content, head.version) if head else (Content(), 0)
    kwargs: dict[str, Any] = {"initial": initial(before, language, base, post.id)}
    if request.method == "POST":
        kwargs = {"data": request.POST}
    form = form_for(post.kind, demands, desk.bands(post.petition), **kwargs)
    if request.method == "POST" and form.is_valid():
        return _act(request, post, language, form, head)
    return _show_desk(request, post, language, form, is_new=head is None)


def _show_desk(
    request: HttpRequest, post: Post, language: str, form: PostForm, **more: Any
) -> HttpResponse:
    spoken = next(each for each in desk.languages(post.petition) if each.code == language)
    form.speak(language, rtl=spoken.rtl)
    context = {
        **_around(request, post.petition),
        "post": post,
        "heading": HEADINGS[post.kind],
        "form": form,
        "language": spoken,
        "languages": desk.languages(post.petition),
        **more,
    }
    return render(request, "publishing/write.html", context, status=400 if form.errors else 200)


def _act(
    request: HttpRequest, post: Post, language: str, form: PostForm, head: Saved | None
) -> HttpResponse:
    before = head.content if head else Content()
    today, words, facts = timezone.now().date(), form.words(), form.facts(before.facts)
    if "show" in request.POST:
        content = replace(before, facts=facts, words={**before.words, language: words})
        more = {
            "is_new": head is None,
            "shown": desk.shown(post, content, today, only=language),
            "checked": True,
            "flagged": desk.flagged(post.petition, words, language),
        }
        return _show_desk(request, post, language, form, **more)
    written = posts.write(
        user=signed_in(request),
        petition=post.petition,
        post_id=post.id,
        kind=Kind(post.kind),
        writing=Writing(form.cleaned_data["base"], language, facts, words),
        today=today,
    )
    if written.conflict:
        return _conflict(request, written, language, form)
    messages.success(request, _("Saved. Readers see nothing of it until it is published."))
    say_unseen(request, {name: form.data.get(name, "") for name in form.spoken})
    return redirect("workspace-news-post", post.petition.id, written.post.id)


def _conflict(
    request: HttpRequest, written: posts.Written, language: str, form: PostForm
) -> HttpResponse:
    """What was typed stays on the page, above what somebody else saved meanwhile; saving again takes its place."""
    post, today = written.post, timezone.now().date()
    newest = posts.head(post)
    theirs = desk.shown(post, newest.content, today, only=language) if newest else []
    typed = request.POST.copy()
    typed["base"] = str(written.version)
    form.data = typed
    return _show_desk(request, post, language, form, theirs=theirs)


@require_safe
def post(request: HttpRequest, petition_id: UUID, post_id: UUID) -> HttpResponse:
    """A post as its readers will see it, in all its languages, with its versions."""
    found = post_for(signed_in(request), petition_id, post_id)
    saved, today = posts.versions(found), timezone.now().date()
    content = saved[0].content
    context = {
        **_around(request, found.petition),
        "post": found,
        "heading": HEADINGS[found.kind],
        "head": saved[0],
        "versions": saved,
        "title": desk.title(found, content),
        "shown": desk.shown(found, content, today),
        "happened": content.facts.day,
        "languages": [
            (each, bool(content.says(each.code))) for each in desk.languages(found.petition)
        ],
        "flagged": desk.all_flagged(found.petition, content),
        "missing": [MISSING[each] for each in posts.missing(found, content, today)],
        "approving": desk.approving(found, saved[0], signed_in(request)),
    }
    return render(request, "publishing/news_post.html", context)


@require_POST
def publish(request: HttpRequest, petition_id: UUID, post_id: UUID) -> HttpResponse:
    """An organizer makes the version that the page showed public."""
    found = post_for(signed_in(request), petition_id, post_id, PUBLISHERS)
    number = request.POST.get("version", "")
    step = posts.publish(
        post=found,
        number=typed_number(number),
        by=signed_in(request),
        today=timezone.now().date(),
    )
    if step is Step.PUBLIC:
        messages.success(request, _("Published. Everybody can read it within a second or two."))
        return redirect("workspace-news", petition_id)
    if step is Step.WAITING:
        messages.success(
            request, _("You have approved of it. Readers see it once another organizer has, too.")
        )
    else:
        messages.warning(
            request, _("Somebody has saved another version since. Read it, then decide.")
        )
    return redirect("workspace-news-post", petition_id, post_id)


@require_POST
def discard(request: HttpRequest, petition_id: UUID, post_id: UUID) -> HttpResponse:
    """Throws away what is not public yet."""
    found = post_for(signed_in(request), petition_id, post_id)
    gone = posts.discard(post=found)
    messages.success(request, _("It is thrown away. What is public stays as it is."))
    if gone:
        return redirect("workspace-news", petition_id)
    return redirect("workspace-news-post", petition_id, post_id)
