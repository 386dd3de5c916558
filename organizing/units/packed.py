"""What an XLSX file unpacks to, looked at before anything reads it: it must not be able to become much larger."""

import codecs
import io
import re
import zipfile

from organizing.units.problems import Faulty, Problem

_MOST_UNPACKED = 20_000_000
_MOST_PARTS = 300
# Far more than a cell can hold. The XML parser reads a longer tag or comment anew with each piece that comes in.
_LONGEST = 500_000
_ENCRYPTED = 1
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")


def check(content: bytes) -> None:
    """Refuses what unpacks to more than a workbook of this size could, and XML that declares entities.

    Raises Faulty, and what `zipfile` raises for a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise Faulty(Problem.TOO_LARGE)
        for part in parts:
            packed = part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if not packed or part.flag_bits & _ENCRYPTED:
                raise Faulty(Problem.BROKEN)
            # zipfile stops at the stated size, so what was added up above is the most there can be.
            if _is_harmful(archive.read(part)):
                raise Faulty(Problem.BROKEN)


def _is_harmful(data: bytes) -> bool:
    """Whether a part declares something, or is one tag without end. In UTF-8 alone, as every spreadsheet writes:
    in other encodings neither could be seen.
    """
    if data.startswith(_WIDE):
        return True
    named = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    if named and named[1].lower() not in (b"utf-8", b"us-ascii"):
        return True
    return b"<!DOCTYPE" in data or (
        b"<" in data[:200] and max(map(len, data.split(b">"))) > _LONGEST
    )
