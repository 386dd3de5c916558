"""Writing a petition's text, and seeing it as signers will."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from organizing.accounts.views import signed_in
from organizing.campaigns import access, selectors
from organizing.campaigns.context import around_petition
from organizing.campaigns.selectors import Draft
from organizing.errors import NotFound
from organizing.petitions import presenting
from organizing.petitions.access import petition_for
from organizing.petitions.languages import known_language
from organizing.petitions.models import Petition, State
from organizing.petitions.services import TextContent


@require_safe
def text(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """Leads to the writer's page; an approved text is only shown."""
    petition = petition_for(signed_in(request), petition_id, access.WRITERS)
    _draft(petition, language)
    page = "drafting-write" if petition.state == State.DRAFT else "workspace-preview"
    return redirect(page, petition.id, language)


@require_safe
def preview(request: HttpRequest, petition_id: UUID, language: str) -> HttpResponse:
    """The saved text, by the templates that show it to signers."""
    user = signed_in(request)
    petition = petition_for(user, petition_id, access.ANY_ROLE)
    draft = _draft(petition, language)
    if not draft.version:
        raise NotFound
    content = TextContent(**{key: draft.content[key] for key in TextContent.__dataclass_fields__})
    shown = presenting.present_text(content, language, demo=petition.demo)
    context = {**around_petition(user, petition), "draft": draft, "shown": shown}
    return render(request, "campaigns/preview.html", context)


def _draft(petition: Petition, language: str) -> Draft:
    known_language(petition, language)
    return selectors.draft(petition, language)
