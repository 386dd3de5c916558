"""The door to a draft: signed in is enough for a drafter; whoever sees counts or names elsewhere comes by the
workspace's door, with a second factor.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from organizing.accounts.access import User
from organizing.accounts.middleware import stop_at_the_door
from organizing.drafting import lost
from organizing.drafting.access import needs_second_factor

SIGNED_OUT = gettext_lazy("You are not signed in any more, so the site does not know who sent it.")

View = Callable[..., HttpResponseBase]


def drafting_page(view: View) -> View:
    """Lets in who is signed in, with a second factor where their role asks for one; out of all caches."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = stop(request, kwargs.get("petition_id")) or view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return wrapped


def stop(request: HttpRequest, petition_id: UUID | None = None) -> HttpResponse | None:
    """A redirect, or what was typed, for whoever lacks something; None for who may go on."""
    if not isinstance(request.user, User):
        back = request.get_full_path() if request.method == "GET" else reverse("drafting")
        login = f"{reverse('account_login')}?{urlencode({'next': back})}"
        if lost.typed_in(request.POST):
            return lost.show_lost(request, SIGNED_OUT, login, gettext_lazy("Sign in"), 403)
        return HttpResponseRedirect(login)
    if petition_id is not None and needs_second_factor(request.user, petition_id):
        return stop_at_the_door(request)
    return None
