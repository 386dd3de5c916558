"""Steps that need the site's own code, each in a process of its own: `python -m tests.load.work STEP …`.

Prints one JSON object. `seconds` is the step alone, without the start of Python and Django.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402  # apps are ready only now

from organizing.accounts.models import User  # noqa: E402
from organizing.crypto.keyfiles import new_audience_key, write_key_file  # noqa: E402
from organizing.crypto.manifests import CLASS_A  # noqa: E402
from organizing.crypto.messages import read_send_request  # noqa: E402
from organizing.disclosure import exportfile, services  # noqa: E402
from organizing.petitions.models import Petition  # noqa: E402
from organizing.petitions.services import ORGANIZERS  # noqa: E402
from organizing.signing import batches  # noqa: E402
from tests.load import filling, signers, stage  # noqa: E402

Facts = dict[str, object]
PASSPHRASE = "only for the bench"
FOLDER = Path(os.environ["DATA_DIR"])


def _write(name: str, requests: Iterable[bytes]) -> int:
    """Writes requests of one size one after another; returns that size."""
    size = 0
    with (FOLDER / name).open("wb") as file:
        for request in requests:
            size = size or len(request)
            file.write(request)
    return size


def _write_export(name: str, here: stage.Stage, bodies: list[bytes]) -> None:
    """An export as the site would write it once these signatures are counted."""
    requests = [read_send_request(body, here.manifest) for body in bodies]
    kind = bytes([exportfile.SIGNATURE])
    records = (kind + r.record for r in sorted(requests, key=lambda r: r.nullifier))
    with (FOLDER / name).open("wb") as file:
        file.writelines(exportfile.write(here.manifest, records))


def prepare(sends: str, issues: str) -> Facts:
    """Opens the petition; writes requests, the key file, and two exports of which one has a tenth."""
    key = new_audience_key(ORGANIZERS)
    (FOLDER / "key.json").write_text(write_key_file(key, PASSPHRASE))
    (FOLDER / "passphrase").write_text(PASSPHRASE)
    here = stage.open_petition(key)
    bodies = list(signers.send_bodies(here, int(sends)))
    _write_export("all", here, bodies)
    _write_export("tenth", here, bodies[: len(bodies) // 10])
    path = f"/p/{here.pid}"
    numbered = enumerate(bodies)
    plain = (signers.http_request("POST", "/insert", n, bodies[0]) for n in range(1000))
    page = signers.http_request("GET", f"{path}/en/", 0)
    return {
        "page": f"{path}/en/",
        "counts": f"/workspace/petition/{here.petition_id}/counts/",
        "send": _write(
            "send", (signers.http_request("POST", f"{path}/send", n, b) for n, b in numbered)
        ),
        "issue": _write("issue", signers.issue_requests(here, int(issues))),
        "petition": _write("petition", [page]),
        "insert": _write("insert", plain),
        "same": _write("same", [signers.http_request("GET", "/page", 0)]),
    }


def fill(count: str, record_bytes: str) -> Facts:
    """Counted signatures."""
    filling.fill_counted(stage.stage(), int(count), int(record_bytes))
    return {}


def wait(count: str) -> Facts:
    """Signatures that wait for the next batch."""
    filling.fill_waiting(stage.stage(), int(count))
    return {}


def sign_in(name: str, path: str, number: str) -> Facts:
    """Requests for a page of the workspace, one by each of as many organizers."""
    cookies = stage.session_cookies(int(number))
    return {"size": _write(name, (signers.http_request("GET", path, 0, cookie=c) for c in cookies))}


def flush() -> Facts:
    """The batch of tomorrow."""
    now = timezone.now() + timedelta(days=1)
    made = batches.flush(petition_id=Petition.objects.get().id, proof_class=CLASS_A, now=now)
    return {"made": made}


def export(name: str) -> Facts:
    """The export of all signatures, into a file."""
    petition, user = Petition.objects.get(), User.objects.earliest("id")
    pieces = services.start_export(petition=petition, user=user, today=timezone.now().date())
    with (FOLDER / name).open("wb") as file:
        file.writelines(pieces)
    return {"bytes": (FOLDER / name).stat().st_size}


STEPS: dict[str, Callable[..., Facts]] = {
    step.__name__: step for step in (prepare, fill, wait, sign_in, flush, export)
}


def _peak_mib() -> float:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def main() -> None:
    step, *arguments = sys.argv[1:]
    began = time.perf_counter()
    facts = STEPS[step](*arguments)
    seconds = time.perf_counter() - began
    print(json.dumps({**facts, "seconds": seconds, "peak_mib": _peak_mib()}))  # noqa: T201  # its answer


if __name__ == "__main__":
    main()
