"""Replaces the application's key, and seals with the new one everything that the old one sealed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organizing import resealing
from organizing.keyring import application
from organizing.management.progress import Bar


class Command(BaseCommand):
    """Can be stopped anywhere and run again: it goes on from where it was."""

    help = "Replace the application's key and seal drafts, conversations and second factors anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """--prepare makes the next key alone, to be copied to other hosts first."""
        parser.add_argument(
            "--prepare", action="store_true", help="make application-next.key, and stop"
        )

    def handle(self, *_args: Any, prepare: bool, **_options: Any) -> None:
        """The next key; everything sealed with it; the change of keys; once more what was late."""
        made = application.begin_rotation()
        self.stdout.write("The next key is made." if made else "Going on with a rotation.")
        if prepare:
            return
        sealed = self._seal()
        application.promote_next()
        # Until then a process may have sealed with the key that it had read a moment before.
        while late := self._seal():
            sealed += late
        application.destroy_old()
        self.stdout.write(f"{sealed} rows sealed anew. The old key is destroyed.")

    def _seal(self) -> int:
        sealed = 0
        bars: dict[str, Bar] = {}
        for name, done, total, changed in resealing.reseal_all():
            bars.setdefault(name, Bar(self.stdout, f"{name:16}"))(done, total)
            sealed += changed
        return sealed
