"""Pictures drawn by the server: the ring of signature strokes, sparklines and history charts.

Colours come from css/data.css by class, since the Content-Security-Policy allows no inline style.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

SLOTS = 89
# Neighbouring Fibonacci numbers: the ring fills evenly all round, so that no stroke is the first or the last.
STRIDE = 55
CHART_WIDTH, CHART_HEIGHT, CHART_EDGE = 440, 230, 36


class Point(NamedTuple):
    """One batch in a history: what it is called, and the totals of both classes after it."""

    label: str
    independent: int
    mailbox: int | None


def wobble(seed: int) -> Iterator[float]:
    """Endless numbers from 0 to 1 that are the same for the same seed: a drawing, not a secret."""
    state = seed * 2654435761 % 2**32
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def signature_path(seed: int, start: float, length: float, height: float) -> str:
    """A scribble along the x axis, like a name written quickly: path data for SVG."""
    numbers = wobble(seed + 7)
    steps = 4 + int(next(numbers) * 4)
    reach = length * (0.62 + 0.38 * next(numbers))
    parts = [f"M{start:.1f} 0"]
    for step in range(1, steps + 1):
        side = height if step % 2 else -height
        back = reach / steps * (0.1 + 1.3 * next(numbers))
        x = start + reach * step / steps
        y = side * (next(numbers) - 0.45) * 0.5
        rise = side * (0.35 + 1.25 * next(numbers))
        parts.append(
            f"C{x - back:.1f} {rise:.1f} {x + back * 0.35:.1f} {rise * 0.8:.1f} {x:.1f} {y:.1f}"
        )
    return "".join(parts)


def ring_strokes(
    slots: int, classes: Sequence[str], radius: float, length: float, width: float
) -> SafeString:
    """The strokes of a ring, written like spokes; `classes[i]` says how slot i looks."""
    height = math.pi * radius / slots * 0.85
    return format_html_join(
        "",
        '<path class="ring__stroke{}" stroke-width="{}" transform="rotate({})" d="{}"/>',
        (
            (
                classes[slot],
                width,
                f"{slot * 360 / slots:.2f}",
                signature_path(slot, radius, length, height),
            )
            for slot in range(slots)
        ),
    )


@register.simple_tag
def ring_mark() -> SafeString:
    """The mark: a ring of strokes with no first and no last. Decoration, so hidden from screen readers."""
    strokes = ring_strokes(16, [""] * 16, 24, 24, 2.6)
    return format_html(
        '<svg class="ring" viewBox="-50 -50 100 100" aria-hidden="true" focusable="false">{}</svg>',
        strokes,
    )


@register.simple_tag
def ring_cover(slots: int = SLOTS) -> SafeString:
    """The whole ring, every place signed, for where there is room for it. Decoration, like the mark."""
    strokes = ring_strokes(slots, [""] * slots, 92, 50, round(150 / slots, 1))
    return format_html(
        '<svg class="ring" viewBox="-150 -150 300 300" aria-hidden="true" focusable="false">{}</svg>',
        strokes,
    )


def slot_classes(total: int, independent: int, mailbox: int) -> list[str]:
    """How each slot of the progress ring looks: signed by either class of proof, or open."""
    share_both = min(SLOTS, math.floor(SLOTS * (independent + mailbox) / total)) if total > 0 else 0
    share_first = min(share_both, math.floor(SLOTS * independent / total)) if total > 0 else 0
    classes = [" ring__stroke--open"] * SLOTS
    for place in range(share_both):
        classes[place * STRIDE % SLOTS] = "" if place < share_first else " ring__stroke--b"
    return classes


@register.simple_tag
def ring_progress(
    total: int, independent: int, mailbox: int = 0, number: str = "", label: str = ""
) -> SafeString:
    """Progress as a ring: `total` is the head-count or goal, `number` stands in the middle, `label` is read out."""
    strokes = ring_strokes(SLOTS, slot_classes(total, independent, mailbox), 92, 50, 1.6)
    return format_html(
        '<svg class="ring" viewBox="-150 -150 300 300" role="img" aria-label="{}">{}'
        '<text class="ring__number" direction="ltr" text-anchor="middle" y="14" font-size="40">{}</text></svg>',
        label or number,
        strokes,
        number,
    )


def line_points(
    values: Sequence[int], top: int, width: float, height: float, edge: float
) -> list[tuple[float, float]]:
    """Places of the values in a picture of this size, from left to right, zero at the bottom."""
    gap = (width - 2 * edge) / max(1, len(values) - 1)
    scale = (height - 2 * edge) / max(1, top)
    return [
        (round(edge + i * gap, 1), round(height - edge - value * scale, 1))
        for i, value in enumerate(values)
    ]


def step_path(places: Sequence[tuple[float, float]]) -> str:
    """A line in steps, since a count changes only with a batch."""
    if not places:
        return ""
    parts = [f"M{places[0][0]} {places[0][1]}"]
    parts += [f"H{x}V{y}" for x, y in places[1:]]
    return "".join(parts)


@register.simple_tag
def sparkline(values: Sequence[int], label: str = "") -> SafeString:
    """A line the size of a word. Put the figures beside it: the picture says only which way they go."""
    places = line_points(values, max(values, default=1), 128, 32, 4)
    return format_html(
        '<svg class="sparkline" viewBox="0 0 128 32" role="img" aria-label="{}">'
        '<path class="chart__line" stroke-width="2" d="{}"/>{}</svg>',
        label,
        step_path(places),
        format_html_join("", '<circle class="chart__dot" r="3" cx="{}" cy="{}"/>', places[-1:]),
    )


def chart_series(values: Sequence[int], top: int, suffix: str) -> SafeString:
    """One class of proof in a history chart: its steps, from zero, and a dot for each batch."""
    places = line_points([0, *values], top, CHART_WIDTH, CHART_HEIGHT, CHART_EDGE)
    return format_html(
        '<path class="chart__line chart__line{}" stroke-width="3" d="{}"/>{}',
        suffix,
        step_path(places),
        format_html_join(
            "",
            '<circle class="chart__dot chart__dot{}" r="4.5" cx="{}" cy="{}"/>',
            ((suffix, x, y) for x, y in places[1:]),
        ),
    )


@register.simple_tag
def chart_key(series: str) -> SafeString:
    """A piece of a class's line, for the words beside a chart: "a" by paper code, "b" by mailbox."""
    return format_html(
        '<svg class="chart__key" viewBox="0 0 44 16" aria-hidden="true" focusable="false">'
        '<path class="chart__line chart__line--{}" stroke-width="3" d="M2 8H42"/>'
        '<circle class="chart__dot chart__dot--{}" r="4.5" cx="22" cy="8"/></svg>',
        series,
        series,
    )


