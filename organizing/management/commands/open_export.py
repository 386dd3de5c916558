"""`manage.py open_export EXPORT KEYFILE --csv LIST`: the offline opener, where the site is installed anyway."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organizing.disclosure import opener


class Command(BaseCommand):
    help = "Opens an export for one audience and writes the list of names. Uses no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        opener.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        code = opener.run(argparse.Namespace(**options), sys.stdout, sys.stderr)
        if code:
            sys.exit(code)
