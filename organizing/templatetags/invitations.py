"""What an invitation leads to, for the pages of signing in and signing up that stand before it."""

from typing import Any

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import Resolver404, resolve

register = template.Library()

_GOALS = {"workspace-join": "campaign", "drafting-join": "draft"}


@register.simple_tag(takes_context=True)
def invited_to(context: dict[str, Any]) -> str:
    """“campaign” or “draft” where somebody came by an invitation; empty otherwise. Its page looked first."""
    request = context["request"]
    goes_on = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    try:
        return _GOALS.get(str(resolve(goes_on).url_name), "")
    except Resolver404:
        return ""
