"""Runs things at the same moment, each on a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(
    jobs: Sequence[Callable[[], T]], expected: type[Exception] | None = None
) -> list[T | Exception]:
    """Results in order; an exception of the expected type stands in the place of its result."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T | Exception:
        start.wait(timeout=30)
        try:
            return job()
        except Exception as error:
            if expected is None or not isinstance(error, expected):
                raise
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
