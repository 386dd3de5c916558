"""What is told to whoever started the demo: commands as they are typed for the site that runs here."""

import shlex

from django.conf import settings

USUAL_PORT = 8000


def make(target: str, *, with_port: bool = False) -> str:
    """A command with its folder and port, unless they are the usual."""
    words = ["make", *target.split()]
    if with_port and settings.PORT != USUAL_PORT:
        words.append(f"PORT={settings.PORT}")
    if settings.DATA_DIR != settings.BASE_DIR / "var":
        words.append(f"DATA_DIR={shlex.quote(str(settings.DATA_DIR))}")
    return " ".join(words)


def how_to_begin_afresh() -> str:
    """What to do once the petition is over: nothing here deletes what somebody may want to look at."""
    return (
        "The demo petition is over, and nobody can begin to sign it. To begin afresh, stop the site, "
        f"move the folder {settings.DATA_DIR} away, and start `{make('run', with_port=True)}` again."
    )
