"""About the offline opener: the same bytes for everyone."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from organizing.disclosure import opener_files
from organizing.errors import NotFound


@require_safe
def opener(_request: HttpRequest, language: str) -> HttpResponse:
    """What the opener is, its fingerprint, and the file for saving."""
    names = [(code, str(name)) for code, name in settings.LANGUAGES]
    if language not in dict(names):
        raise Http404
    try:
        file = opener_files.opener_file(language)
    except NotFound:
        file = None
    context = {"file": file, "language": language, "languages": names}
    return HttpResponse(render_to_string("disclosure/opener.html", context))
