"""Markdown that people wrote, as HTML that is safe to show (CommonMark, then an allow-list)."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "h3", "h4", "a", "hr", "br", "code"}
_SHIFT = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def _parser() -> MarkdownIt:
    # Raw HTML is shown as text, and an image would load from elsewhere.
    return MarkdownIt("commonmark", {"html": False}).disable("image")


def render_markdown(text: str) -> SafeString:
    """HTML with headings from h3 downwards, links without referrer, and nothing that loads or runs."""
    html = _parser().render(text)
    for source, target in _SHIFT.items():
        html = html.replace(f"<{source}>", f"<{target}>").replace(f"</{source}>", f"</{target}>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308  # cleaned by nh3 just above
