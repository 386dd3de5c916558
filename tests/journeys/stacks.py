"""The running sites of one test process: each kind is started once, whichever folder's test asks first."""

from __future__ import annotations

import contextlib

import pytest

from tests import services
from tests.conftest import missing
from tests.journeys.stack import Stack, database_of_our_own, run_stack


class Stacks:
    """Each kind of site is started once, when first asked for; all end together."""

    def __init__(self, ends: contextlib.ExitStack, folders: pytest.TempPathFactory) -> None:
        self.ends, self.folders = ends, folders
        self.running: dict[str, Stack] = {}

    def get(self, name: str) -> Stack:
        """The site of this kind."""
        if name not in self.running:
            own = self._real() if name == "real" else {}
            folder = self.folders.mktemp(name)
            self.running[name] = self.ends.enter_context(run_stack(name, folder, **own))
        return self.running[name]

    def _real(self) -> dict[str, str]:
        database = self.ends.enter_context(services.find_postgres())
        cache = self.ends.enter_context(services.find_redis())
        if database is None:
            missing("PostgreSQL (package postgresql)")
        if cache is None:
            missing("Redis (package redis-server)")
        url = self.ends.enter_context(database_of_our_own(database.url))
        claimed = services.claim_database(cache.url)
        return {"DATABASE_URL": url, "REDIS_URL": claimed, "WEB_PROCESSES": "2"}
