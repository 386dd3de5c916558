"""Settings, from environment variables only; docs/settings.md lists them all."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from organizing import keyring
from organizing.safety import redaction

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "false").lower()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} is {value!r}: write true or false.")
    return value == "true"


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number.")
    return int(value)


def _list(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


DEBUG = _flag("DEBUG")
PORT = _number("PORT", 8000)
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "var")).resolve()
KEY_DIR = Path(os.environ.get("KEY_DIR", DATA_DIR / "keys")).resolve()
SITE_ORIGIN = os.environ.get("SITE_ORIGIN", f"http://127.0.0.1:{PORT}").rstrip("/")
ISSUING_ORIGIN = os.environ.get("ISSUING_ORIGIN", "").rstrip("/")
SENDING_ORIGIN = os.environ.get("SENDING_ORIGIN", "").rstrip("/")
TRUSTED_PROXIES = _number("TRUSTED_PROXIES", 0)
WEB_PROCESSES = _number("WEB_PROCESSES", 1)
EPOCH_KEYS_URL = os.environ.get("EPOCH_KEYS_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")

_origins = [origin for origin in (SITE_ORIGIN, ISSUING_ORIGIN, SENDING_ORIGIN) if origin]
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or [urlsplit(origin).hostname or "" for origin in _origins]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

try:
    SECRET_KEY = keyring.django_secret(KEY_DIR)
except keyring.KeyGone as error:
    raise ImproperlyConfigured(
        f"No key in {KEY_DIR}: run tools/make_keys.py once, or set KEY_DIR to where the keys are."
    ) from error

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "organizing.apps.OrganizingConfig",
]
AUTH_USER_MODEL = "organizing.User"

# The first two answer the public side and the interface themselves: no session, cookie or user code ever runs there.
MIDDLEWARE = [
    "organizing.safety.middleware.PublicDoor",
    "organizing.api.door.ApiDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organizing.accounts.middleware.WorkspaceDoor",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

FORM_RENDERER = "organizing.unwritten.UnwrittenRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'roundrobin.sqlite3'}")
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["ENGINE"] = "config.postgresql"
    # Transaction-mode poolers keep neither cursors nor prepared statements between transactions.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = None

CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Beyond its limit it drops entries that still hold: whoever asks for many would be let off a cap.
            "OPTIONS": {"MAX_ENTRIES": 200_000},
        }
    }

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_ORIGIN.startswith(
    "https:"
)
CSRF_COOKIE_HTTPONLY = True
# Django's own stays a year on the device, and tells whoever owns it that somebody was here.
CSRF_COOKIE_AGE = None
# Nothing to other sites; with no-referrer a browser would hide its origin from the check of form tokens too.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if SITE_ORIGIN.startswith("https:") else 0
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# A request to send is at most a few audiences' slots; nothing that a form posts is larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# A file that somebody chooses stays in memory: what is larger is dropped, and never reaches a disk.
FILE_UPLOAD_HANDLERS = ["organizing.safety.uploads.SmallFilesInMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_100_000

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/workspace/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "organizing.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USERNAME_MIN_LENGTH = 3
# A taken e-mail address is accepted like any other: a refusal would tell who has an account.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_FORMS = {
    "login": "organizing.accounts.forms.SignInForm",
    "signup": "organizing.accounts.forms.SignUpForm",
    "reauthenticate": "organizing.accounts.forms.PasswordAgainForm",
    "change_password": "organizing.accounts.forms.NewPasswordForm",
    "reset_password": "organizing.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "organizing.accounts.forms.PasswordByLinkForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_REDIRECT_URL = "account_protect"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "organizing.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "organizing.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "organizing.accounts.forms.RenamePasskeyForm",
    "authenticate_webauthn": "organizing.accounts.passkey_forms.PasskeyForm",
    "login_webauthn": "organizing.accounts.passkey_forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "organizing.accounts.passkey_forms.PasskeyAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Roundrobin"
# Browsers treat these as secure, and so does the passkey.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(SITE_ORIGIN).hostname in ("127.0.0.1", "localhost")

MAIL_FROM = os.environ.get("MAIL_FROM", "post@localhost")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_URL = os.environ.get("EMAIL_URL", "")
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Where nothing was collected, files come straight from the tree.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()
WHITENOISE_MAX_AGE = 300

# Warnings and errors alone, blanked of whatever could be a person; no access log anywhere.
LOGGING = redaction.configuration()

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
if not REDIS_URL:
    _broker = DATA_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "control_folder": str(_broker / "control"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    "flush": {"task": "signing.flush_due", "schedule": 10.0, "options": {"expires": 10}},
    "freezing": {"task": "petitions.resume_freezing", "schedule": 60.0},
    # As often as batches are looked for: it is a batch that opens a petition.
    "opening": {"task": "publishing.open_due", "schedule": 10.0, "options": {"expires": 10}},
    "closing": {"task": "petitions.close_due", "schedule": 60.0},
    "figures": {"task": "tracking.release_due", "schedule": 300.0, "options": {"expires": 300}},
    "mails": {"task": "outreach.mail_due", "schedule": 300.0, "options": {"expires": 300}},
    "commits": {"task": "safety.forget_commits", "schedule": 300.0, "options": {"expires": 300}},
    "retention": {"task": "safety.apply_retention", "schedule": 3600.0},
}
