"""The pages that a signer sees are the same for everyone, load nothing from elsewhere, and never show a count."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.journeys.conftest import open_petition
from tests.journeys.stack import Stack
from tests.privacy.oracles import Scene, prepare
from tests.privacy.wire import Answer, Device

LANGUAGES = ("en", "ar")
# What the form without JavaScript leads to.
STANDING = ("plain/done/", *(f"plain/receipt/{how}/" for how in ("held", "withdrawn", "unknown")))
# What is told after opening.
TOLD = ("updates/", "updates.atom")
VISITORS: tuple[dict[str, str], ...] = (
    {},
    {"User-Agent": "Mozilla/5.0 (Linux; Android 14)", "Accept-Language": "ar,en;q=0.5"},
    {"User-Agent": "curl/8", "Accept-Language": "es", "Accept": "text/html"},
    {"Cookie": "sessionid=abcdefghijklmnop; csrftoken=qrstuvwxyz; django_language=ar"},
    {"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=198.51.100.7", "Via": "1.1 proxy"},
    {"Referer": "https://intranet.example/", "DNT": "1", "Sec-GPC": "1", "Save-Data": "on"},
    {"Authorization": "Basic YTpi", "If-Modified-Since": "Mon, 23 Nov 2026 00:00:00 GMT"},
)
_LOADED = re.compile(
    r"""<(?:script|img|link|iframe|source|video|audio|embed|object|form|use)\b[^>]*?"""
    r"""\b(?:src|href|action|data|srcset|poster)=["']([^"']*)"""
)
_INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<[^>]*\s(?:on[a-z]+|style)=|<style|=["']\s*javascript:""", re.I
)
_SCRIPT_OF_DATA = re.compile(r"<script[^>]*type=[\"']application/json[\"'][^>]*>.*?</script>", re.S)


@dataclass(frozen=True)
class Pages:
    """Addresses of one petition."""

    pid: str

    @property
    def readable(self) -> list[str]:
        """What anybody can open, and what must be the same bytes for all."""
        base = f"/p/{self.pid}"
        each = [
            f"{base}/{language}/{end}"
            for language in LANGUAGES
            for end in ("", "text", "receipt/", "plain/", "plain/receipt/", *STANDING, *TOLD)
        ]
        openers = [f"/opener/{language}/" for language in LANGUAGES]
        return ["/", "/ar/", f"{base}/", f"{base}/manifest", *each, *openers]

    @property
    def html(self) -> list[str]:
        """Those that are pages."""
        return [p for p in self.readable if not p.endswith(("text", "manifest", "atom"))]


@pytest.fixture
def pages(embedded: Stack) -> Pages:
    """Those of an open petition."""
    return Pages(open_petition(embedded).about["public_id"])


def _get(stack: Stack, path: str, headers: dict[str, str], source: str = "127.0.0.1") -> Answer:
    device = Device(stack.origin, source, headers)
    answer = device.ask("GET", path)
    device.close()
    return answer


def test_every_page_is_the_same_bytes_for_every_visitor(embedded: Stack, pages: Pages) -> None:
    for path in pages.readable:
        answers = [
            _get(embedded, path, headers, f"127.4.{n}.5") for n, headers in enumerate(VISITORS)
        ]
        assert len({answer.lasting for answer in answers}) == 1, path
        assert answers[0].status == 200, path


def test_no_public_answer_sets_a_cookie_or_varies(embedded: Stack, pages: Pages) -> None:
    missing = [f"/p/{pages.pid}/zz/", "/p/nothing/en/", "/p/nothing/manifest"]
    for path in [*pages.readable, *missing]:
        answer = _get(embedded, path, VISITORS[3])
        assert answer.header("Set-Cookie") is None, path
        assert answer.header("Vary") in (None, "Accept-Encoding"), path
        assert answer.header("ETag") is None, path
        assert answer.header("Last-Modified") is None, path


