"""Pages that were answered before, on a server of their own with the site's own sheets and modules."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.architecture.source import APP, ROOT
from tests.browser.writing_gallery import Shown

STATIC = APP / "static"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# As a file of the site, so that the browser reads it once for all pages.
_WITH_AXE = '<script src="/static/axe.js"></script></body>'


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: ClassVar[list[Shown]] = []

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so named by its base
        """Nothing."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        file = AXE if path == "/static/axe.js" else STATIC / path.removeprefix("/static/")
        if path.startswith("/shown/"):
            page = self.pages[int(path.split("/")[2])]
            policy = {"Content-Security-Policy": page.policy} if page.policy else {}
            html = page.html.replace("</body>", _WITH_AXE)
            self._answer(page.status, "text/html; charset=utf-8", html.encode(), policy)
        elif path.startswith("/static/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._answer(200, kind, file.read_bytes(), {"Cache-Control": "max-age=600"})
        else:
            self._answer(404, "text/plain", b"", {})

    def _answer(self, status: int, kind: str, body: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def open_exhibition(pages: list[Shown]) -> Iterator[str]:
    """Where the pages are: `/shown/0/` and so on."""
    handler = type("_Handler", (_Handler,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
