"""JSON in sealed rows. Nothing else reads or writes their bytes."""

import json

from organizing import keyring
from organizing.outreach.models import SealedRow

Content = dict[str, str]


def read(row: SealedRow) -> Content:
    """What a row says. Raises SealingError or KeyGone."""
    found: Content = json.loads(keyring.unseal(bytes(row.sealed), row.context()))
    return found


def fill(row: SealedRow, content: Content) -> None:
    """Puts content into a row, which is not saved yet."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    row.sealed = keyring.seal(data, row.context())