def test_every_page_forbids_what_could_leak(embedded: Stack, pages: Pages) -> None:
    for path in pages.readable:
        answer = _get(embedded, path, {})
        policy = answer.header("Content-Security-Policy") or ""
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["default-src"] == "'none'", path
        assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'", path
        assert rules["base-uri"] == rules["frame-ancestors"] == "'none'", path
        assert rules["form-action"] == "'self'", path
        assert "unsafe" not in policy, path
        assert answer.header("Referrer-Policy") == "no-referrer", path
        assert answer.header("X-Content-Type-Options") == "nosniff", path
        assert answer.header("Cache-Control") == "no-store", path


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(
    embedded: Stack, pages: Pages
) -> None:
    for path in pages.html:
        text = _get(embedded, path, {}).body.decode()
        loaded = [url for url in _LOADED.findall(text) if url]
        assert [u for u in loaded if not u.startswith(("/", "#", "data:"))] == [], path
        assert [u for u in loaded if u.startswith("//")] == [], path
        assert _INLINE.findall(_SCRIPT_OF_DATA.sub("", text)) == [], path


def test_what_pages_load_sets_no_cookie_and_is_the_same_for_everyone(
    embedded: Stack, pages: Pages
) -> None:
    loaded = {
        url.partition("?")[0].partition("#")[0]
        for path in pages.html
        for url in _LOADED.findall(_get(embedded, path, {}).body.decode())
        if url.startswith("/static/")
    }
    assert loaded
    for url in sorted(loaded):
        answers = [_get(embedded, url, headers) for headers in VISITORS[:-1]]
        assert {answer.status for answer in answers} == {200}, url
        assert len({answer.lasting for answer in answers}) == 1, url
        assert answers[0].header("Set-Cookie") is None, url


def test_plain_answers_to_a_post_are_never_stored_and_set_no_cookie(
    embedded: Stack, pages: Pages
) -> None:
    device = Device(embedded.origin, "127.4.9.9", VISITORS[3])
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    for end in ("plain/", "plain/sign/", "plain/code/", "plain/receipt/"):
        answer = device.ask("POST", f"/p/{pages.pid}/en/{end}", b"words=x&code=y&address=z", **form)
        assert answer.status in (200, 422), end
        assert answer.header("Cache-Control") == "no-store", end
        assert answer.header("Set-Cookie") is None, end
        assert answer.header("Referrer-Policy") == "no-referrer", end


def test_words_are_only_on_the_answer_to_a_post(embedded: Stack, pages: Pages) -> None:
    device = Device(embedded.origin, "127.4.9.9")
    first = device.ask("POST", f"/p/{pages.pid}/en/plain/", b"").body
    second = device.ask("POST", f"/p/{pages.pid}/en/plain/", b"").body
    assert first != second
    assert len(first) - len(second) in range(-80, 81)


def _look(scene: Scene) -> dict[str, tuple[object, ...]]:
    stack, pages = scene.stack, Pages(scene.worker.pid)
    found: dict[str, tuple[object, ...]] = {p: _get(stack, p, {}).lasting for p in pages.readable}
    device = Device(stack.origin)
    for operation in ("code", "issue", "send", "status", "withdraw"):
        answer = device.post(scene.worker.path(operation), b"")
        found[operation] = answer.lasting
    found["status"] = scene.held[0].status(device).lasting
    return found


def test_nothing_public_changes_with_signatures_and_batches(embedded: Stack) -> None:
    scene = prepare(embedded)
    before = _look(scene)
    done = embedded.run("-m", "tests.privacy.flushing", "2041-01-01T00:00:00+00:00")
    assert done.returncode == 0, done.stderr
    after_batch = _look(scene)
    device = Device(embedded.origin)
    scene.held[1].withdraw(device)
    scene.held[2].send(device)
    assert before == after_batch == _look(scene)


def test_nobody_without_an_account_sees_a_count(embedded: Stack) -> None:
    scene = prepare(embedded)
    done = embedded.run("-m", "tests.privacy.flushing", "2041-01-01T00:00:00+00:00")
    assert done.returncode == 0, done.stderr
    # Behind a colon they are minutes.
    count = re.compile(rb"(?<![\w.#:-])(?:20|40)(?![\w-])")
    for path in Pages(scene.worker.pid).html:
        text = re.sub(rb"<[^>]*>", b" ", _get(embedded, path, {}).body)
        assert count.findall(text) == [], path
    for path in ("/workspace/", "/accounts/", f"/p/{scene.worker.pid}/count/"):
        assert _get(embedded, path, {}).status in (302, 403, 404), path
