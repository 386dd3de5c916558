"""Names inside sentences: a name in other letters must not pull the words beside it to its own side."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bdi(name: str) -> SafeString:
    """The name in an element of its own direction, for `{% blocktranslate with name=…|bdi %}`."""
    return format_html("<bdi>{}</bdi>", name)
