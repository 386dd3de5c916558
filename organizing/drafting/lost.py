"""What somebody typed and that cannot be saved any more, shown once more: it is theirs, and may be nowhere else."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizing.drafting.presenting import FIELD_NAMES

LABELS: dict[str, Promise] = {
    **FIELD_NAMES,
    "post": _("The post"),
    "text": _("What you typed"),
    "reason": _("Reason"),
    "note": _("With a suggestion: why (optional)"),
}


def typed_in(sent: QueryDict) -> list[tuple[Promise, str]]:
    """The fields in which somebody wrote something, with their names."""
    found = ((label, str(sent.get(name, ""))) for name, label in LABELS.items())
    return [(label, text) for label, text in found if text.strip()]


def show_lost(
    request: HttpRequest, why: Promise, onward: str, onward_name: Promise, status: int
) -> HttpResponse:
    """The page that says so. Nothing of it is kept."""
    context = {
        "why": why,
        "typed": typed_in(request.POST),
        "onward": onward,
        "onward_name": onward_name,
    }
    return render(request, "drafting/not_saved.html", context, status=status)
