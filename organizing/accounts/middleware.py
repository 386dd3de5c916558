"""The workspace's door: a second factor, set up and used in this session, for every page behind it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from organizing import errors
from organizing.accounts import second_factor
from organizing.accounts.models import User

WORKSPACE = "workspace/"
GO_ON = "after_protect"
_PAGES: dict[type[Exception], tuple[HTTPStatus, str]] = {
    errors.NotFound: (HTTPStatus.NOT_FOUND, "404.html"),
    errors.Forbidden: (HTTPStatus.FORBIDDEN, "403.html"),
    errors.WrongState: (HTTPStatus.CONFLICT, "campaigns/wrong_state.html"),
    errors.Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "503.html"),
    # allauth counts attempts in it by itself.
    RedisError: (HTTPStatus.SERVICE_UNAVAILABLE, "503.html"),
    errors.Throttled: (HTTPStatus.TOO_MANY_REQUESTS, "oversight/throttled.html"),
}


_View = TypeVar("_View", bound=Callable[..., Any])
_OWN_DOOR: set[Callable[..., Any]] = set()


def own_door(view: _View) -> _View:
    """Marks a view that answers something before anybody signs in, and then stops at the door by itself."""
    _OWN_DOOR.add(view)
    return view


class WorkspaceDoor:
    """Lets nobody into the workspace without a second factor, and keeps its pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_workspace(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Sends away whoever may not come in yet."""
        is_behind = is_workspace(request) and view not in _OWN_DOOR
        return stop_at_the_door(request) if is_behind else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Errors of the domain as pages."""
        for kind, (status, template) in _PAGES.items():
            if isinstance(error, kind):
                return _page(request, error, template, status)
        return None


def _page(
    request: HttpRequest, error: Exception, template: str, status: HTTPStatus
) -> HttpResponse:
    response = render(request, template, status=status)
    if isinstance(error, errors.Busy):
        response["Retry-After"] = str(error.retry_after)
    return response


def is_workspace(request: HttpRequest) -> bool:
    """Whether an address lies behind the door."""
    match = request.resolver_match
    return match is not None and (match.route or "").startswith(WORKSPACE)


def stop_at_the_door(request: HttpRequest) -> HttpResponse | None:
    """A redirect for whoever lacks something, or None."""
    user = request.user
    if not isinstance(user, User):
        return _redirect(reverse("account_login"), request)
    if not second_factor.is_set_up(user):
        if request.method == "GET":
            request.session[GO_ON] = request.get_full_path()
        return HttpResponseRedirect(reverse("account_protect"))
    if not second_factor.was_used(request, user):
        messages.info(request, _("Use your second factor once in this session to go on."))
        return _redirect(second_factor.where_to_use(user), request)
    return None


def _redirect(to: str, request: HttpRequest) -> HttpResponseRedirect:
    back = request.get_full_path() if request.method == "GET" else reverse("workspace")
    return HttpResponseRedirect(f"{to}?{urlencode({'next': back})}")