def chart_label(x: float, y: float, anchor: str, text: str) -> SafeString:
    """One text of a chart's axes."""
    return format_html(
        '<text class="chart__label" direction="ltr" font-size="16" x="{}" y="{}" text-anchor="{}">{}</text>',
        x,
        y,
        anchor,
        text,
    )


@register.simple_tag
def history_chart(points: Sequence[tuple[str, int, int | None]], label: str = "") -> SafeString:
    """Totals after each batch, both classes apart: rows of (label, independent, mailbox or None), oldest first."""
    rows = [Point(*point) for point in points]
    mailbox = [row.mailbox or 0 for row in rows]
    top = max([row.independent for row in rows] + mailbox + [1])
    right, base = CHART_WIDTH - CHART_EDGE, CHART_HEIGHT - CHART_EDGE
    first = CHART_EDGE + (right - CHART_EDGE) // max(1, len(rows))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="chart__axis" stroke-width="1.5" d="M{} {}H{}M{} {}H{}"/>{}{}{}{}{}</svg>',
        *(CHART_WIDTH, CHART_HEIGHT, label, CHART_EDGE, base, right, CHART_EDGE, CHART_EDGE, right),
        chart_label(CHART_EDGE, CHART_EDGE - 10, "start", f"{top:,}"),
        chart_label(first, base + 24, "middle", rows[0].label if len(rows) > 1 else ""),
        chart_label(right, base + 24, "end", rows[-1].label if rows else ""),
        chart_series([row.independent for row in rows], top, "--a"),
        chart_series(mailbox, top, "--b") if any(row.mailbox is not None for row in rows) else "",
    )
