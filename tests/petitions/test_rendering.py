"""What people wrote is shown safely."""

import pytest

from organizing.petitions.rendering import render_markdown


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "![x](https://evil.test/pixel.png)",
        "[x](javascript:alert(1))",
        '<a href="https://evil.test" onclick="x()">y</a>',
        "<style>*{display:none}</style>",
        '<img src="https://evil.test/x">',
        "[x](data:text/html,hello)",
    ],
)
def test_nothing_that_runs_or_loads_survives(written: str) -> None:
    html = render_markdown(written)
    for forbidden in (
        "<script",
        "<img",
        "<style",
        'href="javascript',
        'href="data',
        '<a href="https://evil.test" on',
    ):
        assert forbidden not in html


def test_headings_fit_under_the_page_title() -> None:
    html = render_markdown("# One\n\n## Two\n\n##### Five")
    assert html.count("<h3>") == 2
    assert html.count("<h4>") == 1


def test_links_carry_no_referrer() -> None:
    assert 'rel="noopener noreferrer nofollow"' in render_markdown("[law](https://example.org)")


def test_lists_emphasis_and_quotes_stay() -> None:
    html = render_markdown("> quoted\n\n- *one*\n- **two**\n\n1. first")
    for tag in ("<blockquote>", "<ul>", "<em>", "<strong>", "<ol>"):
        assert tag in html
