"""A batch at a time that has not come yet: `python -m tests.privacy.flushing 2040-01-01T00:00:00+00:00`.

With a petition's id behind it, of the paper class of that petition alone.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from organizing.signing import batches  # noqa: E402 - Django comes first

now = datetime.fromisoformat(sys.argv[1])
if len(sys.argv) > 2:
    batches.flush(petition_id=UUID(sys.argv[2]), proof_class=1, now=now)
else:
    batches.flush_due(now=now)
