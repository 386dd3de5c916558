"""Sends one mail, and is killed at a named step: `python -m tests.outreach.post_and_die STEP MAILING_ID`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

BEFORE, AFTER, NEVER = "before the relay", "after the relay", "never"


def die(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def patch(step: str) -> None:
    from django.core.mail import EmailMessage

    original: Callable[..., Any] = EmailMessage.send

    def sent(self: EmailMessage) -> None:
        if step == AFTER:
            original(self)
        die()

    EmailMessage.send = sent  # type: ignore[method-assign,assignment]  # it ends here


def main() -> int:
    import django

    django.setup()
    from organizing.outreach import tasks

    step, mailing_id = sys.argv[1:]
    if step != NEVER:
        patch(step)
    tasks.post(mailing_id)
    return 0


if __name__ == "__main__":
    sys.exit(main())
