"""Files that a form carries stay in memory: Django would write a large one to a disk, where it can be read later."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

# A file above FILE_UPLOAD_MAX_MEMORY_SIZE is dropped, so that its form can say so; nobody means to send this much.
MOST_BYTES = 10_000_000


class SmallFilesInMemory(MemoryFileUploadHandler):
    """Drops what is too large for a form, and refuses what is far too large before any of it is read."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Called once a form, with the length that was announced. Raises RequestDataTooBig."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("A form with files is too large.")
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
