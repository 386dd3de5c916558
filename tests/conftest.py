"""Fixtures for every test: services that are really there, a real browser, and loudness where one is missing."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from django.apps import apps
from django.core.management.color import Style
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, Error, sync_playwright
from pytest_django import DjangoDbBlocker

from tests import services

if TYPE_CHECKING:
    from tests.journeys.stacks import Stacks

MISSING = "NOT RUN for want of "
QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Chromium obeys the last list of these alone: what Playwright turns off, then the pages behind an address bar
    # that nobody sees. Those took half the processor time of each new context.
    "--disable-features="
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,TcpPortRandomizationWin,"
    "ThirdPartyStoragePartitioning,WebUIOmniboxAimPopup,WebUIOmniboxPopup",
)
# The shell is the same engine without the windows that nobody sees: half the work around each page.
CHROMIUM = (
    os.environ.get("TEST_CHROMIUM", "chromium-headless-shell"),
    *("chromium", "chromium-browser", "google-chrome"),
)
# Files that take longest, begun first, so that no process has one of them left when the other is done.
LONGEST = (
    "tests/load/",
    "tests/journeys/test_tracking.py",
    "tests/journeys/test_drafting_to_close.py",
    "tests/privacy/test_oracles.py",
    "tests/drafting/test_journey.py",
    "tests/journeys/test_organizer.py",
    "tests/journeys/test_interruptions.py",
    "tests/privacy/test_seizure_sqlite.py",
    "tests/privacy/test_seizure_postgres.py",
    "tests/privacy/test_throttles_for_many.py",
    "tests/tools/test_run.py",
    "tests/journeys/test_workspace_accessibility.py",
    "tests/journeys/test_what_is_told.py",
    "tests/privacy/test_planted_signers.py",
    "tests/browser/",
    "tests/access/",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database-only` is the second half of `make test`: the same suite on other backends."""
    parser.addoption(
        "--database-only", action="store_true", help="only tests that touch the database"
    )


def pytest_configure() -> None:
    """SIGTERM ends a run as Ctrl-C does: what fixtures started is stopped, what they made is removed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Collecting makes a million objects that stay; looking through them again and again took a fifth of its time.
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end: Python need not look through it for garbage in every test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what touches the database, when only that is wanted; the longest files first."""
    items.sort(key=lambda item: rank(item.nodeid))
    if config.getoption("--database-only"):
        kept = [item for item in items if touches_database(item)]
        others = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = kept


def rank(name: str) -> int:
    """Where a test's file stands in the order of LONGEST; all others come after those."""
    places = (place for place, start in enumerate(LONGEST) if name.startswith(start))
    return next(places, len(LONGEST))


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asked for a database by mark or by fixture.

    What a browser shows is the same from any: those that depend on it are the journeys, which run at a site on each.
    """
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("browser") is not None or "browser" in fixtures:
        return False
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or bool(fixtures & wanted)


def missing(what: str) -> NoReturn:
    """Say that a test cannot run here; in CI that is a failure, elsewhere one loud line at the end."""
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING + what, pytrace=False)
    pytest.skip(MISSING + what)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each missing thing once, and leave the list for tools/test.py."""
    reports = terminalreporter.stats.get("skipped", []) + terminalreporter.stats.get("failed", [])
    lines = sorted({line for report in reports if (line := loud_line(str(report.longrepr)))})
    for line in lines:
        terminalreporter.write_line(line, red=True, bold=True)
    if lines and (target := os.environ.get("TEST_MISSING_FILE")):
        with Path(target).open("a") as file:
            file.write("".join(f"{line}\n" for line in lines))


def loud_line(reason: str) -> str:
    """The part of a report that names what was missing, or nothing."""
    start = reason.find(MISSING)
    return "" if start < 0 else reason[start:].strip("'\"() \n")


@pytest.fixture(autouse=True)
def spoken() -> None:
    """A request leaves its language to whatever runs next in the same thread: each test begins in English."""
    # A run that a test starts may have no site at all.
    if apps.ready:
        translation.activate("en")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Rows that a test committed are deleted: PostgreSQL takes a third of a second to truncate eighty tables."""
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            connection.ops.sql_flush = delete_rows  # type: ignore[method-assign]  # of this connection alone


def delete_rows(style: Style, tables: Sequence[str], **_options: bool) -> list[str]:
    """What empties these tables, whichever refers to which."""
    names = (connection.ops.quote_name(table) for table in tables)
    return [
        "SET LOCAL session_replication_role = replica",
        *(f"DELETE FROM {name}" for name in names),
    ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless. Each test opens a context of its own: `browser.new_context()`."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        missing("Chromium (package chromium)")
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET_CHROMIUM])
        except Error as error:
            missing(f"a Chromium that starts ({error.message.splitlines()[0]})")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stacks]:
    """Running sites, for as long as this process runs.

    Here, at the root: a fixture that two folders import from one another is made once for each of them.
    """
    # Only for whoever asks: it brings the whole app along.
    from tests.journeys.stacks import Stacks

    with contextlib.ExitStack() as ends:
        yield Stacks(ends, tmp_path_factory)


@pytest.fixture(scope="session")
def durable_redis() -> Iterator[services.Service]:
    """A Redis set up as epoch keys need it, for this session alone."""
    with services.start_redis(durable=True) as service:
        if service is None:
            missing("Redis (package redis-server)")
        yield service


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[services.Service]:
    """A PostgreSQL of this session's own, whose data folder can be read."""
    with services.start_postgres() as service:
        if service is None:
            missing("PostgreSQL (package postgresql)")
        yield service
