"""Writes the description of the interface: `manage.py describe_api > docs/api.json`, after a change of it."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from organizing.api.describing import description


class Command(BaseCommand):
    """Prints OpenAPI 3.1."""

    help = "Prints the description of the JSON interface; docs/api.json is that."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sorted, so that a change shows where it is."""
        text = json.dumps(description(), indent=1, sort_keys=True, ensure_ascii=False)
        self.stdout.write(text)
