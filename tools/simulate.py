"""`make simulate N=25`: more co-workers for the demo, or one line that says why there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.demo_codes import facts_file  # noqa: E402 - the path comes first


def main() -> None:
    """Become the command, once there is a demo."""
    facts_file("simulate")
    command = [sys.executable, str(ROOT / "manage.py"), "simulate", *sys.argv[1:]]
    os.execv(sys.executable, command)  # noqa: S606 - a list, no shell


if __name__ == "__main__":
    main()
