"""The export of a petition, for its organizers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from organizing.accounts.access import Role, User
from organizing.disclosure import selectors, services
from organizing.errors import NotFound, WrongState
from organizing.petitions import selectors as petitions
from organizing.petitions.access import petition_for
from organizing.petitions.models import Petition

# Says nothing about what is in it, to whoever sees the name in a folder.
FILE_NAME = "export.bin"


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, petition_id: UUID) -> HttpResponseBase:
    """GET explains and shows the log; POST sends the file."""
    if not isinstance(request.user, User):
        raise NotFound
    petition = petition_for(request.user, petition_id, (Role.ORGANIZER,))
    if not petition.manifest:
        raise WrongState
    if request.method == "POST":
        return _download(petition, request.user)
    return _explain(request, petition)


def _download(petition: Petition, user: User) -> StreamingHttpResponse:
    pieces = services.start_export(petition=petition, user=user, today=timezone.now().date())
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response["Cache-Control"] = "no-store"
    return response


def _explain(request: HttpRequest, petition: Petition) -> HttpResponse:
    texts = petitions.publish(petition, petition.public_id).texts
    language = translation.get_language()
    shown = texts.get(language) or next(iter(texts.values()))
    context = {
        "petition": petition,
        "campaign": petition.campaign,
        "petition_title": shown.content["title"],
        "log": selectors.export_log(petition.id),
        "file_name": FILE_NAME,
        "opener_language": language,
    }
    return render(request, "disclosure/export.html", context)
