"""Workbooks that do not say when they were made: openpyxl would write the second into them, in every part."""

import io
import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

# The earliest that the format knows, and what tools write that leave the time out.
_NEVER = (1980, 1, 1, 0, 0, 0)


class _Timeless(zipfile.ZipFile):
    """An archive whose parts bear no time of theirs."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_how: Any) -> None:
        super().writestr(_part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_how: Any) -> None:
        with (
            Path(filename).open("rb") as source,
            self.open(_part(arcname or filename), "w") as target,
        ):
            shutil.copyfileobj(source, target)


def _part(name: Any) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(str(name), _NEVER)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def saved(book: Workbook, day: date = date(*_NEVER[:3])) -> bytes:
    """The workbook as a file, made on this day as far as it says."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # the format's own fields know no zone
    book.properties.created = book.properties.modified = midnight
    target = io.BytesIO()
    # What Workbook.save does, but for the time.
    ExcelWriter(book, _Timeless(target, "w", zipfile.ZIP_DEFLATED)).save()
    return target.getvalue()
