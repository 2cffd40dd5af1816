"""Settings, read from top to bottom: where things are, who may connect, what is installed, how it behaves.

Every value that differs between sites comes from the environment (docs/RUNBOOK.md lists them all).
"""

import hashlib
import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ

from tips.keys import files

env = environ.Env()

# --- Where things are -------------------------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(env("BACKSITE_HOME", default=str(BASE_DIR / "var"))).resolve()
KEYS_DIR = HOME / "keys"
CONTENT_DIR = BASE_DIR / "tips" / "content"
# Counters and pseudonyms live in memory only: they are gone with the machine's power.
SHARED_MEMORY_DIR = (
    Path("/dev/shm" if Path("/dev/shm").is_dir() else HOME / "run")
    / f"backsite-{hashlib.sha256(str(HOME).encode()).hexdigest()[:12]}"
)
# Pages for strangers as files in shared memory too, for an nginx in front that hands them out (docs/adr/0051).
PUBLISH_PAGES = env.bool("PUBLISH_PAGES", default=False)

# --- Who may connect --------------------------------------------------------------------------------------------------
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
SITE_IS_LOCAL = SITE_HOST in {"127.0.0.1", "localhost", "::1"}
SITE_IS_SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if SITE_IS_LOCAL else [SITE_HOST]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SECRET_KEY = env("SECRET_KEY", default="") or files.read_or_make(KEYS_DIR, "django").hex()
DEBUG = False

# --- What is installed ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts",
    "backsite",
    "tips.audit",
    "tips.cases",
    "tips.comments",
    "tips.contact",
    "tips.course",
    "tips.desk",
    "tips.glossary",
    "tips.guard",
    "tips.index",
    "tips.mail",
    "tips.moved",
    "tips.outcomes",
    "tips.pages",
    "tips.photos",
    "tips.practice",
    "tips.receipts",
    "tips.search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "backsite.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backsite.trouble.trouble_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.staff.second_factor_required",
]
ROOT_URLCONF = "backsite.urls"
WSGI_APPLICATION = "backsite.wsgi.application"
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
                "tips.practice.context.site",
            ],
            "builtins": ["tips.freshness.pieces"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'backsite.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "tips.sql.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later must hold the write lock from the start.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "cached_statements": 1000,  # prepared: with the 128 of old, a new one makes way for every other new one
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
        "PRAGMA foreign_keys=ON;PRAGMA trusted_schema=OFF;PRAGMA journal_size_limit=67108864;"
        "PRAGMA cache_size=-512;",  # kB, of each of twenty threads; the system keeps what is read often once for all
    }
else:
    # A statement that comes again is not planned again (docs/adr/0052). DATABASE_URL may say otherwise.
    prepared = {"server_side_binding": True, "prepare_threshold": 2}
    DATABASES["default"]["OPTIONS"] = prepared | DATABASES["default"].get("OPTIONS", {})
# Opening a database and telling it all this at every request costs more than most requests do.
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/moderation/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_IS_LOCAL
MFA_TOTP_ISSUER = SITE_HOST
STAFF_MFA = env.bool("STAFF_MFA", default=True)

# --- Cookies and headers: none on public pages (docs/adr/0008) --------------------------------------------------------
COOKIE_PREFIX = "__Host-" if SITE_IS_SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "backsite.trouble.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 63072000 if SITE_IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_SECURE
SECURE_SSL_REDIRECT = SITE_IS_SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- What comes in ----------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000  # bytes of a form without its files; a story is 20,000 characters
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 8  # four photos, and empty fields
FILE_UPLOAD_HANDLERS = ["tips.photos.uploads.PhotoUploads"]  # never on a disk; how large: see there
FORM_MIN_SECONDS = env.int("FORM_MIN_SECONDS", default=3)
FORM_LIMITS = env("FORM_LIMITS", default="")  # "share=40/1200,comment=60/1200": burst/seconds to refill it
SLOW_FROM_WAITING = env.int("SLOW_FROM_WAITING", default=500)  # from so many on visitors are told that it takes longer
SLOW_FROM_ARRIVALS = env.int("SLOW_FROM_ARRIVALS", default=120)  # or when so many came within an hour

# --- What goes out ----------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "tips.mail.backend.OutboxBackend"  # Django's and allauth's own mail goes through the outbox too
MAIL_FOLDER = HOME / "mail"
EMAIL_URL = env("EMAIL_URL", default="")  # smtp://user:password@host:port, smtps://…; empty: .eml files in MAIL_FOLDER
EMAIL_WEBHOOK = env("EMAIL_WEBHOOK", default="")  # the provider that may tell us of bounces: see tips/mail/providers.py
EMAIL_WEBHOOK_SECRET = env("EMAIL_WEBHOOK_SECRET", default="")
EMAIL_RATE = env("EMAIL_RATE", default="")  # "14/second, 50000/day": what the mail server allows; empty: no limit
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default=f"letters@{SITE_HOST if '.' in SITE_HOST else 'backsite.example'}")

# --- Static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS: list[Path] = []
MEDIA_ROOT = HOME / "media"
WHITENOISE_MAX_AGE = 31536000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = env("TIME_ZONE", default="Europe/London")
USE_TZ = True
COUNTRY = env("COUNTRY", default="GB")  # until the owner says otherwise on the set-up page

# --- Logs: never an address, a header, a body or a local variable -----------------------------------------------------
DEFAULT_EXCEPTION_REPORTER_FILTER = "backsite.logs.SilentReporterFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "backsite.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "backsite": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "tips": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
