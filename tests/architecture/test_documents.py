"""The pages say what the code does: commands, settings of servers, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from organizing.safety import server_checks
from tests.architecture import source

PAGES = [
    *sorted(source.ROOT.glob("*.md")),
    *sorted((source.ROOT / "docs").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def text(name: str) -> str:
    return (source.ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(source.ROOT)))
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_command_of_the_makefile_is_explained() -> None:
    public = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert public
    explained = text("CONTRIBUTING.md") + text("docs/operating.md")
    unexplained = {name for name in public[1].split() if f"make {name}" not in explained}
    assert unexplained <= {"setup-dev", "clean"}


def test_the_operating_page_names_every_setting_that_the_start_demands() -> None:
    page = text("docs/operating.md")
    for name, value in server_checks.MUST_BE.items():
        assert re.search(rf"\b{name} = {re.escape(value)}(\s|$)", page), name


def test_every_command_of_the_site_is_in_a_page() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES) + text("Makefile")
    commands = (source.APP / "management" / "commands").glob("[a-z]*.py")
    assert [c.stem for c in commands if c.stem not in pages] == []
