"""Nothing that names a person, a device, a code or a petition reaches a log."""

from __future__ import annotations

import logging
import logging.handlers
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from organizing.crypto import codes
from organizing.safety.redaction import GONE, RedactingFormatter, configuration, redact

ROOT = Path(__file__).resolve().parent.parent.parent
PRIVATE = [
    "ana.diaz@corp.example.com",
    "ana+x@corp.example.com",
    "10.20.30.40",
    "10.20.30.40:55123",
    "2001:db8:85a3::8a2e:370:7334",
    "::1",
    "7K3M-9QXT-AB12-CD34",
    "7K3M9QXTAB12CD34",
    "7K3M9-QXTAB",
    "/p/AAAAAAAAAAAAAAAAAAAAAA/en/plain/",
    "/workspace/join/secret-token",
    "/accounts/login/",
    "/drafting/join/kzvqpzkrwz/",
    "drafting/9f2c7c1e-58b1-4c56-9f0d-2a4a0f1f3d77/en/keep/",
    "accounts/recover/kzvqpzkrwz/",
    "0123456789abcdef0123456789abcdef",
    "b'\\x00\\x01 secret bytes'",
    "qL3v8Zr0TnWc5yXb7uPd2A",
]


@pytest.mark.parametrize("secret", PRIVATE)
@pytest.mark.parametrize("frame", ["{}", "before {} after", "({})", "value='{}'", "{}, and more"])
def test_what_looks_like_a_person_is_blanked(secret: str, frame: str) -> None:
    line = redact(frame.format(secret))
    assert secret not in line
    assert GONE in line


@pytest.mark.parametrize(
    "line",
    [
        "Roundrobin does not start. PostgreSQL has log_min_error_statement = error",
        'File "organizing/signing/services.py", line 10, in accept_signature',
        "django.core.exceptions.ImproperlyConfigured: No key in the folder",
        "Task signing.flush_due failed",
    ],
)
def test_what_an_operator_needs_stays(line: str) -> None:
    assert redact(line) == line


def test_the_values_that_a_database_reports_are_blanked() -> None:
    text = "duplicate key\nDETAIL:  Key (locator)=(\\x0011aa) already exists."
    assert "0011aa" not in redact(text)
    assert "already exists" not in redact("Key (username)=(ana diaz) x").replace("x", "")


@given(st.integers(min_value=0, max_value=2**80 - 1))
def test_no_printed_paper_code_survives(number: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = "".join(alphabet[number >> shift & 31] for shift in range(75, -1, -5))
    printed = codes.print_code(code)
    assert printed not in redact(f"refused: {printed}")


@given(st.ip_addresses())
def test_no_network_address_survives(address: object) -> None:
    assert str(address) not in redact(f"from {address} at noon")


def record(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("x", logging.WARNING, "x.py", 1, message, arguments, None)


def test_arguments_are_blanked_too() -> None:
    line = RedactingFormatter().format(record("Not Found: %s", "/p/abc/en/"))
    assert "/p/abc" not in line


def test_a_traceback_is_blanked_too() -> None:
    broken = record("failed")
    try:
        raise ValueError("no such address: ana@corp.example.com")
    except ValueError:
        broken.exc_info = sys.exc_info()
    line = RedactingFormatter().format(broken)
    assert "ValueError" in line
    assert "ana@" not in line


@pytest.mark.django_db
def test_a_failure_in_the_workspace_logs_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is not tied to where somebody was: neither in the message nor in a chained exception."""
    from organizing.accounts import views

    watching = logging.handlers.BufferingHandler(10)
    monkeypatch.setattr(views, "RecoverForm", lambda *_: 1 / 0)
    logger = logging.getLogger("django.request")
    logger.addHandler(watching)
    client = Client(raise_request_exception=False)
    try:
        assert client.get("/accounts/recover/kzvqpzkrwz/").status_code == 500
    finally:
        logger.removeHandler(watching)
    (broken,) = watching.buffer
    line = RedactingFormatter().format(broken)
    assert "ZeroDivisionError" in line
    assert "Resolver404" not in line
    assert "kzvqpzkrwz" not in line


def test_a_line_tells_the_day_and_no_time() -> None:
    line = RedactingFormatter().format(record("started"))
    assert line.split()[0].count("-") == 2
    assert ":" not in line.split(" WARNING ")[0]


def test_every_handler_of_the_site_redacts() -> None:
    assert configuration() == settings.LOGGING
    handlers = logging.getLogger().handlers
    site = [h for h in handlers if type(h) is logging.StreamHandler]
    assert all(isinstance(h.formatter, RedactingFormatter) for h in site)


def test_no_logger_speaks_of_single_requests() -> None:
    for name in ("django.server", "django.security", "django.security.DisallowedHost", "mail.log"):
        assert logging.getLogger(name).getEffectiveLevel() >= logging.CRITICAL
    assert logging.getLogger("django.request").getEffectiveLevel() >= logging.ERROR


def test_a_workers_own_lines_are_blanked_too() -> None:
    # In a process of its own: Celery sets logging up once, when a worker starts.
    program = (
        "import logging; from config.celery import app; import django; django.setup();"
        "app.log.setup(loglevel='INFO');"
        "logging.getLogger('celery.app.trace').error('failed for %s', 'ana@corp.example.com');"
        "logging.getLogger('celery.worker.strategy').info('Task received: ana')"
    )
    command = [sys.executable, "-c", program]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "failed for" in answer.stderr
    assert "ana" not in answer.stderr + answer.stdout
