"""`make screenshot`: start a demo of its own, look at it as people would, and write docs/pictures/petition.png."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.demo_codes import code  # noqa: E402 - the path comes first

PICTURE = ROOT / "docs" / "pictures" / "petition.png"
PHONE = ViewportSize(width=390, height=844)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
FRAME = """<!doctype html><style>
  body {{ margin: 0; padding: 36px; display: flex; gap: 36px; background: #e9e1d0 }}
  img {{ width: 390px; height: 844px; border: 1px solid #1a1714; border-radius: 6px }}
</style>{images}"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for_demo(process: subprocess.Popen[bytes], data: Path) -> dict[str, Any]:
    """The facts of the demo, once it is seeded."""
    while not (data / "demo.json").exists():
        if process.poll() is not None:
            sys.exit("The site did not start: try `make run`.")
        time.sleep(0.5)
    facts: dict[str, Any] = json.loads((data / "demo.json").read_text(encoding="utf-8"))
    return facts


def phone(browser: Browser) -> Page:
    """A page of a fresh browser on a phone."""
    return browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()


def petition(browser: Browser, facts: dict[str, Any], language: str) -> bytes:
    """The petition in one language."""
    page = phone(browser)
    page.goto(facts["petition_url"].replace("/en/", f"/{language}/"))
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def counts(browser: Browser, facts: dict[str, Any]) -> bytes:
    """What an organizer sees after signing in with the second factor."""
    page, organizer = phone(browser), facts["organizer"]
    page.goto(f"{facts['site']}/accounts/login/")
    page.fill("input[name=login]", organizer["username"])
    page.fill("input[name=password]", organizer["password"])
    page.locator("main form button[type=submit]").first.click()
    page.fill("input[name=code]", code(organizer["totp_secret"], time.time()))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{facts['site']}/workspace/")
    page.locator("main a[href*='/workspace/c/']").first.click()
    page.locator("main a[href*='/workspace/petition/']").first.click()
    page.locator("main a[href$='/counts/']").first.click()
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def compose(browser: Browser, pictures: list[bytes]) -> None:
    """All of them side by side in one file."""
    sources = [base64.b64encode(picture).decode() for picture in pictures]
    images = "".join(f'<img src="data:image/png;base64,{source}">' for source in sources)
    width = 36 + (392 + 36) * len(pictures)
    page = browser.new_page(viewport=ViewportSize(width=width, height=918))
    page.set_content(FRAME.format(images=images))
    page.screenshot(path=PICTURE)


def main() -> None:
    """Start, look, write, stop."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is missing: install the package chromium.")
    with tempfile.TemporaryDirectory(prefix="roundrobin-shot-") as folder:
        own = {"DATA_DIR": f"{folder}/data", "PORT": str(free_port())}
        process = subprocess.Popen(
            [sys.executable, "tools/run.py"], cwd=ROOT, env={**os.environ, **own}
        )
        try:
            facts = wait_for_demo(process, Path(folder) / "data")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS])
                seen = [
                    petition(browser, facts, "en"),
                    counts(browser, facts),
                    petition(browser, facts, "ar"),
                ]
                compose(browser, seen)
                browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=40)
    print(f"Wrote {PICTURE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
