"""Whoever is shown a figure stands in the log: every page and every answer that has one."""

from __future__ import annotations

import html
import re

import pytest

from organizing.accounts.models import Role
from organizing.oversight.models import ReadLog
from tests.access.cast import Scene, set_scene
from tests.access.table import TABLE
from tests.access.test_every_address import address
from tests.accounts.people import enter, member
from tests.api.cast import get, token_of

pytestmark = pytest.mark.django_db
REPORTS = [name for name in TABLE if name.startswith("support")] + ["workspace-counts"]
ANSWERS = ["api-total", "api-units"]


@pytest.fixture
def scene() -> Scene:
    return set_scene()


def reads() -> int:
    return sum(row.reads for row in ReadLog.objects.all())


def test_each_report_is_noted_as_a_page_and_as_a_file(scene: Scene) -> None:
    client = enter(member(scene.campaign, "Lapwing", Role.LEAD))
    asked = 0
    for name in REPORTS:
        url = address(scene, name)
        page = client.get(url)
        files = re.findall(r'href="(\?[^"]*\bas=[^"]*)"', page.content.decode())
        for found in (page, *(client.get(url + html.unescape(file)) for file in files)):
            assert found.status_code == 200
            asked += 1
        assert reads() == asked, name
    assert asked > 2 * len(REPORTS)


@pytest.mark.parametrize("name", ANSWERS)
def test_each_answer_to_a_token_is_noted(scene: Scene, name: str) -> None:
    token = token_of(member(scene.campaign, "Lapwing", Role.LEAD).user, scene.campaign)
    assert get(address(scene, name), token).status_code == 200
    assert [row.report for row in ReadLog.objects.all()] == [name]
