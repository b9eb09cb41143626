"""Settings, from the environment alone. ``docs/operating.md`` explains each variable.

``CASEWORK_MODE`` is ``production`` unless said otherwise: a forgotten variable makes
the site refuse to start rather than start open. ``demo`` and ``test`` make their own keys.
"""

import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

MODE = env.str("CASEWORK_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured("CASEWORK_MODE is one of: production, demo, test.")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
VAR = Path(env.str("CASEWORK_VAR", default=str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)
DEBUG = False


def own_secret(name: str) -> str:
    """A secret kept in ``var/`` for the demo and the tests, made at first use."""
    path = VAR / name
    if not path.exists():
        path.write_bytes(urlsafe_b64encode(secrets.token_bytes(32)))
        path.chmod(0o400)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or ("" if PRODUCTION else own_secret("secret.key"))
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to a long random text.")

# The second factor may be off in the demo only; tests switch it per test.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
if not SECOND_FACTOR_REQUIRED and not DEMO:
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED=0 is for the demo only (CASEWORK_MODE=demo).")

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
if DEMO and not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]", "testserver"}:
    raise ImproperlyConfigured("The demo answers on this machine only; unset ALLOWED_HOSTS.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "reporting",
    "referrals",
    "casework",
    "clients",
    "accounts",
    "audit",
    "vault",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "auditlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_filters",
    "django_htmx",
    "template_partials",
    "django_include_bootstrap",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "casework.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "audit.middleware.actor",
    "accounts.middleware.session_limits",
    "accounts.middleware.second_factor",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "casework.access.CaseDoor",
]

ROOT_URLCONF = "casework.urls"
WSGI_APPLICATION = "casework.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "csp.context_processors.nonce",
                "accounts.context.agency",
                "casework.context.places",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "casework.templatetags.house",
                "casework.templatetags.charts",
            ],
        },
    }
]

# Two databases: records, and the keys that open them (shorter backups; see docs/vault.md).
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'casework.sqlite3'}"),
    "keys": env.db("KEYS_DATABASE_URL", default=f"sqlite:///{VAR / 'keys.sqlite3'}"),
}
for database in DATABASES.values():
    if "sqlite" in database["ENGINE"]:
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON",
        }
    else:
        database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=300)
        database["CONN_HEALTH_CHECKS"] = True
        # Values of a failed statement must not reach the server's log.
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "server_side_binding": True}
    suffix = env.str("TEST_DATABASE_SUFFIX", default="")
    if "postgresql" in database["ENGINE"] and suffix:
        database["TEST"] = {"NAME": f"test_{database['NAME']}_{suffix}"}
DATABASE_ROUTERS = ["vault.router.KeyStore"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
    # Small things every request needs (the agency's name); a few seconds old at most.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": 15},
}

# --- Vault -------------------------------------------------------------------------------
# First key encrypts, all decrypt: comma-separated base64 in VAULT_KEYS, or lines in a 0400 file.
VAULT_KEYS = env.list("VAULT_KEYS", default=[])
VAULT_KEY_FILE = Path(env.str("VAULT_KEY_FILE", default=str(VAR / "vault.key")))
if not PRODUCTION and not VAULT_KEYS:
    own_secret(VAULT_KEY_FILE.name) if VAULT_KEY_FILE.parent == VAR else None
VAULT_FILES = VAR / "files"

# --- Trail -------------------------------------------------------------------------------
AUDITLOG_LOGENTRY_MODEL = "audit.Entry"
MIGRATION_MODULES = {"auditlog": None}  # its own table would stand beside ours, empty and unguarded
AUDITLOG_DISABLE_REMOTE_ADDR = True  # the trail's own middleware says who and from where
AUDIT_SEAL_KEY_FILE = Path(env.str("AUDIT_SEAL_KEY_FILE", default=str(VAR / "seal.key")))
if not PRODUCTION and AUDIT_SEAL_KEY_FILE.parent == VAR:
    own_secret(AUDIT_SEAL_KEY_FILE.name)
AUDIT_HEADS_FILE = env.str("AUDIT_HEADS_FILE", default=str(VAR / "heads"))  # shows a cut tail; publish it

