"""Headers of the public side: the same on every answer of a kind."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """Nothing from elsewhere, nothing inline, no frame, no form to elsewhere."""
    origins = " ".join(o for o in (settings.ISSUING_ORIGIN, settings.SENDING_ORIGIN) if o)
    connect = f"'self' {origins}".strip()
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@lru_cache(maxsize=1)
def public_headers() -> tuple[tuple[str, str], ...]:
    """Name and value of every header that all public answers carry."""
    fixed = (
        ("Content-Security-Policy", content_security_policy()),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
        ("X-Robots-Tag", "noarchive"),
    )
    if settings.SECURE_HSTS_SECONDS:
        hsts = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        return (*fixed, ("Strict-Transport-Security", hsts))
    return fixed


def harden(response: HttpResponseBase) -> HttpResponseBase:
    """Adds the public headers and the length, and forbids caching where the view said nothing."""
    # Django's own error pages answer a form token that they cannot read with a new one, in a cookie.
    response.cookies.clear()
    del response["Vary"]
    for name, value in public_headers():
        response[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response
