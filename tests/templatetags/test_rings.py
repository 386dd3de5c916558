"""The pictures that the server draws."""

import re
from xml.etree import ElementTree as ET

from organizing.templatetags import rings

OPEN = " ring__stroke--open"


def texts(svg: str) -> list[str]:
    return [part.text or "" for part in ET.fromstring(svg).iter("text")]


def test_every_picture_is_well_formed_and_carries_no_style() -> None:
    points = [("1 Nov", 0, None), ("2 Nov", 30, None)]
    for svg in (
        rings.ring_mark(),
        rings.ring_cover(),
        rings.ring_progress(100, 30, 5, "35", "35 of 100"),
        rings.sparkline([0, 3, 9], "rising"),
        rings.history_chart(points, "history"),
        rings.history_chart([], "nothing yet"),
        rings.sparkline([], "nothing yet"),
    ):
        root = ET.fromstring(svg)
        assert not any("style" in element.attrib for element in root.iter())


def test_the_same_mark_is_drawn_for_everyone() -> None:
    assert rings.ring_mark() == rings.ring_mark()


def test_the_ring_shows_the_share_that_signed() -> None:
    classes = rings.slot_classes(200, 60, 40)
    signed = [look for look in classes if look != OPEN]
    assert len(signed) == rings.SLOTS // 2
    assert signed.count(" ring__stroke--b") == rings.SLOTS // 2 - rings.SLOTS * 60 // 200


def test_the_ring_fills_all_round_so_that_no_stroke_is_the_first() -> None:
    classes = rings.slot_classes(rings.SLOTS, 13, 0)
    signed = [slot for slot, look in enumerate(classes) if look != OPEN]
    gaps = [(b - a) % rings.SLOTS for a, b in zip(signed, signed[1:] + signed[:1], strict=True)]
    assert max(gaps) <= 2 * min(gaps)


def test_the_ring_stays_whole_when_more_sign_than_were_counted_on() -> None:
    assert OPEN not in rings.slot_classes(10, 40, 40)
    assert set(rings.slot_classes(0, 0, 0)) == {OPEN}


def test_what_is_read_out_is_escaped() -> None:
    svg = rings.ring_progress(10, 1, 0, "<b>", '"><script>')
    assert "<script>" not in svg
    assert texts(svg) == ["<b>"]


def test_a_chart_changes_only_in_steps() -> None:
    svg = rings.history_chart([("1", 0, 0), ("2", 10, 2), ("3", 10, 5)], "history")
    (line,) = re.findall(r'chart__line--a" stroke-width="3" d="([^"]+)"', svg)
    assert set(re.findall("[A-Za-z]", line)) == {"M", "H", "V"}
    assert texts(svg) == ["10", "1", "3"]


def test_a_chart_without_mailbox_proofs_has_one_line() -> None:
    svg = rings.history_chart([("1", 5, None)], "history")
    assert "chart__line--b" not in svg
