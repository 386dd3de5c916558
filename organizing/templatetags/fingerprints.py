"""Fingerprints in groups of four, as people compare them. The gaps are style: what is copied has none."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

GROUP = 4


@register.filter
def in_groups(text: str) -> SafeString:
    """A fingerprint or hash of any length as <code>, to be selected whole by one tap."""
    groups = [(text[at : at + GROUP],) for at in range(0, len(text), GROUP)]
    # The <wbr> lets a line end between two groups, and never inside one.
    return format_html(
        '<code class="groups" dir="ltr">{}</code>',
        format_html_join("", "<span>{}</span><wbr>", groups),
    )
