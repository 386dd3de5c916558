"""A ring for each unit. The strokes are drawn once a page and used again by every ring: phones load little."""

import math
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organizing.reports import scales, wording
from organizing.templatetags.rings import signature_path
from organizing.tracking.figures import UnitFigure

SLOTS = 55
# The Fibonacci number before: the ring fills evenly all round.
_STRIDE = 34
SIGNED, PAPER, OPEN, HIDDEN = "signed", "paper", "open", "hidden"


def strokes() -> SafeString:
    """The strokes that `unit_ring` uses; once on a page, and not seen by itself."""
    height = math.pi * 92 / SLOTS * 0.85
    return format_html(
        '<svg class="visually-hidden" width="0" height="0" aria-hidden="true" focusable="false"><defs>{}</defs></svg>',
        format_html_join(
            "",
            '<path id="stroke-{}" class="ring__stroke" stroke-width="{}" transform="rotate({})" d="{}"/>',
            (
                (slot, 2.6, round(slot * 360 / SLOTS, 1), signature_path(slot, 92, 50, height))
                for slot in range(SLOTS)
            ),
        ),
    )


def looks(figure: UnitFigure) -> list[str]:
    """How each slot looks: signed, on paper, open; or all of them as not shown."""
    share = scales.base(figure)
    if share is None:
        return [HIDDEN] * SLOTS
    signed = min(SLOTS, SLOTS * share // 100)
    paper = min(SLOTS, int(SLOTS * (share + wording.paper_share(figure)) / 100))
    found = [OPEN] * SLOTS
    for place in range(paper):
        found[place * _STRIDE % SLOTS] = SIGNED if place < signed else PAPER
    return found


def unit_ring(figure: UnitFigure, k: int) -> SafeString:
    """Share of the head-count as a ring, with the number in the middle; dashed strokes are paper."""
    share = scales.base(figure)
    if share is not None and not figure.on_site:
        share = int(wording.paper_share(figure))
    lines = [wording.share(share)] if share is not None else wording.unshown(figure).split(" ", 1)
    return format_html(
        '<svg class="ring ring--unit" viewBox="-150 -150 300 300" role="img"><title>{}</title>{}{}</svg>',
        wording.told(figure, k),
        format_html_join(
            "",
            '<use href="#stroke-{}" class="ring__use--{}"/>',
            enumerate(looks(figure)),
        ),
        format_html_join("", "{}", ((part,) for part in _middle(lines, share is not None))),
    )


def desc() -> str:
    """How the rings are to be read."""
    return _(
        "A ring is full when everybody has signed. Plain strokes signed on the site, dashed ones on paper, pale ones "
        "are open. A ring of dots is not shown."
    )


def _middle(lines: list[str], is_number: bool) -> Iterator[SafeString]:
    size = 54 if is_number else 34
    for place, words in enumerate(lines):
        y = (place - (len(lines) - 1) / 2) * size + size * 0.34
        yield format_html(
            '<text class="ring__number" text-anchor="middle" y="{}" font-size="{}">{}</text>',
            *(round(y), size, words),
        )
