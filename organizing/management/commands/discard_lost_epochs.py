"""After a backup was restored: what waited under keys that are gone can never be opened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organizing.signing import restoring


class Command(BaseCommand):
    """Says what is lost; with --yes, discards it, so that signing and batches go on."""

    help = "Discard waiting records whose epoch key no longer exists (after restoring a backup)."

    def add_arguments(self, parser: CommandParser) -> None:
        """--yes does it; without, it only counts."""
        parser.add_argument("--yes", action="store_true", help="discard, instead of counting")

    def handle(self, *_args: Any, yes: bool, **_options: Any) -> None:
        """Counts or discards."""
        lost = restoring.lost_epochs()
        records = sum(epoch.records for epoch in lost)
        self.stdout.write(f"{len(lost)} epochs without a key, {records} records in them.")
        if yes:
            restoring.discard(lost)
            self.stdout.write(
                "Discarded. Those who signed in them can sign again with their words."
            )
