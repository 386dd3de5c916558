"""What reaches a log: never a person. Whatever looks like an address, a network, a code or a path is blanked.

The code logs no such thing on purpose. This stands behind it: a library's warning, or the text of an exception,
can carry what somebody typed.
"""

import logging
import re

GONE = "[…]"

_MAILBOX = r"[^\s@<>\"'(),;:\[\]]+@[^\s@<>\"'(),;\[\]]+"
_IPV4 = r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\d.])"
_IPV6 = r"[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%\w+)?"
_PRINTED_CODE = r"(?i)\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b|\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"
_BARE_CODE = r"\b(?=[0-9A-Z]*\d)[0-9A-Z]{10}\b|\b(?=[0-9A-Z]*\d)[0-9A-Z]{16}\b"
_LONG = (
    r"\b[0-9A-Fa-f]{24,}\b|\\x[0-9A-Fa-f]{8,}|"
    r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[0-9-])[A-Za-z0-9_-]{22,}={0,2}(?![\w-])"
)
_BYTES = r"\bb'(?:[^'\\]|\\.)*'|\bb\"(?:[^\"\\]|\\.)*\""
_END = r"[^\s\"',)]*"
_OURS = "accounts|workspace|drafting|api|opener|how"
# With a slash before it or, as Django's resolver writes it, without; but no file of ours in a traceback.
_PATH = rf"(?<![\w.])/(?:p|{_OURS})/{_END}|(?<![\w./])(?:{_OURS})/(?![\w/]*\.py\b){_END}"
_DETAIL = r"(?m)^(DETAIL|CONTEXT|HINT|QUERY|STATEMENT):.*$"
_PARAMETERS = r"(?<=\)=)\([^)\n]*\)"
_ADDRESS_OF_OBJECT = r"\bat 0x[0-9a-f]+"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _BYTES,
        _DETAIL,
        _PARAMETERS,
        _MAILBOX,
        _PATH,
        _PRINTED_CODE,
        _BARE_CODE,
        _LONG,
        _IPV6,
        _IPV4,
        _ADDRESS_OF_OBJECT,
    )
)


def redact(text: str) -> str:
    """The text with whatever could name a person, a device, a code or a petition blanked."""
    for pattern in _PATTERNS:
        text = pattern.sub(GONE, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Blanks the finished line, traceback included. Carries no time finer than the day."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%d")

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return redact(super().format(record))


def configuration() -> dict[str, object]:
    """Django's LOGGING: warnings and errors to standard error; nothing that is about one request."""
    quiet = {"level": "CRITICAL", "propagate": False, "handlers": ["standard_error"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"redacting": {"()": "organizing.safety.redaction.RedactingFormatter"}},
        "handlers": {
            "standard_error": {"class": "logging.StreamHandler", "formatter": "redacting"},
        },
        "root": {"level": "WARNING", "handlers": ["standard_error"]},
        "loggers": {
            "django": {"level": "WARNING", "propagate": True, "handlers": []},
            # "Not Found: /path" and the like: only a failure of our own is worth a line.
            "django.request": {"level": "ERROR", "propagate": True},
            "django.security": quiet,
            "django.server": quiet,
            "django.db.backends": quiet,
            # These name tasks with their arguments, or the mail's recipient.
            "celery.worker.strategy": {"level": "WARNING", "propagate": True},
            "mail.log": quiet,
        },
    }