# --- Staff and sign-in ---------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ANONYMOUS_USER_NAME = None  # guardian: nobody is not a person
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation already went to that address
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address somebody typed may be a client's: nothing goes there
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# By address only: a limit by account would let anyone lock an advocate out.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/5m/ip", "reset_password": "10/h/ip"}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Notes"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=15 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=8 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "s"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casework.errors.csrf_failure"

# --- What leaves with each page -------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "fullscreen")
}

# --- Uploads: never in clear on disk --------------------------------------------------------
FILE_UPLOAD_HANDLERS = ["vault.uploads.MemoryOnlyHandler"]
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Language, zone -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("AGENCY_TIME_ZONE", default="America/New_York")  # the agency's zone
LANGUAGE_COOKIE_NAME = "lang"

# --- Static files ---------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # files go through the vault
    "staticfiles": {
        "BACKEND": "casework.staticfiles.Storage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_AUTOREFRESH = False

# --- Background work ------------------------------------------------------------------------
BROKER = VAR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    for folder in ("queue", "control", "processed"):
        (BROKER / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER / "queue"),
        "data_folder_out": str(BROKER / "queue"),
        "control_folder": str(BROKER / "control"),
        "processed_folder": str(BROKER / "processed"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
# Seals have a queue of their own: in production only the sealer's process may write them.
CELERY_TASK_ROUTES = {"audit.tasks.seal": {"queue": "seals"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "seal the trail": {"task": "audit.tasks.seal", "schedule": 60},
    "end what has run out": {"task": "casework.tasks.end_expired_access", "schedule": 60},
    "keep the windows of the coming weeks": {
        "task": "casework.tasks.materialise_followups",
        "schedule": crontab(hour=0, minute=20),
    },
    "erase plans on their dates": {"task": "casework.tasks.erase_plan_texts", "schedule": crontab(minute=5)},
    "the day in numbers": {"task": "casework.tasks.send_digests", "schedule": crontab(hour=7, minute=30)},
    "carry on with packages": {"task": "referrals.tasks.carry_on_imports", "schedule": 30},
    "attack everything released": {
        "task": "reporting.tasks.attack_everything_released",
        "schedule": crontab(hour=2, minute=40),
    },
    "propose months to close": {
        "task": "reporting.tasks.propose_months",
        "schedule": crontab(hour=1, minute=10),
    },
    "carry on closing months": {"task": "reporting.tasks.resume_months", "schedule": 60},
    "clear old sessions": {"task": "accounts.tasks.clear_sessions", "schedule": crontab(hour=3, minute=15)},
}

# --- Reports that are shared ----------------------------------------------------------------
SHARE_K = env.int("SHARE_K", default=11)  # counts from 1 to one less are withheld
if SHARE_K < 5:
    raise ImproperlyConfigured("SHARE_K is at least 5: below that, a table tells too much of each person.")
# What follows from believing the promise is held against a release too; off keeps less than the promise.
SHARE_BY_THE_RULE = env.bool("SHARE_BY_THE_RULE", default=True)
SHARE_AUDIT_SECONDS = env.int("SHARE_AUDIT_SECONDS", default=900)  # what is not judged by then is not safe

# --- Email: to staff only, never to a client ------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if PRODUCTION else "dummymail://")
vars().update(EMAIL_CONFIG)
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="notes@localhost")
SITE_ADDRESS = env.str("SITE_ADDRESS", default="")  # for links in emails that no request asked for

# --- Referrals: when staff are asked how one is going, in working days; 0 means never -------
REFERRAL_ASK_AFTER = {
    "sent": env.int("ASK_AFTER_SENT", default=3),
    "accepted": env.int("ASK_AFTER_ACCEPTED", default=14),
    "waitlisted": env.int("ASK_AFTER_WAITLISTED", default=30),
}
OFFICE_CLOSED_ON = env.list("OFFICE_CLOSED_ON", default=[])  # days off beside the federal ones: 2026-12-24

# --- Logs: events and ids, never values -----------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"events": {"()": "casework.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "events"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # guardian's backend is left out on purpose: the door alone reads its rows
    "auth.W004",
    "security.W021",  # a preload list is public: the site's name does not belong there
]
