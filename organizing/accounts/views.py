"""Pages of accounts that allauth does not have."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from organizing.accounts import second_factor, services
from organizing.accounts.forms import EmailForm, RecoverForm
from organizing.accounts.middleware import GO_ON, own_door, stop_at_the_door
from organizing.accounts.models import User
from organizing.errors import EmployersAddress, NotFound


def signed_in(request: HttpRequest) -> User:
    """The user of a request behind a door. Raises PermissionDenied where there was no door."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def join_by(
    template: str,
    is_open: Callable[..., bool],
    accept: Callable[..., Any],
    goal: str,
    stop: Callable[[HttpRequest], HttpResponse | None] = stop_at_the_door,
) -> Callable[[HttpRequest, str], HttpResponse]:
    """The page where an invitation leads. Opening it changes nothing, since mail scanners open links.

    `is_open` takes token and today: nobody makes an account for a link that leads nowhere. `accept` takes user, token
    and today, raises NotFound or EmployersAddress, and returns what the page `goal` shows. `stop` is the door.
    """

    def gone(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"failed": True}, status=HTTPStatus.GONE)

    @own_door
    @cache_control(no_store=True)
    @require_http_methods(["GET", "HEAD", "POST"])
    def join(request: HttpRequest, token: str) -> HttpResponse:
        today = timezone.now().date()
        if not is_open(token=token, today=today):
            return gone(request)
        stopped = stop(request)
        return stopped or come_in(request, token, today)

    def come_in(request: HttpRequest, token: str, today: date) -> HttpResponse:
        if request.method != "POST":
            return render(request, template)
        try:
            found = accept(user=signed_in(request), token=token, today=today)
        except NotFound:
            return gone(request)
        except EmployersAddress:
            return render(request, template, {"employers": True}, status=HTTPStatus.CONFLICT)
        return redirect(goal, found.id)

    return join


@require_safe
@login_required
@never_cache
def protect(request: HttpRequest) -> HttpResponse:
    """Offers a passkey or an authenticator app; goes on to where somebody was heading once there is one."""
    user = signed_in(request)
    if second_factor.is_set_up(user):
        return redirect(request.session.pop(GO_ON, None) or "workspace")
    host = request.get_host().rpartition(":")[0] or request.get_host()
    # Passkeys belong to a name: browsers refuse them at a bare number.
    context = {"passkeys": not host.replace(".", "").isdigit() and not host.startswith("[")}
    return render(request, "account/protect.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def email(request: HttpRequest) -> HttpResponse:
    """The one e-mail address of an account, or none."""
    user = signed_in(request)
    second_factor.require_recent_proof(request)
    form = EmailForm(request.POST or None, user=user, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        services.set_email(user=user, email=form.cleaned_data["email"])
        messages.success(request, _("Your e-mail address has been changed."))
        return redirect("account_email")
    return render(request, "account/email.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def recover(request: HttpRequest, token: str) -> HttpResponseBase:
    """Where a voucher's link leads. Opening it changes nothing; the password is asked for."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _recover(request, form, token)
        if answer is not None:
            return answer
    return render(request, "account/recover.html", {"form": form})


def _recover(request: HttpRequest, form: RecoverForm, token: str) -> HttpResponseBase | None:
    credentials = form.cleaned_data
    try:
        user = get_adapter().authenticate(request, **credentials)
        if user is None:
            raise NotFound
        services.use_vouch(user=user, token=token, today=timezone.now().date())
    except ValidationError as error:
        form.add_error(None, error)
        return None
    except NotFound:
        # One sentence for every reason: another would tell who has an account here.
        form.add_error(
            None,
            _(
                "This did not work. Check the pseudonym and the password. The link is good once, "
                "for two days, and only for the person it was made for. If you are in several "
                "campaigns, an organizer of each has to vouch for you first."
            ),
        )
        return None
    second_factor.remember_password(request, user)
    login = Login(user=user, redirect_url=reverse("account_protect"))
    response: HttpResponseBase = perform_password_login(request, credentials, login)
    return response
