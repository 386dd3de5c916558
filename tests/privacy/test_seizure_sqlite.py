"""The server is seized after four batches, SQLite and all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.stack import run_stack
from tests.privacy.seizure import linking, sqlite_files
from tests.privacy.seizure.verdicts import Seized, Verdicts
from tests.privacy.story import Size, Telling, Watcher

LEFT, SINCE = "log after the last batch", "pages since"
# A draft written together fills some hundred pages of the log; a look for a batch, one or two.
_WRITTEN_LAST = 100


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seized]:
    """A thousand workers later. The attacker has copied the log all along, as replication tools do."""
    folder = tmp_path_factory.mktemp("seized")
    site, dumps = folder / "site", folder / "dumps"
    dumps.mkdir()
    with run_stack("seized", site) as stack:
        theft = sqlite_files.steal(site / "roundrobin.sqlite3")
        watcher = Watcher(
            theft.archive.read,
            theft.after_batch,
            lambda: theft.since_last_batch() > _WRITTEN_LAST,
        )
        story = Telling(stack, Size(), watcher).tell()
        evidence = sqlite_files.collect(theft, site / "keys")
        (dumps / LEFT).write_bytes(theft.log_left)
        theft.write_archive(dumps / "all of the log")
        (dumps / SINCE).write_text(str(theft.since_last_batch()))
        yield Seized("SQLite", story, evidence, site, [site, dumps])


class TestSqlite(Verdicts):
    """All verdicts on SQLite."""

    def test_the_log_that_is_searched_holds_the_draft_that_was_written_last(
        self, seized: Seized
    ) -> None:
        pages = int((seized.folders[-1] / SINCE).read_text())
        assert pages > _WRITTEN_LAST

    def test_no_waiting_row_is_left_in_a_free_page(self, seized: Seized) -> None:
        places = _places(seized)
        data = (seized.site / "roundrobin.sqlite3").read_bytes()
        assert any(place in seized.evidence.first_seen for place in places)
        assert [place for place in places if place in data] == []

    def test_no_waiting_row_is_left_in_the_log_after_a_batch(self, seized: Seized) -> None:
        # Not always empty: beat may have written the next time to look since.
        left = (seized.folders[-1] / LEFT).read_bytes()
        assert [place for place in _places(seized) if place in left] == []
        assert len(left) < 100_000


def _places(seized: Seized) -> list[bytes]:
    """Where a fifth of the workers' records once waited."""
    return [
        linking.locator(key, row.nullifier)
        for key in seized.story.kept_epoch_keys.values()
        for row in seized.evidence.counted[:200]
    ]
